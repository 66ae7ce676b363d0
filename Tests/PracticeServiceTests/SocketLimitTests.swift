import HTTPTypes
import HummingbirdTesting
import NIOCore
import NIOPosix
import Testing

@testable import PracticeService

@Suite struct SocketLimitTests {
    @Test func `heads beyond the limits are refused and the connection closed`() async throws {
        let line = "X-Filler: \(String(repeating: "a", count: 1_000))\r\n"
        let heads = [
            "GET /\(String(repeating: "a", count: 13_000)) HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX-Long: \(String(repeating: "a", count: 13_000))\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\(String(repeating: line, count: 17))\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\(String(repeating: "X: a\r\n", count: 101))\r\n",
        ]
        for head in heads {
            let answer = try await exchange(head)
            #expect(answer.hasPrefix("HTTP/1.1 400"), "\(head.prefix(20))")
        }
    }

    @Test func `requests that two parsers could read differently are refused`() async throws {
        let requests = [
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
            "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n",
            "GARBAGE\r\n\r\n",
        ]
        for request in requests {
            let answer = try await exchange(request)
            #expect(answer.hasPrefix("HTTP/1.1 4"), "\(request.debugDescription)")
            #expect(answer.components(of: "HTTP/1.1 ") == 1, "\(request.debugDescription)")
        }
    }

    @Test func `a client that stops in the middle of a head is cut off`() async throws {
        var limits = PracticeServiceConfiguration.Limits()
        limits.headDeadline = .milliseconds(50)
        let answer = try await exchange("GET / HTTP/1.1\r\nHost", limits: limits)
        #expect(answer.isEmpty)
    }

    /// Sends bytes and gives everything that comes back until the server closes.
    private func exchange(_ request: String, limits: PracticeServiceConfiguration.Limits = .init()) async throws
        -> String
    {
        let fixture = try await ServiceFixture(configuration: .init(limits: limits))
        return try await fixture.server.application().test(.live) { client in
            let port = try #require(client.port)
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.allowRemoteHalfClosure, value: false)
                .connect(host: "localhost", port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            return try await channel.executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(string: request))
                var answer = ""
                do {
                    for try await bytes in inbound { answer += String(buffer: bytes) }
                } catch is IOError {
                    // A server that closes over unread bytes resets the connection; what it answered has been read.
                }
                return answer
            }
        }
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
