import EventSourcing
import HTTPTypes
import Hummingbird

/// The content of a request that asks a question: small, and whole in memory.
enum RequestContent {
    /// Longer content is refused.
    static let bytesMax = 8 * 1_024

    /// The bytes of the content.
    ///
    /// - Throws: 413 where it is longer than `bytesMax`.
    static func bytes(of request: Request) async throws -> [UInt8] {
        do {
            return Array(buffer: try await request.body.collect(upTo: bytesMax))
        } catch {
            throw Problem(
                .contentNotAllowed, "The content is longer than 8 KiB.", headers: [.connection: "close"])
        }
    }

    /// The texts of a JSON object (RFC 8259) whose members are all texts.
    ///
    /// - Throws: 400 where it is none, or has a member that is not known, or one twice.
    static func texts(of request: Request, known: Set<String>) async throws -> [String: String] {
        let bytes = try await bytes(of: request)
        do {
            var texts: [String: String] = [:]
            var reader = JSONReader(bytes)
            try reader.readObject { reader, key throws(JSONError) in
                let name = key.string
                guard known.contains(name), texts[name] == nil else {
                    throw JSONError(.unexpectedValue, offset: reader.offset)
                }
                texts[name] = try reader.readString()
            }
            try reader.readEnd()
            return texts
        } catch {
            throw Problem.invalid(
                .invalidParameter, "/body",
                "The content is not a JSON object of texts, each once, with the names that the documentation gives.")
        }
    }
}
