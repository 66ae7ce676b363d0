import EventSourcing
import Foundation
import JWTKit
import Testing

@testable import PracticeService

@Suite struct TokenKeyTests {
    @Test func `the thumbprint is that of RFC 8037 appendix A 3`() async throws {
        let key = try EdDSA.PublicKey(x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", curve: .ed25519)
        #expect(try await TokenKey(ed25519: key).identifier == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
    }

    @Test func `public keys are read as JWK, JWK set and PEM`() async throws {
        let ed = try EdDSA.PrivateKey().publicKey
        let ec = ES256PrivateKey().publicKey
        let (x, y) = try #require(ec.parameters)
        let edJWK = #"{"kty":"OKP","crv":"Ed25519","kid":"one","x":"\#(Base64URL.encode(ed.rawRepresentation))"}"#
        let ecJWK = #"{"kty":"EC","crv":"P-256","alg":"ES256","kid":"two","x":"\#(url(x))","y":"\#(url(y))"}"#
        #expect(try await read(edJWK).map(\.identifier) == ["one"])
        #expect(try await read(edJWK).map(\.algorithm) == [.edDSA])
        #expect(try await read(ecJWK).map(\.algorithm) == [.es256])
        #expect(try await read(#"{"keys":[\#(edJWK),\#(ecJWK)]}"#).map(\.identifier) == ["one", "two"])
        #expect(try await read(ed.pemRepresentation).map(\.identifier) == [TokenKey.thumbprint(ed25519: ed)])
        #expect(try await read(ec.pemRepresentation).map(\.identifier) == [TokenKey.thumbprint(p256: ec)])
    }

    @Test func `what is no public key of ours is refused`() async throws {
        let secret = try EdDSA.PrivateKey()
        let x = Base64URL.encode(secret.publicKey.rawRepresentation)
        let d = Base64URL.encode(secret.rawRepresentation)
        let cases: [(String, TokenKeyError)] = [
            ("", .notAKey(file: "f")),
            ("{}", .notAKey(file: "f")),
            (#"{"kty":"oct","k":"AAAA","kid":"a"}"#, .notAKey(file: "f")),
            (#"{"kty":"RSA","n":"AQAB","e":"AQAB","kid":"a"}"#, .notSupported(file: "f")),
            (#"{"kty":"OKP","crv":"Ed25519","kid":"a"}"#, .notSupported(file: "f")),
            (#"{"kty":"OKP","crv":"Ed25519","alg":"ES256","kid":"a","x":"\#(x)"}"#, .notSupported(file: "f")),
            (#"{"kty":"EC","crv":"P-384","kid":"a","x":"AA","y":"AA"}"#, .notSupported(file: "f")),
            (#"{"kty":"OKP","crv":"Ed25519","kid":"a","x":"\#(x)","d":"\#(d)"}"#, .privateKeyInPublicFile(file: "f")),
            (secret.pemRepresentation, .privateKeyInPublicFile(file: "f")),
            ("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", .notSupported(file: "f")),
        ]
        for (document, error) in cases {
            await #expect(throws: error, "\(document.prefix(40))") { _ = try await self.read(document) }
        }
    }

    private func read(_ document: String) async throws -> [TokenKey] {
        try await TokenKey.read(document: Array(document.utf8), file: "f")
    }

    private func url(_ base64: String) -> String {
        base64.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }
}

@Suite struct TokenIssuerTests {
    @Test func `a missing key file is made for its owner alone and used again`() async throws {
        try await withFolder { folder in
            let file = folder + "/token-key.jwk"
            let first = try await TokenIssuer.opening(keyFile: file, policy: Given.policy)
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let second = try await TokenIssuer.opening(keyFile: file, policy: Given.policy)
            #expect(first.publicKey.identifier == second.publicKey.identifier)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["token-key.jwk"])
        }
    }

    @Test func `its tokens are let in by a verifier that reads its public document`() async throws {
        try await withFolder { folder in
            let issuer = try await TokenIssuer.opening(keyFile: folder + "/key", policy: Given.policy)
            let publicFile = folder + "/key.pub"
            try Data(issuer.publicKeyDocument).write(to: URL(filePath: publicFile))
            let verifier = try TokenVerifier(
                keys: try await TokenKey.read(files: [publicFile]), policy: Given.policy)
            let token = try await issuer.token(
                subject: "kay", client: "demo", role: .practiceCoach, practices: ["Z99001"], lifetime: .seconds(3_600),
                identifier: "1", at: Given.now)
            #expect(try verifier.verify(token, at: Given.now + .seconds(3_000)).role == .practiceCoach)
            #expect(throws: TokenRefusal.expired) { try verifier.verify(token, at: Given.now + .seconds(3_660)) }
        }
    }

    @Test func `a PEM key serves as well`() async throws {
        try await withFolder { folder in
            let key = try EdDSA.PrivateKey()
            let file = folder + "/key.pem"
            _ = FileManager.default.createFile(
                atPath: file, contents: Data(key.pemRepresentation.utf8), attributes: [.posixPermissions: 0o600])
            let issuer = try await TokenIssuer.opening(keyFile: file, policy: Given.policy)
            #expect(issuer.publicKey.identifier == TokenKey.thumbprint(ed25519: key.publicKey))
        }
    }

    @Test func `a key file that others may read, or that holds something else, is refused`() async throws {
        try await withFolder { folder in
            let open = folder + "/open"
            _ = FileManager.default.createFile(
                atPath: open, contents: Data("{}".utf8), attributes: [.posixPermissions: 0o640])
            await #expect(throws: TokenKeyError.openToOthers(file: open)) {
                _ = try await TokenIssuer.opening(keyFile: open, policy: Given.policy)
            }
            let other = folder + "/other"
            _ = FileManager.default.createFile(
                atPath: other, contents: Data("{}".utf8), attributes: [.posixPermissions: 0o600])
            await #expect(throws: TokenKeyError.notAKey(file: other)) {
                _ = try await TokenIssuer.opening(keyFile: other, policy: Given.policy)
            }
            let nowhere = folder + "/none/key"
            await #expect(throws: TokenKeyError.unwritable(file: nowhere)) {
                _ = try await TokenIssuer.opening(keyFile: nowhere, policy: Given.policy)
            }
        }
    }

    @Test func `of many that start together all end up with one key`() async throws {
        try await withFolder { folder in
            let identifiers = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        try await TokenIssuer.opening(keyFile: folder + "/key", policy: Given.policy).publicKey
                            .identifier
                    }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(identifiers.count == 1)
        }
    }

    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pc-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }
}
