import EventSourcing
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import PracticeService
@testable import Projections

@Suite(.timeLimit(.minutes(1)))
struct TokenEndpointTests {
    @Test(arguments: RegisteredClient.algorithms)
    func `an assertion of each algorithm is worth a token that opens the client's lists`(
        _ algorithm: TokenKey.Algorithm
    ) async throws {
        let client = try await TestClient(algorithm)
        let fixture = try await TokenFixture([try client.registered(scopes: [.readLists, .readStatus])])
        let answer = try await fixture.post(TestClient.form(client.assertion(), ["client_id": "levels-mdt"]))
        #expect(answer.status == .ok)
        #expect(answer.headers[.cacheControl]?.contains("no-store") == true && answer.headers[.pragma] == "no-cache")
        #expect(answer.object["token_type"] as? String == "Bearer")
        #expect(answer.object["expires_in"] as? Int == 300)
        #expect(answer.object["scope"] as? String == "lists:read status:read")
        let token = try #require(answer.object["access_token"] as? String)
        #expect(try await fixture.get(ServiceFixture.path, token: token).status == .ok)
        let other = try await fixture.get("/api/v1/practices/Z99002/lists/in-hospital", token: token)
        #expect(other.code == "not_found")
        let look = try #require(fixture.lists.looks.first?.access)
        #expect(look.subject == "levels-mdt" && look.client == "levels-mdt" && look.role == "integration")
    }

    @Test func `a token is for what was asked, and for no more than the client may have`() async throws {
        let client = try await TestClient()
        let fixture = try await TokenFixture([try client.registered(scopes: [.readLists, .readStatus])])
        let narrow = try await fixture.post(TestClient.form(client.assertion(), ["scope": "status:read"]))
        #expect(narrow.object["scope"] as? String == "status:read")
        let token = try #require(narrow.object["access_token"] as? String)
        #expect(try await fixture.get("/api/v1/feeds", token: token).status == .ok)
        #expect(try await fixture.get(ServiceFixture.path, token: token).code == "scope_missing")
        for scope in ["lists:read webhooks:write", "openid", "lists:read lists:READ"] {
            let refused = try await fixture.post(TestClient.form(client.assertion(), ["scope": scope]))
            #expect(refused.status == .badRequest && refused.object["error"] as? String == "invalid_scope", "\(scope)")
        }
    }

    @Test func `what is no sound request is refused in the words of RFC 6749`() async throws {
        let client = try await TestClient()
        let fixture = try await TokenFixture([try client.registered()])
        let good = TestClient.form(try client.assertion())
        let cases: [(form: String, type: String, error: String)] = [
            (good, "application/json", "invalid_request"),
            ("", "application/x-www-form-urlencoded", "invalid_request"),
            (good + "&grant_type=client_credentials", "application/x-www-form-urlencoded", "invalid_request"),
            (good + "&x=%zz", "application/x-www-form-urlencoded", "invalid_request"),
            (
                good + "&x=" + String(repeating: "a", count: 17_000), "application/x-www-form-urlencoded",
                "invalid_request"
            ),
            (
                TestClient.form(try client.assertion(), ["grant_type": "password"]),
                "application/x-www-form-urlencoded", "unsupported_grant_type"
            ),
            (
                TestClient.form(try client.assertion(), ["client_assertion_type": "other"]),
                "application/x-www-form-urlencoded", "invalid_request"
            ),
            (TestClient.form(""), "application/x-www-form-urlencoded", "invalid_request"),
        ]
        for item in cases {
            let answer = try await fixture.post(item.form, type: item.type)
            #expect(answer.status == .badRequest, "\(item.form.prefix(40))")
            #expect(answer.object["error"] as? String == item.error, "\(item.form.prefix(40))")
            #expect(answer.headers[.contentType] == "application/json")
            #expect(answer.headers[.cacheControl]?.contains("no-store") == true)
        }
        #expect(try await fixture.post(good, type: "application/x-www-form-urlencoded; charset=utf-8").status == .ok)
        #expect(try await fixture.get("/oauth2/token", token: "x").status == .methodNotAllowed)
    }

