import MLLP

/// One line to the daemon; what goes wrong on it is an answer too.
struct MLLPLink: Sendable {
    private let client: MLLPClient

    static func open(port: Int) async throws -> MLLPLink {
        MLLPLink(client: try await MLLPClient.connect(host: "127.0.0.1", port: port))
    }

    /// MSA-1, or the code of what went wrong.
    func answer(to message: [UInt8]) async -> String {
        do {
            return Sender.code(try await client.send(message, deadline: .seconds(60)))
        } catch {
            return error.code
        }
    }
}
