import CryptoExtras
import EventSourcing
import Foundation
import HTTPTypes
import HummingbirdTesting
import JWTKit
import NIOCore
import Synchronization

@testable import PracticeService
@testable import Projections

/// A registered system with a key of each kind, and the assertions it makes, sound or not.
struct TestClient: Sendable {
    static let address = "https://primary-conect.test/oauth2/token"
    static let folder = FileManager.default.temporaryDirectory.appending(path: "clients-\(UUID().uuidString)").path

    let id: String
    let algorithm: TokenKey.Algorithm
    let signer: any JWTAlgorithm
    /// As the client would publish it.
    let jwk: String

    init(_ algorithm: TokenKey.Algorithm = .edDSA, id: String = "levels-mdt", kid: String = "k1") async throws {
        self.id = id
        self.algorithm = algorithm
        let keys = JWTKeyCollection()
        let member: (String, Data) -> String = { "\"\($0)\":\"\(Base64URL.encode($1))\"" }
        let facts: String
        switch algorithm {
        case .edDSA:
            let key = try EdDSA.PrivateKey()
            facts = #""kty":"OKP","crv":"Ed25519","# + member("x", key.publicKey.rawRepresentation)
            signer = try await keys.add(eddsa: key).getKey()
        case .es384:
            let key = ES384PrivateKey()
            let (x, y) = key.parameters ?? ("", "")
            facts =
                #""kty":"EC","crv":"P-384","#
                + [("x", x), ("y", y)].map { member($0, Data(base64Encoded: $1) ?? Data()) }.joined(separator: ",")
            signer = try await keys.add(ecdsa: key).getKey()
        case .rs384, .rs512, .es256:
            let key = try Insecure.RSA.PrivateKey(backing: _RSA.Signing.PrivateKey(keySize: .bits2048))
            let (n, e) = try key.publicKey.getKeyPrimitives()
            facts = #""kty":"RSA","# + member("n", n) + "," + member("e", e)
            signer = try await keys.add(rsa: key, digestAlgorithm: algorithm == .rs384 ? .sha384 : .sha512).getKey()
        }
        jwk = #"{"kid":"\#(kid)",\#(facts)}"#
    }

    /// The registration of a client whose keys stand in a file.
    func registered(
        role: Role = .integration, practices: Set<String> = [Given.practice], scopes: Set<Permission>? = nil,
        document: String? = nil
    ) throws -> RegisteredClient {
        try FileManager.default.createDirectory(atPath: Self.folder, withIntermediateDirectories: true)
        let file = "\(Self.folder)/\(UUID().uuidString).jwks.json"
        try Data((document ?? #"{"keys":[\#(jwk)]}"#).utf8).write(to: URL(filePath: file))
        return try RegisteredClient(
            id: id, role: role, practices: practices, scopes: scopes, algorithm: algorithm, keys: .file(file))
    }

    /// Claims that are let in at `Given.now`.
    static func claims(_ id: String = "levels-mdt", jti: String = UUID().uuidString) -> [String: Any] {
        let now = Given.now.microseconds / 1_000_000
        return ["iss": id, "sub": id, "aud": address, "exp": now + 300, "iat": now, "jti": jti]
    }

    func assertion(_ claims: [String: Any]? = nil, header: String? = nil) throws -> String {
        let payload = try JSONSerialization.data(withJSONObject: claims ?? Self.claims(id))
        return try TestKeys.token(
            header: header ?? #"{"alg":"\#(algorithm.rawValue)","kid":"k1","typ":"JWT"}"#,
            payload: String(decoding: payload, as: UTF8.self), signer: signer)
    }

    /// The form of a request for a token.
    static func form(_ assertion: String, _ more: [String: String] = [:]) -> String {
        var fields = [
            "grant_type": "client_credentials", "client_assertion": assertion,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        ]
        fields.merge(more) { $1 }
        return fields.filter { !$0.value.isEmpty }.map { name, value in
            let text = value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            return "\(name)=\(text)"
        }.joined(separator: "&")
    }
}

/// Used assertions, in memory.
final class MemoryAssertions: AssertionBook {
    private let used = Mutex<Set<[String]>>([])

    func use(client: String, jti: String, expires: Instant, at now: Instant) async throws -> Bool {
        used.withLock { $0.insert([client, jti]).inserted }
    }
}

/// A token endpoint with a few clients, beside the lists in memory.
struct TokenFixture: Sendable {
    let keys: TestKeys
    let lists = MemoryLists()
    let log = CapturedLog()
    let server: PracticeServer

    init(
        _ clients: [RegisteredClient], outbound: OutboundHTTP? = nil, book: any AssertionBook = MemoryAssertions()
    ) async throws {
        keys = try await TestKeys()
        let policy = TokenPolicy(
            issuer: TestClient.address, audience: "primary-conect", lifetimeMax: TokenEndpoint.lifetime)
        try FileManager.default.createDirectory(atPath: TestClient.folder, withIntermediateDirectories: true)
        let issuer = try await TokenIssuer.opening(
            keyFile: "\(TestClient.folder)/\(UUID().uuidString).jwk", policy: policy)
        var verifier = keys.verifier
        try verifier.trust([issuer.publicKey], policy)
        let registry = try ClientRegistry(clients, outbound: outbound ?? OutboundHTTP())
        lists.change { $0.items[MemoryLists.key(Given.practice, .inHospital)] = [Given.item(Given.stay())] }
        server = PracticeServer(
            configuration: .init(providers: Given.providers), source: lists, verifier: verifier,
            groups: [TokenEndpoint(clients: registry, book: book, issuer: issuer, address: TestClient.address)],
            now: { Given.now }, makeRequestID: { "00000000-0000-4000-8000-000000000001" }, logger: log.logger)
    }

    func post(_ form: String, type: String = "application/x-www-form-urlencoded") async throws -> TestResponse {
        let answer = try await server.application().test(.router) { client in
            try await client.execute(
                uri: "/oauth2/token", method: .post, headers: [.contentType: type], body: ByteBuffer(string: form))
        }
        OpenAPIConformance.check(.post, "/oauth2/token", answer)
        return answer
    }

    func get(_ path: String, token: String) async throws -> TestResponse {
        let answer = try await server.application().test(.router) { client in
            try await client.execute(uri: path, method: .get, headers: [.authorization: "Bearer \(token)"])
        }
        OpenAPIConformance.check(.get, path, answer)
        return answer
    }
}