    @Test func `each kind of assertion is refused, and only who has signed it learns why`() async throws {
        let client = try await TestClient()
        let stranger = try await TestClient()
        let rsa = try await TestClient(.rs512, id: "other")
        let fixture = try await TokenFixture([try client.registered(), try rsa.registered()])
        let now = Given.now.microseconds / 1_000_000
        let vague = AssertionRefusal.notAccepted
        func changed(_ change: (inout [String: Any]) -> Void) throws -> String {
            var claims = TestClient.claims()
            change(&claims)
            return try client.assertion(claims)
        }
        let used = try client.assertion()
        #expect(try await fixture.post(TestClient.form(used)).status == .ok)
        let cases: [(name: String, assertion: String, refusal: AssertionRefusal)] = [
            ("used before", used, .replayed),
            ("same jti in another assertion", try changed { $0["jti"] = Self.jti(of: used) }, .replayed),
            ("a stranger's signature", try stranger.assertion(), vague),
            ("a token of our own kind", try await fixture.keys.token(), vague),
            ("client that nobody knows", try changed { $0["iss"] = "nobody" }, vague),
            ("another client's name", try changed { $0["iss"] = "other" }, vague),
            ("kid that nobody knows", try client.assertion(header: #"{"alg":"EdDSA","kid":"k2"}"#), vague),
            ("no kid", try client.assertion(header: #"{"alg":"EdDSA"}"#), vague),
            ("alg none", try client.assertion(header: #"{"alg":"none","kid":"k1"}"#), vague),
            ("alg of a secret", try client.assertion(header: #"{"alg":"HS256","kid":"k1"}"#), vague),
            ("alg of another key", try client.assertion(header: #"{"alg":"RS512","kid":"k1"}"#), vague),
            ("key sent along", try client.assertion(header: #"{"alg":"EdDSA","jku":"https://x","jwk":{}}"#), vague),
            ("access token type", try client.assertion(header: #"{"alg":"EdDSA","kid":"k1","typ":"at+jwt"}"#), vague),
            ("not a token", "abc", vague),
            ("no jti", try changed { $0["jti"] = nil }, vague),
            ("exp is no whole number", try changed { $0["exp"] = Double(now) + 100.5 }, vague),
            ("sub is another", try changed { $0["sub"] = "other" }, .subject),
            ("for someone else", try changed { $0["aud"] = "https://issuer.test" }, .audience),
            ("for us among others", try changed { $0["aud"] = [TestClient.address, "https://x.test"] }, .audience),
            ("for us with a slash", try changed { $0["aud"] = TestClient.address + "/" }, .audience),
            ("expired now", try changed { $0["exp"] = now }, .expired),
            ("long expired", try changed { $0["exp"] = -1 }, .expired),
            ("more than 5 minutes ahead", try changed { $0["exp"] = now + 301 }, .tooLong),
            ("far ahead", try changed { $0["exp"] = Int64.max }, .tooLong),
            ("issued tomorrow", try changed { $0["iat"] = now + 86_400 }, .notYetValid),
            ("not before tomorrow", try changed { $0["nbf"] = now + 86_400 }, .notYetValid),
            ("empty jti", try changed { $0["jti"] = "" }, .identifier),
            ("long jti", try changed { $0["jti"] = String(repeating: "a", count: 129) }, .identifier),
        ]
        for item in cases {
            let answer = try await fixture.post(TestClient.form(item.assertion))
            #expect(answer.status == .unauthorized, "\(item.name)")
            #expect(answer.object["error"] as? String == "invalid_client", "\(item.name)")
            #expect(answer.object["error_description"] as? String == "\(item.refusal.description)", "\(item.name)")
        }
        #expect(Set(cases.map(\.refusal)) == Set(AssertionRefusal.allCases))
        let misnamed = TestClient.form(try client.assertion(), ["client_id": "other"])
        #expect(try await fixture.post(misnamed).status == .unauthorized)
        #expect(try await fixture.post(TestClient.form(changed { $0["aud"] = [TestClient.address] })).status == .ok)
        let line = fixture.log.text.last { $0.contains("refusal=") }
        #expect(line?.contains("refusal=assertion-not-accepted") == true)
        #expect(!fixture.log.text.contains { $0.contains("eyJ") })
    }

    @Test func `keys at an address are fetched, kept, and looked at again for a new name`() async throws {
        let (old, new) = (try await TestClient(kid: "k1"), try await TestClient(kid: "k2"))
        let served = Mutex<(fetched: Int, document: String)>((0, #"{"keys":[\#(old.jwk),{"kty":"X","kid":"z"}]}"#))
        let keys = ClientKeys {
            let document = served.withLock { state in
                state.fetched += 1
                return state.document
            }
            return try await TokenKey.read(document: Array(document.utf8), file: "f", algorithm: .edDSA)
        }
        func names(_ at: Instant, _ kid: String) async -> String? { await keys.key(kid, at: at)?.identifier }
        let start = Given.now
        #expect(await names(start, "k1") == "k1")
        #expect(await names(start + .seconds(1), "k1") == "k1")
        #expect(await names(start + .seconds(59), "k2") == nil)
        #expect(served.withLock { $0.fetched } == 1)
        served.withLock { $0.document = #"{"keys":[\#(new.jwk)]}"# }
        #expect(await names(start + .seconds(60), "k2") == "k2")
        #expect(await names(start + .seconds(61), "k1") == nil)
        #expect(served.withLock { $0.fetched } == 2)
        // While the address does not answer, what was known serves for a day and no longer.
        served.withLock { $0.document = "gone" }
        #expect(await names(start + .seconds(3_600), "k2") == "k2")
        #expect(await names(start + .seconds(3_601), "k2") == "k2")
        #expect(served.withLock { $0.fetched } == 3)
        #expect(await names(start + .seconds(60 + 24 * 3_600), "k2") == nil)
    }

    @Test func `a client's own address gives its keys`() async throws {
        let client = try await TestClient()
        let router = Router()
        let document = #"{"keys":[\#(client.jwk)]}"#
        router.get("/jwks.json") { _, _ in Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: document)))
        }
        try await Application(router: router, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            .test(.live) { server in
                let port = try #require(server.port)
                let url = try #require(OutboundURL("http://localhost:\(port)/jwks.json"))
                var registered = try client.registered()
                registered.keys = .address(url)
                let near = try await TokenFixture([registered], outbound: OutboundHTTP(reach: .anywhere))
                #expect(try await near.post(TestClient.form(client.assertion())).status == .ok)
                let far = try await TokenFixture([registered])
                #expect(try await far.post(TestClient.form(client.assertion())).status == .unauthorized)
            }
    }

    @Test func `an assertion counts once over all instances, and a lost database lets nobody in`() async throws {
        let database = try await PostgresFixture.database()
        let pool = PostgresPool(database.configuration(user: "primary_conect_service"))
        let client = try await TestClient()
        let registered = try client.registered()
        let first = try await TokenFixture([registered], book: AccessBook(pool: pool))
        let second = try await TokenFixture([registered], book: AccessBook(pool: pool))
        let form = TestClient.form(try client.assertion())
        async let one = first.post(form).status.code
        async let two = second.post(form).status.code
        #expect(try await [one, two].sorted() == [200, 401])
        let left = try await database.withSession { session in
            // What expired ten minutes ago is forgotten with the next.
            try session.script("update access.assertion set expires = expires - interval '1 hour'")
            return try session.execute("select client, expires < now() from access.assertion").count
        }
        #expect(left == 1)
        #expect(try await first.post(TestClient.form(client.assertion())).status == .ok)
        let kept = try await database.withSession { try $0.execute("select from access.assertion").count }
        #expect(kept == 1)
        await pool.close()
        let lost = try await first.post(TestClient.form(client.assertion()))
        #expect(lost.status == .serviceUnavailable && lost.code == "database_unavailable")
    }

    @Test func `a registration that cannot be is refused`() async throws {
        let mistakes: [(ClientMistake, () throws(ClientMistake) -> RegisteredClient)] = [
            (.id, { () throws(ClientMistake) in try Self.client(id: "") }),
            (.id, { () throws(ClientMistake) in try Self.client(id: "a b") }),
            (.algorithm, { () throws(ClientMistake) in try Self.client(algorithm: .es256) }),
            (.practices, { () throws(ClientMistake) in try Self.client(practices: ["ZX901"]) }),
            (.scopesBeyondRole, { () throws(ClientMistake) in try Self.client(scopes: [.readAudit]) }),
        ]
        for (mistake, make) in mistakes { #expect(throws: mistake) { _ = try make() } }
        let twice = try [Self.client(), Self.client()]
        #expect(throws: ClientMistake.twice) { _ = try ClientRegistry(twice, outbound: try OutboundHTTP()) }
    }

    private static func client(
        id: String = "a", practices: Set<String> = [], scopes: Set<Permission>? = nil,
        algorithm: TokenKey.Algorithm = .rs512
    ) throws(ClientMistake) -> RegisteredClient {
        try RegisteredClient(
            id: id, role: .integration, practices: practices, scopes: scopes, algorithm: algorithm, keys: .file("f"))
    }

    private static func jti(of assertion: String) -> Any? {
        let payload = Base64URL.decode(assertion.split(separator: ".")[1].utf8) ?? []
        return (try? JSONSerialization.jsonObject(with: Data(payload)) as? [String: Any])?["jti"]
    }
}
