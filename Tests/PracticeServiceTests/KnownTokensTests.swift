import EventSourcing
import Testing

@testable import PracticeService

@Suite struct KnownTokensTests {
    private func caller(expires: Instant) -> Caller {
        Caller(
            subject: "kay", client: "levels-mdt", role: .practiceCoach, practices: ["Z99001"], scopes: nil,
            expires: expires.microseconds / 1_000_000)
    }

    @Test func `a token is verified once a minute, and always once it has ended`() throws {
        let known = KnownTokens()
        var verified = 0
        func ask(_ token: String, after seconds: Int64, expires: Int64 = 600) throws {
            _ = try known.caller(of: token, at: Given.now + .seconds(seconds)) { _, _ throws(TokenRefusal) in
                verified += 1
                return caller(expires: Given.now + .seconds(expires))
            }
        }
        for second in [0, 1, 59] as [Int64] { try ask("a", after: second) }
        #expect(verified == 1)
        try ask("b", after: 59)
        #expect(verified == 2)
        try ask("a", after: 60)
        #expect(verified == 3)
        // A clock that was set back vouches for nothing.
        try ask("a", after: 1)
        #expect(verified == 4)
        try ask("c", after: 0, expires: 10)
        try ask("c", after: 9, expires: 10)
        #expect(verified == 5)
        try ask("c", after: 10, expires: 10)
        #expect(verified == 6)
    }

    @Test func `what was refused is looked at each time`() {
        let known = KnownTokens()
        var looked = 0
        for _ in 0..<3 {
            #expect(throws: TokenRefusal.signature) {
                _ = try known.caller(of: "a", at: Given.now) { _, _ throws(TokenRefusal) in
                    looked += 1
                    throw .signature
                }
            }
        }
        #expect(looked == 3)
    }
}
