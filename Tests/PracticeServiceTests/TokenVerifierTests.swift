import EventSourcing
import Testing

@testable import PracticeService

@Suite struct TokenVerifierTests {
    @Test func `each kind of token is accepted or refused for its own reason`() async throws {
        let keys = try await TestKeys()
        for item in try await keys.matrix() {
            var found: TokenRefusal?
            do { _ = try keys.verifier.verify(item.token, at: Given.now) } catch { found = error }
            #expect(found == item.refusal, "\(item.name)")
        }
    }

    @Test func `the matrix refuses for every reason there is`() async throws {
        let reasons = Set(try await TestKeys().matrix().compactMap(\.refusal))
        #expect(reasons == Set(TokenRefusal.allCases))
    }

    @Test func `a caller is what the token says`() async throws {
        let keys = try await TestKeys()
        var claims = TestKeys.claims(practices: ["Z99001", "Z99003"], role: "integration")
        claims.scope = "lists:read openid webhooks:write"
        let caller = try keys.verifier.verify(await keys.token(claims), at: Given.now)
        #expect(
            caller
                == Caller(
                    subject: "kay", client: "levels-mdt", role: .integration, practices: ["Z99001", "Z99003"],
                    scopes: [.readLists, .writeWebhooks], expires: claims.exp))
    }

    @Test func `a scope narrows what the role opens and adds nothing`() async throws {
        let keys = try await TestKeys()
        for (scope, open) in [
            (nil, Role.practiceCoach.permissions), ("", []), ("lists:read audit:read", [.readLists]),
            ("LISTS:READ", []), ("status:read  changes:read", [.readStatus, .readChanges]),
        ] as [(String?, Set<Permission>)] {
            var claims = TestKeys.claims(role: "practice-coach")
            claims.scope = scope
            let caller = try keys.verifier.verify(await keys.token(claims), at: Given.now)
            #expect(Set(Permission.allCases.filter { caller.may($0) }) == open, "\(scope ?? "none")")
        }
    }

    @Test func `staff of a hospital have the hospital's code in their token, staff of a practice have not`() async throws {
        let keys = try await TestKeys()
        for role in Role.allCases {
            let token = try await keys.token(TestKeys.claims(practices: ["ZX901"], role: role.rawValue))
            let caller = try? keys.verifier.verify(token, at: Given.now)
            #expect((caller?.practices == ["ZX901"]) == [.hospitalOnboarding, .complexCare].contains(role), "\(role)")
        }
    }

    @Test func `a role that nobody knows opens nothing`() async throws {
        let keys = try await TestKeys()
        let caller = try keys.verifier.verify(await keys.token(TestKeys.claims(role: "chief")), at: Given.now)
        #expect(caller.role == nil)
        #expect(!caller.may(.readLists) && !caller.may(.readStatus))
    }

    @Test func `no byte of a token can be changed`() async throws {
        let keys = try await TestKeys()
        let token = Array(try await keys.token().utf8)
        for index in token.indices {
            var changed = token
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let text = String(decoding: changed, as: UTF8.self)
            #expect(throws: TokenRefusal.self, "byte \(index)") { try keys.verifier.verify(text, at: Given.now) }
        }
    }

    @Test func `two keys of one identifier, or none at all, make no verifier`() async throws {
        let key = try await TestKeys().edKey
        #expect(throws: TokenKeyError.identifierTwice) { try TokenVerifier(keys: [key, key], policy: Given.policy) }
        #expect(throws: TokenKeyError.noKeys) { try TokenVerifier(keys: [], policy: Given.policy) }
    }
}
