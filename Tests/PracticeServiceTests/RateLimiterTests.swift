import EventSourcing
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import PracticeService

@Suite struct RateLimiterTests {
    @Test func `a client has its window, and the next one whole`() {
        let limiter = RateLimiter(requestsMax: 2)
        let start = Given.now
        typealias Allowance = RateLimiter.Allowance
        let whole = Allowance(isExhausted: false, remaining: 1, resetSeconds: 60)
        #expect(limiter.take("a", at: start) == whole)
        #expect(
            limiter.take("a", at: start + .milliseconds(18_500))
                == Allowance(isExhausted: false, remaining: 0, resetSeconds: 42))
        #expect(limiter.take("a", at: start + .seconds(59)).isExhausted)
        #expect(limiter.take("b", at: start + .seconds(59)) == whole)
        #expect(limiter.take("a", at: start + .seconds(60)) == whole)
        // A clock that was set back does not lock a client out.
        #expect(limiter.take("a", at: start - .seconds(3_600)).remaining == 1)
    }

    @Test func `every answer says what is left, a 304 costs nothing, and the next one too many is told when to come`()
        async throws
    {
        let fixture = try await ServiceFixture(
            configuration: .init(providers: Given.providers, limits: .init(requestsPerMinuteMax: 3)))
        func ask(_ headers: HTTPFields = [:], path: String = ServiceFixture.path) async throws -> [String?] {
            let answer = try await fixture.ask(path, headers: headers)
            return [String(answer.status.code), answer.headers[.rateLimit], answer.headers[.retryAfter]]
        }
        let policy = #""default";q=3;w=60"#
        let stranger = try await fixture.askBare(ServiceFixture.path)
        #expect(stranger.headers[.rateLimitPolicy] == policy && stranger.headers[.rateLimit] == nil)
        let first = try await fixture.ask()
        #expect(first.headers[.rateLimitPolicy] == policy)
        #expect(first.headers[.rateLimit] == #""default";r=2;t=60"#)
        for _ in 0..<5 {
            #expect(try await ask([.ifNoneMatch: "*"]) == ["304", #""default";r=2;t=60"#, nil])
        }
        #expect(try await ask(path: "/api/v1/practices/Z99002/lists/admissions")[0] == "404")
        #expect(try await ask() == ["200", #""default";r=0;t=60"#, nil])
        #expect(try await ask() == ["429", #""default";r=0;t=60"#, "60"])
        #expect(try await ask([.ifNoneMatch: "*"])[0] == "429")
        let refused = try await fixture.ask()
        #expect(refused.code == "rate_limited" && refused.object["retry"] as? Bool == true)
        let other = try await fixture.keys.token(TestKeys.claims(client: "another"))
        #expect(try await fixture.ask(token: other).status == .ok)
        #expect(fixture.lists.looks.count == 8)
    }
}
