import EventSourcing
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Logging
import Projections

/// `POST /api/v1/break-glass`: opens a practice that is not the caller's, for half an hour, for a reason that is typed.
///
/// ```
/// POST /api/v1/break-glass   {"practice":"Z99002","reason":"Patient in front of me, visiting from elsewhere"}
/// 201                        {"grant":"6f0c…","practice":"Z99002","expires_at":"2026-03-03T08:32:04Z"}
/// GET  /api/v1/practices/Z99002/lists/in-hospital   with   X-Break-Glass: 6f0c…
/// ```
///
/// Clinicians and operators alone (domain.md section 7.2). The reason stands in the audit and nowhere else, 10 to 500
/// characters; each look under the grant names it; all grants wait for review (`primary-conect access review`). A
/// practice that does not exist can be opened like any other and is empty: whether it exists is not told.
struct BreakGlassRoute: Sendable {
    static let path: RouterPath = "/api/v1/break-glass"
    /// How long a grant is open.
    static let minutes = 30

    let gate: AccessGate
    let book: any BreakGlassBook
    let configuration: PracticeServiceConfiguration
    let logger: Logger

    private static let contentBytesMax = 8_192
    private static let reasonCharacters = 10...500

    @Sendable func answer(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await gate.admit(request, context, to: .breakGlass, route: "break-glass")
        _ = try QueryParameters(request.uri.query, known: [])
        let wanted = try await Self.content(of: request)
        guard pass.caller.mayOpen(wanted.practice) else {
            throw .invalid(
                .invalidParameter, "/body/practice", "The practice is an ODS code: a letter and five digits.")
                as Problem
        }
        var access = pass.request(for: wanted.practice)
        access.purpose = AccessPurpose.breakGlass
        let grant: AccessBook.Grant
        do {
            grant = try await book.open(access, reason: wanted.reason, minutes: Self.minutes)
        } catch {
            throw logger.sourceFailed(error, requestID: access.requestID, configuration: configuration)
        }
        context.trail.note { $0.practice = wanted.practice }
        logger.notice(
            "glass broken",
            metadata: [
                "request_id": "\(access.requestID)", "grant": "\(grant.id)", "practice": "\(access.practice)",
                "role": "\(access.role)", "client": "\(access.client)",
            ])
        return Self.response(grant, practice: wanted.practice)
    }

    private static func response(_ grant: AccessBook.Grant, practice: String) -> Response {
        var json = JSONAnswer()
        json.beginObject()
        json.field("grant", grant.id)
        json.field("practice", practice)
        json.field("expires_at", systemTime: grant.until)
        json.endObject()
        return .json(json.bytes, status: .created)
    }

    private static func content(of request: Request) async throws(Problem) -> (practice: String, reason: String) {
        guard let content = try? await request.body.collect(upTo: contentBytesMax),
            let members = try? JSONDecoder().decode([String: String].self, from: Data(content.readableBytesView)),
            Set(members.keys) == ["practice", "reason"], let practice = members["practice"],
            let typed = members["reason"]
        else {
            throw .invalid(
                .invalidParameter, "/body",
                "Send a JSON object with practice and reason, both texts, and nothing else.")
        }
        let reason = typed.trimmingPrefix { $0.isWhitespace }
        guard reasonCharacters.contains(reason.unicodeScalars.count),
            reason.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
        else {
            throw .invalid(.invalidParameter, "/body/reason", "The reason is one line of 10 to 500 characters.")
        }
        return (practice, String(reason))
    }
}
