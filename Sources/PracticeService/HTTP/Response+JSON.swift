import HTTPTypes
import Hummingbird

extension Response {
    /// An answer whose content is JSON, of another kind than `application/json` where the headers name one.
    static func json(
        _ content: [UInt8], status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        if headers[.contentType] == nil { headers[.contentType] = "application/json" }
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: content)))
    }
}
