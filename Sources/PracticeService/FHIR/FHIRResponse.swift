import HTTPTypes
import Hummingbird

/// How the facade answers: at its own address, with weak entity tags.
extension ServiceParts {
    /// The address of the facade as the client wrote it; without a host that looks like one, its path alone.
    func base(of request: Request) -> String {
        let host = request.head.authority ?? ""
        let isSound =
            (1...255).contains(host.utf8.count)
            && host.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: [0x2D, 0x2E, 0x3A, 0x5B, 0x5D].contains(byte)
                }
            }
        guard isSound else { return FHIRRoutes.base }
        return "\(configuration.isReachedOverTLS ? "https" : "http")://\(host)\(FHIRRoutes.base)"
    }

    func respond(_ resource: FHIRResource, to request: Request) -> Response {
        respond(resource.json, entityTag: resource.entityTag, to: request)
    }

    func respond(_ body: [UInt8], entityTag: String, to request: Request) -> Response {
        let opaque = String(entityTag.dropFirst(3).dropLast())
        if request.method != .post,
            EntityTag.matches(ifNoneMatch: request.headers[.ifNoneMatch], current: opaque)
        {
            var response = Response(status: .notModified, headers: [.eTag: entityTag])
            // A 304 says nothing of a length that is not the 200's (RFC 9110 section 8.6).
            response.headers[.contentLength] = nil
            return response
        }
        return .json(body, headers: [.eTag: entityTag, .contentType: FHIRRoutes.mediaType])
    }
}
