import Foundation
import HummingbirdTesting
import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import PracticeService

/// The certificates are those of the MLLP tests (Tests/MLLPTests/Fixtures, made by make.sh).
@Suite(.timeLimit(.minutes(1)))
struct TLSTests {
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "MLLPTests/Fixtures").path

    private func file(_ name: String) -> String { "\(Self.fixtures)/\(name)" }

    private func identity(mutual: Bool, names: Set<String>? = nil) throws -> HTTPServerIdentity {
        try HTTPServerIdentity(
            certificate: file("server.pem"), key: file("server.key"),
            clientAuthorities: mutual ? file("authority.pem") : nil, names: names)
    }

    @Test func `over TLS the service answers and tells browsers to stay there`() async throws {
        let answer = try await exchange(identity(mutual: false), client: nil)
        #expect(answer.hasPrefix("HTTP/1.1 401"))
        #expect(answer.contains("Strict-Transport-Security: max-age=31536000"))
        let outbound = try await withServer(identity(mutual: false)) { port in
            let trusting = try OutboundHTTP(reach: .anywhere, trustRoots: .file(file("authority.pem")))
            let url = try #require(OutboundURL("https://localhost:\(port)/api/v1/feeds"))
            await #expect(throws: OutboundError.tlsFailed) {
                try await OutboundHTTP(reach: .anywhere).send(.init(url: url))
            }
            return try await trusting.send(.init(url: url)).status
        }
        #expect(outbound == 401)
    }

    @Test(
        arguments: [
            ("hospital", nil, true), ("hospital", ["feed.ZX901.test"], true), ("hospital", ["urn:test:zx901"], true),
            ("hospital", ["feed.zx902.test"], false), ("hospital", [], false),
            ("other-hospital", ["feed.zx901.test"], false),
            ("forged", nil, false), ("expired", nil, false), ("", nil, false),
        ] as [(String, Set<String>?, Bool)])
    func `with mutual TLS only certificates of the authorities and names are heard`(
        certificate: String, names: Set<String>?, isHeard: Bool
    ) async throws {
        let answer = try? await exchange(identity(mutual: true, names: names), client: certificate)
        #expect((answer?.hasPrefix("HTTP/1.1 401") ?? false) == isHeard)
    }

    @Test func `TLS before 1.2 is not spoken, and a file that is none is named`() async throws {
        let answer = try? await exchange(identity(mutual: false), client: nil, maximum: .tlsv11)
        #expect(answer?.isEmpty ?? true)
        for (certificate, key, named) in [
            ("none.pem", "server.key", "none.pem"), ("server.pem", "server.pem", "server.pem"),
            ("server.pem", "hospital.key", "server.pem"),
        ] {
            #expect(throws: HTTPServerIdentity.IdentityError.unusable(file: file(named))) {
                try HTTPServerIdentity(certificate: file(certificate), key: file(key))
            }
        }
    }

    private func withServer<Result: Sendable>(
        _ identity: HTTPServerIdentity, _ body: @escaping @Sendable (Int) async throws -> Result
    ) async throws -> Result {
        let fixture = try await ServiceFixture(configuration: .init(tls: identity))
        return try await fixture.server.application().test(.live) { client in
            try await body(try #require(client.port))
        }
    }

    /// Sends one request with this certificate and gives what comes back.
    private func exchange(
        _ identity: HTTPServerIdentity, client certificate: String?, maximum: TLSVersion? = nil
    ) async throws -> String {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .file(file("authority.pem"))
        configuration.maximumTLSVersion = maximum
        configuration.minimumTLSVersion = .tlsv1
        if let certificate, !certificate.isEmpty {
            configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(file("\(certificate).pem")).map {
                .certificate($0)
            }
            configuration.privateKey = .privateKey(
                try NIOSSLPrivateKey(file: file("\(certificate).key"), format: .pem))
        }
        let context = try NIOSSLContext(configuration: configuration)
        return try await withServer(identity) { port in
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "localhost", port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: context, serverHostname: "localhost"))
                        return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            return try await channel.executeThenClose { inbound, outbound in
                try await outbound.write(
                    ByteBuffer(string: "GET /api/v1/feeds HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                var answer = ""
                for try await bytes in inbound { answer += String(buffer: bytes) }
                return answer
            }
        }
    }
}
