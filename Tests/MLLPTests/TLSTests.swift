import NIOCore
import NIOSSL
import Testing

@testable import MLLP

/// The certificates lie in Fixtures and are made by Fixtures/make.sh.
@Suite(.timeLimit(.minutes(2)))
struct TLSTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func serverTLS(
        _ name: String = "server", mutual: Bool = true, allowed: Set<String>? = nil, revoked: Set<String> = []
    ) -> MLLPServerTLS {
        MLLPServerTLS(
            certificateChainFile: ServerFixture.fixture("\(name).pem"),
            privateKeyFile: ServerFixture.fixture("\(name).key"),
            clientAuthoritiesFile: mutual ? ServerFixture.fixture("authority.pem") : nil,
            allowedCertificateNames: allowed, revokedSerialNumbers: revoked)
    }

    private func clientTLS(_ name: String?, authority: String = "authority") -> MLLPClientTLS {
        MLLPClientTLS(
            authoritiesFile: ServerFixture.fixture("\(authority).pem"),
            certificateChainFile: name.map { ServerFixture.fixture("\($0).pem") },
            privateKeyFile: name.map { ServerFixture.fixture("\($0).key") })
    }

    /// Tells the peer's certificate name back.
    @Sendable private static func tellName(_ input: MLLPInput, _ peer: MLLPPeer) async -> MLLPAnswer {
        .send(Array((peer.certificateName ?? "no name").utf8))
    }

    @Test func `a message is answered over TLS`() async throws {
        try await ServerFixture.withServer(tls: serverTLS(mutual: false)) { server, address in
            let client = try await ServerFixture.client(address, tls: clientTLS(nil))
            let long = [UInt8](repeating: 0x41, count: 300_000)
            let answer = try await client.send(long)
            #expect(answer == long)
            await client.close()
            #expect(server.counters.certificateExpiresAt == 4_070_908_800)
        }
    }

    @Test func `a client that does not trust our authority does not connect`() async throws {
        try await ServerFixture.withServer(tls: serverTLS(mutual: false)) { _, address in
            let error = await #expect(throws: MLLPError.self) {
                try await ServerFixture.client(address, tls: clientTLS(nil, authority: "stranger"))
            }
            #expect(error?.code == "tls-failed")
        }
    }

    @Test func `an allowed certificate is let in and known by its name`() async throws {
        let tls = serverTLS(allowed: ["FEED.zx901.test"])
        try await ServerFixture.withServer(tls: tls, respond: Self.tellName) { _, address in
            let client = try await ServerFixture.client(address, tls: clientTLS("hospital"))
            let answer = try await client.send(bytes("who am I"))
            #expect(answer == bytes("feed.zx901.test"))
            await client.close()
        }
    }

    @Test(arguments: ["forged", "expired", "not-yet-valid", ""])
    func `a certificate of another authority, of another time, or none is refused`(name: String) async throws {
        try await ServerFixture.withServer(tls: serverTLS()) { server, address in
            await #expect(throws: MLLPError.self) {
                let client = try await ServerFixture.client(address, tls: clientTLS(name.isEmpty ? nil : name))
                _ = try await client.send(bytes("let me in"))
            }
            await server.shutdown()
            #expect(server.counters.framesReceived == 0)
            #expect(server.counters.faults[.tlsFailed] == 1)
        }
    }

    @Test func `a certificate whose name is not allowed, or that is revoked, is refused`() async throws {
        for (name, tls) in [
            ("other-hospital", serverTLS(allowed: ["ZX901 feed"])), ("revoked", serverTLS(revoked: ["1007"])),
        ] {
            try await ServerFixture.withServer(tls: tls) { server, address in
                await #expect(throws: MLLPError.self) {
                    let client = try await ServerFixture.client(address, tls: clientTLS(name))
                    _ = try await client.send(bytes("let me in"))
                }
                await server.shutdown()
                #expect(server.counters.framesReceived == 0)
                #expect(server.counters.faults[.certificateNotAllowed] == 1)
            }
        }
    }

    @Test func `a plain client gets nothing from a TLS server`() async throws {
        try await ServerFixture.withServer(tls: serverTLS()) { server, address in
            let peer = try await RawPeer(to: address)
            try await peer.send("\u{0B}MSH|\u{1C}\r")
            let received = await peer.readToEnd()
            #expect(!received.contains(0x0B))
            #expect(server.counters.framesReceived == 0)
        }
    }

    @Test func `new certificates are taken up and live connections go on`() async throws {
        try await ServerFixture.withServer(tls: serverTLS()) { server, address in
            let old = try await ServerFixture.client(address, tls: clientTLS("hospital"))
            _ = try await old.send(bytes("before"))
            try server.reloadCertificates(serverTLS("server-renewed", allowed: ["ZX902 feed"]))
            #expect(server.counters.certificateExpiresAt == 4_039_372_800)
            let answer = try await old.send(bytes("after"))
            #expect(answer == bytes("after"))
            let new = try await ServerFixture.client(address, tls: clientTLS("other-hospital"))
            let newAnswer = try await new.send(bytes("new"))
            #expect(newAnswer == bytes("new"))
            #expect(throws: MLLPError.self) { try server.reloadCertificates(serverTLS("missing")) }
            #expect(server.counters.certificateExpiresAt == 4_039_372_800)
            await old.close()
            await new.close()
        }
    }

    @Test func `draining over TLS answers what was read`() async throws {
        let gate = HeldResponder()
        try await ServerFixture.withServer(tls: serverTLS(), respond: gate.respond) { server, address in
            let client = try await ServerFixture.client(address, tls: clientTLS("hospital"))
            async let answer = client.send(bytes("last"))
            await gate.arrival(of: 1)
            async let stopped: Void = server.shutdown(deadline: .seconds(20))
            gate.answer(.frame(bytes("last")), with: .send(bytes("AA")))
            let received = try await answer
            #expect(received == bytes("AA"))
            await stopped
        }
    }

    @Test func `a missing certificate is an error with its place`() async throws {
        let error = await #expect(throws: MLLPError.self) {
            try await ServerFixture.withServer(tls: serverTLS("missing")) { _, _ in }
        }
        guard case .certificateUnusable(let place, _)? = error else {
            Issue.record("not certificateUnusable")
            return
        }
        #expect(place == ServerFixture.fixture("missing.pem"))
    }

    @Test func `the names of a certificate are read`() throws {
        let certificates = try NIOSSLCertificate.fromPEMFile(ServerFixture.fixture("hospital.pem"))
        let names = CertificateNames(der: try #require(certificates.first).toDERBytes())
        #expect(names.alternative == ["feed.zx901.test", "urn:test:zx901"])
        #expect(names.common == ["ZX901 feed"])
        #expect(names.first(in: ["zx901 FEED"]) == "ZX901 feed")
        #expect(names.first(in: ["zx902 feed"]) == nil)
    }

    @Test func `a spoilt certificate has no names and does no harm`() throws {
        let certificates = try NIOSSLCertificate.fromPEMFile(ServerFixture.fixture("hospital.pem"))
        let whole = try #require(certificates.first).toDERBytes()
        var random = SeededGenerator(seed: 509)
        for length in 0..<whole.count { _ = CertificateNames(der: Array(whole.prefix(length))) }
        for _ in 0..<5000 {
            var spoilt = whole
            for _ in 0..<3 {
                spoilt[Int.random(in: 0..<spoilt.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            _ = CertificateNames(der: spoilt)
        }
    }
}
