import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOSSL
import ServiceLifecycle
import Synchronization
import Testing

@testable import PracticeService

@Suite(.timeLimit(.minutes(1)))
struct OutboundHTTPTests {
    @Test func `an address is read as it will be called`() throws {
        let cases: [(text: String, host: String, port: Int, target: String, isPublicName: Bool)] = [
            ("https://Hooks.example.org", "hooks.example.org", 443, "/", true),
            ("https://a.b:8443/x/y?z=1", "a.b", 8_443, "/x/y?z=1", true),
            ("https://a.b?z", "a.b", 443, "/?z", true),
            ("http://localhost:1/x", "localhost", 1, "/x", false),
            ("https://127.0.0.1/x", "127.0.0.1", 443, "/x", false),
            ("https://0x7f.1/x", "0x7f.1", 443, "/x", false),
            ("https://2130706433/x", "2130706433", 443, "/x", false),
            ("https://[::1]:9/x", "::1", 9, "/x", false),
        ]
        for item in cases {
            let url = try #require(OutboundURL(item.text), "\(item.text)")
            #expect(url.host == item.host && url.port == item.port && url.target == item.target, "\(item.text)")
            #expect(url.isPublicName == item.isPublicName, "\(item.text)")
        }
        for text in [
            "", "ftp://a.b/", "https://", "https://a b/", "https://a.b/\r\nX: y", "https://me@a.b/", "https://a.b/#x",
            "https://a..b/", "https://-a.b/", "https://a.b:0/", "https://a.b:70000/", "https://a.b:+1/", "https://é.b/",
            "https://[::1/", "https://a_b.c/", "//a.b", "HTTPS://a.b/\\",
        ] {
            #expect(OutboundURL(text) == nil, "\(text)")
        }
    }

    @Test func `public is what the registries leave`() throws {
        let cases: [(address: String, isPublic: Bool)] = [
            ("8.8.8.8", true), ("1.1.1.1", true), ("172.15.0.1", true), ("172.32.0.1", true), ("223.255.255.255", true),
            ("0.0.0.0", false), ("10.1.2.3", false), ("100.64.0.1", false), ("127.0.0.1", false),
            ("169.254.169.254", false), ("172.16.0.1", false), ("172.31.255.255", false), ("192.168.1.1", false),
            ("192.0.2.1", false), ("198.18.0.1", false), ("224.0.0.1", false), ("255.255.255.255", false),
            ("2606:4700::1111", true), ("2a00:1450::1", true), ("::1", false), ("::", false), ("fe80::1", false),
            ("fd00::1", false), ("::ffff:127.0.0.1", false), ("64:ff9b::7f00:1", false), ("2002:7f00:1::", false),
            ("2001::1", false), ("2001:db8::1", false), ("3fff::1", false), ("ff02::1", false),
        ]
        for item in cases {
            let address = try SocketAddress(ipAddress: item.address, port: 443)
            #expect(PublicAddress.contains(address) == item.isPublic, "\(item.address)")
        }
        #expect(!PublicAddress.contains(try SocketAddress(unixDomainSocketPath: "/tmp/x")))
    }

    @Test func `nothing inside is called, whatever name leads there, at any call`() async throws {
        let resolved = Mutex(0)
        let client = try OutboundHTTP { host, port in
            // First a public address, later a private one beside it: a name that was moved after it was looked at.
            let count = resolved.withLock { $0 += 1; return $0 }
            return try (count == 1 ? ["192.0.2.7"] : ["2606:4700::1111", "127.0.0.1"]).map {
                try SocketAddress(ipAddress: $0, port: port)
            }
        }
        for _ in 0..<2 {
            await #expect(throws: OutboundError.addressNotPublic) {
                try await client.send(.init(url: try #require(OutboundURL("https://hooks.example.org/x"))))
            }
        }
        for text in ["http://hooks.example.org/", "https://localhost/", "https://127.0.0.1/", "https://[2606::1]/"] {
            await #expect(throws: OutboundError.addressNotAllowed) {
                try await client.send(.init(url: try #require(OutboundURL(text))))
            }
        }
        #expect(resolved.withLock { $0 } == 2)
    }

    @Test func `a request is sent as asked and its answer comes back, up to the limit`() async throws {
        try await withEcho { port in
            let client = try OutboundHTTP(reach: .anywhere, limits: .init(answerBytesMax: 1_000))
            func url(_ path: String) throws -> OutboundURL {
                try #require(OutboundURL("http://localhost:\(port)\(path)"))
            }
            let answer = try await client.send(
                .init(
                    method: "POST", url: try url("/echo?a=b"), headers: [("webhook-id", "evt_1")],
                    body: Array("hello".utf8)))
            #expect(answer.status == 202)
            #expect(answer.header("X-Said") == "localhost:\(port) evt_1 5")
            #expect(String(decoding: answer.body, as: UTF8.self) == "hello")
            #expect(try await client.send(.init(url: try url("/nothing"))).status == 404)
            await #expect(throws: OutboundError.answerTooLarge) {
                try await client.send(
                    .init(method: "POST", url: try url("/echo"), body: [UInt8](repeating: 0x41, count: 1_001)))
            }
            // A server that speaks no TLS, and a port where nobody listens.
            await #expect(throws: OutboundError.tlsFailed) {
                try await client.send(.init(url: try #require(OutboundURL("https://localhost:\(port)/echo"))))
            }
            await #expect(throws: OutboundError.notConnected) {
                try await client.send(.init(url: try #require(OutboundURL("http://localhost:1/"))))
            }
            let hasty = try OutboundHTTP(reach: .anywhere, limits: .init(answerTimeout: .milliseconds(50)))
            await #expect(throws: OutboundError.timedOut) { try await hasty.send(.init(url: try url("/never"))) }
        }
    }

    /// A server that says back what it was told, for as long as `body` runs.
    private func withEcho(_ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        let router = Router()
        router.post("/echo") { request, _ -> Response in
            let content = try await request.body.collect(upTo: 10_000)
            let webhook = request.headers[HTTPField.Name("webhook-id") ?? .accept] ?? ""
            var headers: HTTPFields = [:]
            headers[HTTPField.Name("X-Said") ?? .accept] =
                "\(request.head.authority ?? "") \(webhook) \(request.headers[.contentLength] ?? "")"
            return Response(status: .accepted, headers: headers, body: ResponseBody(byteBuffer: content))
        }
        router.get("/never") { _, _ -> Response in
            try? await gracefulShutdown()
            return Response(status: .ok)
        }
        try await Application(router: router, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            .test(.live) { client in try await body(try #require(client.port)) }
    }
}
