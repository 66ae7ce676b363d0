import HTTPTypes
import HummingbirdTesting
import Projections
import Testing

@testable import PracticeService

@Suite struct AccessTests {
    @Test func `each kind of token meets its answer`() async throws {
        let fixture = try await ServiceFixture()
        for item in try await fixture.keys.matrix() {
            let response = try await fixture.ask(headers: [.authorization: "Bearer \(item.token)"])
            #expect(response.status == item.code?.status ?? .ok, "\(item.name)")
            #expect(response.code == item.code?.rawValue, "\(item.name)")
            #expect((response.headers[.wwwAuthenticate] != nil) == (item.code != nil), "\(item.name)")
        }
    }

    @Test func `without a bearer token the answer is token missing, on every route`() async throws {
        let fixture = try await ServiceFixture()
        let headers: [HTTPFields] = [
            [:], [.authorization: ""], [.authorization: "Bearer"], [.authorization: "Basic a2F5OmtheQ=="],
            [.authorization: "Token abc"], [.cookie: "token=abc"],
        ]
        for path in [ServiceFixture.path, "/api/v1/feeds"] {
            for header in headers {
                let response = try await fixture.askBare(path, headers: header)
                #expect(response.status == .unauthorized)
                #expect(response.code == "token_missing")
                #expect(response.headers[.wwwAuthenticate] == #"Bearer realm="primary-conect""#)
            }
        }
        let inQuery = try await fixture.askBare(ServiceFixture.path + "?access_token=\(try await fixture.keys.token())")
        #expect(inQuery.code == "token_missing")
        #expect(fixture.lists.looks.isEmpty)
    }

    @Test func `the scheme is read in any case`() async throws {
        let fixture = try await ServiceFixture()
        let response = try await fixture.ask(headers: [.authorization: "bEARER \(try await fixture.keys.token())"])
        #expect(response.status == .ok)
    }

    @Test(arguments: Role.allCases) func `a role opens lists or is told that it does not`(_ role: Role) async throws {
        let fixture = try await ServiceFixture()
        let token = try await fixture.keys.token(TestKeys.claims(role: role.rawValue))
        let response = try await fixture.ask(token: token)
        let mayRead = ["practice-clinician", "practice-coach", "practice-admin", "integration"].contains(role.rawValue)
        #expect(response.status == (mayRead ? .ok : .forbidden))
        #expect(response.code == (mayRead ? nil : "scope_missing"))
        #expect(fixture.lists.looks.count == (mayRead ? 1 : 0))
        #expect(fixture.lists.denials.map(\.reason) == (mayRead ? [] : [.roleNotAllowed]))
        if !mayRead {
            #expect(
                response.headers[.wwwAuthenticate]
                    == #"Bearer realm="primary-conect", error="insufficient_scope", scope="lists:read""#)
        }
    }

    @Test func `a role that nobody knows is refused and recorded`() async throws {
        let fixture = try await ServiceFixture()
        let token = try await fixture.keys.token(TestKeys.claims(role: "chief"))
        #expect(try await fixture.ask(token: token).code == "scope_missing")
        #expect(fixture.lists.denials.first?.access.role == "unknown")
    }

    @Test func `another practice, no practice, and no list are not found, and look alike`() async throws {
        let fixture = try await ServiceFixture()
        let paths = [
            "/api/v1/practices/Z99002/lists/in-hospital", "/api/v1/practices/Z12345/lists/in-hospital",
            "/api/v1/practices/z99001/lists/in-hospital", "/api/v1/practices/UNKNOWN/lists/in-hospital",
            "/api/v1/practices/9990000018/lists/in-hospital", "/api/v1/practices/Z99002/lists/nothing",
            "/api/v1/practices/Z99001/lists/nothing", "/api/v1/practices/Z99001/lists/IN-HOSPITAL",
            "/api/v1/practices/Z99001", "/api/v2/feeds", "/",
        ]
        var bodies: Set<String> = []
        for path in paths {
            let response = try await fixture.ask(path)
            #expect(response.status == .notFound, "\(path)")
            #expect(response.code == "not_found", "\(path)")
            bodies.insert(response.text)
        }
        #expect(bodies.count == 1)
        #expect(fixture.lists.looks.isEmpty)
    }

    @Test func `asking for another practice is recorded, under no name where it is no practice code`() async throws {
        let fixture = try await ServiceFixture()
        _ = try await fixture.ask("/api/v1/practices/Z99002/lists/admissions")
        _ = try await fixture.ask("/api/v1/practices/9990000018/lists/admissions")
        _ = try await fixture.ask("/api/v1/practices/UNKNOWN/lists/admissions")
        #expect(
            fixture.lists.denials
                == ["Z99002", "INVALID", "UNKNOWN"].map { practice in
                    MemoryLists.Refused(
                        access: AccessRequest(
                            practice: practice, subject: "kay", role: "practice-clinician", client: "levels-mdt",
                            purpose: "direct-care", route: "lists/admissions",
                            requestID: "00000000-0000-4000-8000-000000000001"),
                        reason: .practiceOutOfScope)
                })
    }

    @Test func `a denial that cannot be recorded is still a denial`() async throws {
        let fixture = try await ServiceFixture()
        fixture.lists.change { $0.isBroken = true }
        #expect(try await fixture.ask("/api/v1/practices/Z99002/lists/admissions").code == "not_found")
        #expect(fixture.log.text.contains { $0.hasPrefix("error denial not recorded") })
    }

    @Test func `a look tells who looks, for whom and why`() async throws {
        let fixture = try await ServiceFixture()
        _ = try await fixture.ask()
        #expect(
            fixture.lists.looks.map(\.access) == [
                AccessRequest(
                    practice: "Z99001", subject: "kay", role: "practice-clinician", client: "levels-mdt",
                    purpose: "direct-care", route: "lists/in-hospital",
                    requestID: "00000000-0000-4000-8000-000000000001")
            ])
    }

    @Test func `a token of several practices opens each of them and no other`() async throws {
        let fixture = try await ServiceFixture()
        let token = try await fixture.keys.token(TestKeys.claims(practices: ["Z99001", "Z99002"], role: "integration"))
        #expect(try await fixture.ask(token: token).text.contains("enc_7hq3v0k2mz"))
        let other = try await fixture.ask("/api/v1/practices/Z99002/lists/in-hospital", token: token)
        #expect(other.text.contains("enc_others00001"))
        #expect(try await fixture.ask("/api/v1/practices/Z99003/lists/in-hospital", token: token).code == "not_found")
    }

    @Test func `every role may ask how fresh the feeds are, for its own practice`() async throws {
        let fixture = try await ServiceFixture()
        for role in Role.allCases {
            let token = try await fixture.keys.token(TestKeys.claims(role: role.rawValue))
            #expect(try await fixture.ask("/api/v1/feeds", token: token).status == .ok, "\(role)")
        }
        #expect(Set(fixture.lists.feedLooks.map(\.practice)) == ["Z99001"])
        let operatorToken = try await fixture.keys.token(TestKeys.claims(practices: [], role: "operator"))
        #expect(try await fixture.ask("/api/v1/feeds", token: operatorToken).status == .ok)
        #expect(fixture.lists.feedLooks.last?.practice == EncounterRow.unknownPractice)
        let coachToken = try await fixture.keys.token(TestKeys.claims(practices: [], role: "practice-coach"))
        #expect(try await fixture.ask("/api/v1/feeds", token: coachToken).code == "scope_missing")
    }
}
