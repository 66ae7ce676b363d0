import Logging
import MLLP
import NIOCore
import NIOPosix

/// Starts servers on free ports of the loopback, and stops them.
enum ServerFixture {
    /// Runs `body` against a server, which is shut down afterwards.
    static func withServer<Result>(
        tls: MLLPServerTLS? = nil, _ change: (inout MLLPServerConfiguration) -> Void = { _ in },
        respond: @escaping @Sendable (MLLPInput, MLLPPeer) async -> MLLPAnswer = ServerFixture.echo,
        _ body: (MLLPServer, SocketAddress) async throws -> Result
    ) async throws -> Result {
        var configuration = MLLPServerConfiguration(host: "127.0.0.1", port: 0, tls: tls)
        configuration.lingerTimeout = .milliseconds(300)
        change(&configuration)
        let server = MLLPServer(
            configuration: configuration, group: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, respond: respond)
        let address = try await server.start()
        do {
            let result = try await body(server, address)
            await server.shutdown(deadline: .milliseconds(500))
            return result
        } catch {
            await server.shutdown(deadline: .zero)
            throw error
        }
    }

    /// Answers a frame with itself, and a fault with `AR`.
    @Sendable static func echo(_ input: MLLPInput, _ peer: MLLPPeer) async -> MLLPAnswer {
        switch input {
        case .frame(let bytes): .send(bytes)
        case .fault: .send(Array("AR".utf8))
        }
    }

    static func fixture(_ name: String, _ path: String = #filePath) -> String {
        path.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Fixtures/" + name
    }

    static func client(
        _ address: SocketAddress, tls: MLLPClientTLS? = nil
    ) async throws(MLLPError) -> MLLPClient {
        try await MLLPClient.connect(
            host: "127.0.0.1", port: address.port ?? 0, configuration: MLLPClientConfiguration(tls: tls))
    }
}
