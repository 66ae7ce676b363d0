import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import PracticeService

@Suite struct RequestDeadlineTests {
    private static let limits = PracticeServiceConfiguration.Limits(
        firstByteDeadline: .seconds(10), headDeadline: .seconds(5), contentDeadline: .seconds(8))
    private static let head = HTTPRequestPart.head(
        HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: "/"))

    /// A connection whose clock the test moves.
    private func connection() throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(handler: RequestDeadlines(limits: Self.limits))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    /// Bytes came that were no whole part.
    private func partial(_ channel: EmbeddedChannel) { channel.pipeline.fireChannelReadComplete() }

    private func send(_ channel: EmbeddedChannel, _ parts: HTTPRequestPart...) throws {
        for part in parts { channel.pipeline.fireChannelRead(part) }
        channel.pipeline.fireChannelReadComplete()
    }

    private func advance(_ channel: EmbeddedChannel, _ seconds: Int64) {
        channel.embeddedEventLoop.advanceTime(by: .seconds(seconds))
    }

    @Test func `a connection that sends nothing is closed after the first deadline`() throws {
        let channel = try connection()
        advance(channel, 9)
        #expect(channel.isActive)
        advance(channel, 1)
        #expect(!channel.isActive)
    }

    @Test func `a head sent byte by byte is closed though bytes keep coming`() throws {
        let channel = try connection()
        advance(channel, 9)
        partial(channel)
        for _ in 0..<4 {
            advance(channel, 1)
            partial(channel)
        }
        #expect(channel.isActive)
        advance(channel, 1)
        #expect(!channel.isActive)
    }

    @Test func `content sent byte by byte is closed though bytes keep coming`() throws {
        let channel = try connection()
        try send(channel, Self.head)
        for _ in 0..<7 {
            advance(channel, 1)
            try send(channel, .body(ByteBuffer(string: "a")))
        }
        #expect(channel.isActive)
        advance(channel, 1)
        #expect(!channel.isActive)
    }

    @Test func `a whole request may wait for its answer and rest after it`() throws {
        let channel = try connection()
        try send(channel, Self.head, .end(nil))
        advance(channel, 1_000)
        #expect(channel.isActive)
        partial(channel)
        advance(channel, 4)
        try send(channel, Self.head, .end(nil))
        advance(channel, 1_000)
        #expect(channel.isActive)
    }

    @Test func `the next request on the same connection has its own deadlines`() throws {
        let channel = try connection()
        try send(channel, Self.head)
        advance(channel, 7)
        try send(channel, .end(nil), Self.head)
        advance(channel, 7)
        #expect(channel.isActive)
        advance(channel, 1)
        #expect(!channel.isActive)
    }
}
