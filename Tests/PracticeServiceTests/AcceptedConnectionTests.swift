import HummingbirdCore
import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import PracticeService

@Suite struct AcceptedConnectionTests {
    /// What NIO does with a connection that comes while its server closes: it is set up, dropped, and then active.
    @Test func `a connection that nobody serves is closed and takes nothing along`() async throws {
        let channel = NIOAsyncTestingChannel()
        let http = HTTPChannel(base: HTTP1Channel { _, _, _ in }, tls: nil)
        _ = try await channel.testingEventLoop.flatSubmit {
            http.setup(channel: channel, logger: Logger(label: "test")).map { _ in }
        }.get()
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
        await channel.testingEventLoop.run()
        try await channel.closeFuture.get()
        #expect(!channel.isActive)
    }
}
