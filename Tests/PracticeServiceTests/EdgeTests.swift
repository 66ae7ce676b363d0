import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import PracticeService
@testable import Projections

@Suite struct EdgeTests {
    static let made = "00000000-0000-4000-8000-000000000001"

    @Test func `a request id is mirrored if it is a UUID and made if it is not`() async throws {
        let fixture = try await ServiceFixture()
        let cases: [(sent: String?, answered: String)] = [
            (nil, Self.made), ("", Self.made), ("9990000018", Self.made),
            ("6f0c1a52-6d0e-4a55-9b2f-2a1f7d8c9b10", "6f0c1a52-6d0e-4a55-9b2f-2a1f7d8c9b10"),
            ("6F0C1A52-6D0E-4A55-9B2F-2A1F7D8C9B10", "6F0C1A52-6D0E-4A55-9B2F-2A1F7D8C9B10"),
            ("6f0c1a526d0e4a559b2f2a1f7d8c9b10", Self.made), ("6f0c1a52-6d0e-4a55-9b2f-2a1f7d8c9b1g", Self.made),
            ("{6f0c1a52-6d0e-4a55-9b2f-2a1f7d8c9b10}", Self.made),
        ]
        for (sent, answered) in cases {
            var headers: HTTPFields = [:]
            headers[.requestID] = sent
            for path in [ServiceFixture.path, "/nothing"] {
                let response = try await fixture.ask(path, headers: headers)
                #expect(response.headers[.requestID] == answered)
                if path == "/nothing" { #expect(response.object["instance"] as? String == "/requests/\(answered)") }
            }
        }
        #expect(fixture.lists.looks.map(\.access.requestID) == cases.map(\.answered))
    }

    @Test func `made ids are UUIDs of version 4 and differ`() {
        var generator = SystemRandomNumberGenerator()
        let ids = (0..<100).map { _ in RequestID.make(using: &generator) }
        #expect(Set(ids).count == 100)
        for id in ids {
            #expect(RequestID.isUUID(id))
            let characters = Array(id)
            #expect(characters[14] == "4" && "89ab".contains(characters[19]))
        }
    }

    @Test func `a correlation id is mirrored if it is a plain word`() async throws {
        let fixture = try await ServiceFixture()
        let cases: [(sent: String, isMirrored: Bool)] = [
            ("abc-123_4.5:6", true), (String(repeating: "a", count: 128), true),
            (String(repeating: "a", count: 129), false), ("a b", false), ("", false), ("é", false),
            ("ward:9990000018", false), ("999-000-0018", true), ("20261123081612", true),
        ]
        for (sent, isMirrored) in cases {
            let response = try await fixture.ask("/nothing", headers: [.correlationID: sent])
            #expect(response.headers[.correlationID] == (isMirrored ? sent : nil))
        }
    }

    @Test func `every answer keeps caches, frames and sniffers out`() async throws {
        let fixture = try await ServiceFixture()
        let answers = [
            try await fixture.ask(), try await fixture.ask("/nothing"), try await fixture.askBare(ServiceFixture.path),
            try await fixture.ask(headers: [.ifNoneMatch: "*"]), try await fixture.ask(method: .post),
        ]
        for answer in answers {
            #expect(answer.headers[.cacheControl] == "private, no-store")
            #expect(answer.headers[.xContentTypeOptions] == "nosniff")
            #expect(answer.headers[.referrerPolicy] == "no-referrer")
            #expect(answer.headers[.contentSecurityPolicy] == "default-src 'none'; frame-ancestors 'none'")
            #expect(answer.headers[.crossOriginResourcePolicy] == "same-origin")
            #expect(answer.headers[.strictTransportSecurity] == nil)
            #expect(answer.headers[.server] == nil)
        }
        let secure = try await ServiceFixture(configuration: .init(isReachedOverTLS: true))
        #expect(try await secure.ask().headers[.strictTransportSecurity] == "max-age=31536000")
    }

    @Test func `other methods are told which are allowed`() async throws {
        let fixture = try await ServiceFixture()
        for method in [HTTPRequest.Method.post, .put, .patch, .delete, .options, .trace] {
            for path in [ServiceFixture.path, "/api/v1/feeds"] {
                let response = try await fixture.ask(path, method: method)
                #expect(response.status == .methodNotAllowed)
                #expect(response.headers[.allow] == "GET, HEAD")
                #expect(response.code == "method_not_allowed")
            }
        }
    }

    @Test func `HEAD is GET without the body`() async throws {
        let fixture = try await ServiceFixture()
        let get = try await fixture.ask()
        let head = try await fixture.ask(method: .head)
        #expect(head.status == .ok && head.body.readableBytes == 0)
        #expect(head.headers[.eTag] == get.headers[.eTag])
        #expect(head.headers[.contentLength] == String(get.body.readableBytes))
    }

    @Test func `a request with content is refused before its token is looked at`() async throws {
        let fixture = try await ServiceFixture()
        for headers: HTTPFields in [[.contentLength: "10"], [.transferEncoding: "chunked"]] {
            let response = try await fixture.ask(headers: headers)
            #expect(response.status == .contentTooLarge)
            #expect(response.code == "content_not_allowed")
            #expect(response.headers[.connection] == "close")
        }
        #expect(try await fixture.ask(headers: [.contentLength: "0"]).status == .ok)
        #expect(fixture.lists.looks.count == 1)
    }

    @Test func `a source that fails is 503 with a time to come back`() async throws {
        let fixture = try await ServiceFixture()
        fixture.lists.change { $0.isBroken = true }
        for path in [ServiceFixture.path, "/api/v1/feeds"] {
            let response = try await fixture.ask(path)
            #expect(response.status == .serviceUnavailable)
            #expect(response.code == "database_unavailable")
            #expect(response.object["retry"] as? Bool == true)
            #expect(response.headers[.retryAfter] == "5")
            #expect(response.headers[.eTag] == nil)
        }
        #expect(fixture.log.text.contains { $0.contains("source failed error=Broken") })
        fixture.lists.change { $0.isBroken = false }
        #expect(try await fixture.ask().status == .ok)
    }

    @Test func `a problem is told in the words of RFC 9457 with our code`() async throws {
        let fixture = try await ServiceFixture()
        let response = try await fixture.ask(ServiceFixture.path + "?limit=0")
        #expect(response.headers[.contentType] == "application/problem+json")
        #expect(
            response.text
                == #"{"type":"/problems/invalid-parameter","title":"A parameter has a value that cannot be used","#
                + #""status":400,"detail":"The limit is a whole number from 1 to 200.","#
                + #""instance":"/requests/\#(Self.made)","code":"invalid_parameter","retry":false,"#
                + #""errors":[{"pointer":"/query/limit","detail":"The limit is a whole number from 1 to 200."}]}"#)
    }

    @Test func `neither error nor log line repeats what was sent`() async throws {
        let fixture = try await ServiceFixture()
        let marks = ["9990000018", "SECRETMARK", "Wilhelmina", "NIGHTINGALE"]
        let headers: HTTPFields = [
            .requestID: "SECRETMARK-9990000018", .correlationID: "SECRET MARK 9990000018", .userAgent: "SECRETMARK",
            .referer: "https://board.test/9990000018",
        ]
        var requests: [(String, HTTPFields)] = []
        for path in [
            "/SECRETMARK/9990000018", "/api/v1/practices/9990000018/lists/admissions",
            "/api/v1/practices/SECRETMARK/lists/admissions", "/api/v1/practices/Z99001/lists/SECRETMARK",
            "/api/v1/practices/Z99001/lists/9990000018", "/api/v1/feeds?9990000018=SECRETMARK",
        ] {
            requests.append((path, headers))
        }
        for query in [
            "9990000018=SECRETMARK", "SECRETMARK", "since=9990000018", "limit=9990000018", "cursor=SECRETMARK",
            "cursor=c1.9990000018", "since=SECRETMARK&limit=SECRETMARK", "limit=%39SECRETMARK",
        ] {
            requests.append(("/api/v1/practices/Z99001/lists/admissions?\(query)", headers))
        }
        for token in ["SECRETMARK", "9990000018.SECRETMARK.x"] {
            var withToken = headers
            withToken[.authorization] = "Bearer \(token)"
            requests.append((ServiceFixture.path, withToken))
        }
        for isBroken in [false, true] {
            fixture.lists.change { $0.isBroken = isBroken }
            for (path, headers) in requests {
                let response = try await fixture.ask(path, headers: headers)
                #expect(response.status.code >= 400, "\(path)")
                let head = response.headers.map { "\($0.name): \($0.value)" }.joined()
                for mark in marks + ["select", "practice.encounter"] {
                    #expect(!response.text.contains(mark) && !head.contains(mark), "\(path)")
                }
            }
        }
        _ = try await fixture.ask(headers: headers)
        fixture.lists.change { $0.isBroken = false }
        _ = try await fixture.ask(headers: headers)
        let log = fixture.log.text.joined(separator: "\n")
        for mark in marks + ["select", "practice.encounter", "Bearer", "eyJ"] { #expect(!log.contains(mark)) }
    }

    @Test func `one line is logged for each request, without its path`() async throws {
        let fixture = try await ServiceFixture()
        _ = try await fixture.ask()
        _ = try await fixture.ask(headers: [.authorization: "Bearer abc"])
        _ = try await fixture.ask("/api/v1/practices/Z99002/lists/in-hospital")
        _ = try await fixture.ask("/nothing", method: try #require(HTTPRequest.Method("BREW")))
        let lines = fixture.log.text.filter { $0.hasPrefix("info request") }.map {
            $0.replacing(/duration_us=\d+/, with: "duration_us=n")
        }
        let route = "request_id=\(Self.made) route=/api/v1/practices/{ods}/lists/{list}"
        #expect(
            lines == [
                "info request client=levels-mdt duration_us=n items=1 method=GET practice=Z99001 \(route) status=200",
                "info request duration_us=n method=GET refusal=malformed \(route) status=401",
                "info request client=levels-mdt duration_us=n method=GET \(route) status=404",
                "info request duration_us=n method=other request_id=\(Self.made) route=NotFound status=404",
            ])
    }
}
