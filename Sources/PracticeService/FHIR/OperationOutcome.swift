import HTTPTypes
import Hummingbird

/// Errors as the FHIR facade tells them: an OperationOutcome with our code (product.md section 5.8).
///
/// The same words as problem details, so as silent about what was sent.
extension Problem {
    /// Whether an address is the facade's.
    static func isFHIR(_ path: String) -> Bool { path == FHIRRoutes.base || path.hasPrefix(FHIRRoutes.base + "/") }

    /// The answer that tells it to a client of FHIR.
    func operationOutcome(requestID: String) -> Response {
        var headers = headers
        headers[.contentType] = FHIRRoutes.mediaType
        var json = JSONAnswer(capacity: 512)
        json.beginObject()
        json.field("resourceType", "OperationOutcome")
        json.objects(
            "issue",
            [
                JSONAnswer.object { json in
                    json.field("severity", "error")
                    json.key("code")
                    json.string(issueType)
                    json.key("details")
                    json.beginObject()
                    json.objects(
                        "coding",
                        [JSONAnswer.coding(FHIRSystem.problem, code.rawValue, code.title.description)])
                    json.key("text")
                    json.string(detail)
                    json.endObject()
                    json.field("diagnostics", "/requests/\(requestID)")
                    json.strings("expression", faults.map(\.pointer.description))
                }
            ])
        json.endObject()
        return .json(json.bytes, status: code.status, headers: headers)
    }

    /// The code of the value set issue-type (R4) for a status.
    private var issueType: StaticString {
        switch code.status.code {
        case 401: "login"
        case 403: "forbidden"
        case 404: "not-found"
        case 405, 406, 415: "not-supported"
        case 409, 412: "conflict"
        case 410: "deleted"
        case 413: "too-long"
        case 422: "business-rule"
        case 428: "required"
        case 429: "throttled"
        case 503: "transient"
        case 400..<500: "invalid"
        default: "exception"
        }
    }
}
