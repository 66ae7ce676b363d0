import Admissions
import EventSourcing
import Foundation
import HTTPTypes
import HummingbirdTesting
import Projections
import Testing

@testable import PracticeService

@Suite struct ParameterTests {
    static let faults: [(query: String, code: String, pointer: String?)] = [
        ("sinse=2026-03-02T18:00:00Z", "unknown_parameter", nil),
        ("limit=10&9990000018=1", "unknown_parameter", nil),
        ("LIMIT=10", "unknown_parameter", nil),
        ("=1", "unknown_parameter", nil),
        ("%FF=1", "unknown_parameter", nil),
        ("min_night=21", "unknown_parameter", nil),
        ("min_nights=-1", "invalid_parameter", "/query/min_nights"),
        ("min_nights=10000", "invalid_parameter", "/query/min_nights"),
        ("min_nights=7&min_nights=14", "invalid_parameter", nil),
        ("min_symphony=0", "invalid_parameter", "/query/min_symphony"),
        ("min_symphony=11", "invalid_parameter", "/query/min_symphony"),
        ("flag=9990000018", "invalid_parameter", "/query/flag"),
        ("flag=los&flag=", "invalid_parameter", "/query/flag"),
        ("site=", "invalid_parameter", "/query/site"),
        ("site=9990000018", "invalid_parameter", "/query/site"),
        ("site=zx901", "invalid_parameter", "/query/site"),
        ("site=ZX9%0A1", "invalid_parameter", "/query/site"),
        ("discussed=yes", "invalid_parameter", "/query/discussed"),
        ("sort=name", "invalid_parameter", "/query/sort"),
        ("sort=-nights&sort=nights", "invalid_parameter", nil),
        ("include=address", "invalid_parameter", "/query/include"),
        ("as_of=2026-03-02T08:00:00Z", "invalid_parameter", "/query/as_of"),
        ("as_of=yesterday", "invalid_time", "/query/as_of"),
        ("as_of=2026-03-03T08:03:05Z", "invalid_time", "/query/as_of"),
        ("position=17", "invalid_parameter", "/query/position"),
        ("position=9990000018", "invalid_parameter", "/query/position"),
        ("position=ZX901:0", "invalid_parameter", "/query/position"),
        ("position=ZX901:1&as_of=2026-03-02T08:00:00Z", "invalid_parameter", "/query/position"),
        ("limit=0", "invalid_parameter", "/query/limit"),
        ("limit=201", "invalid_parameter", "/query/limit"),
        ("limit=", "invalid_parameter", "/query/limit"),
        ("limit", "invalid_parameter", "/query/limit"),
        ("limit=-1", "invalid_parameter", "/query/limit"),
        ("limit=%2B5", "invalid_parameter", "/query/limit"),
        ("limit=5.0", "invalid_parameter", "/query/limit"),
        ("limit=99999999999999999999", "invalid_parameter", "/query/limit"),
        ("limit=%D9%A5", "invalid_parameter", "/query/limit"),
        ("limit=5&limit=5", "invalid_parameter", nil),
        ("limit=%zz", "invalid_parameter", nil),
        ("limit=%", "invalid_parameter", nil),
        ("limit=%FF", "invalid_parameter", nil),
        ("since=yesterday", "invalid_time", "/query/since"),
        ("since=", "invalid_time", "/query/since"),
        ("since=2026-03-02", "invalid_time", "/query/since"),
        ("since=2026-03-02T18:00:00", "invalid_time", "/query/since"),
        ("since=2026-02-30T18:00:00Z", "invalid_time", "/query/since"),
        ("since=2026-03-02+18:00:00Z", "invalid_time", "/query/since"),
        ("since=2026-03-03T08:03:05Z", "invalid_time", "/query/since"),
        ("since=2027-01-01T00:00:00Z", "invalid_time", "/query/since"),
        ("since=9990000018", "invalid_time", "/query/since"),
        ("cursor=", "invalid_parameter", "/query/cursor"),
        ("cursor=c1.AAAA", "invalid_parameter", "/query/cursor"),
        ("cursor=c1.!", "invalid_parameter", "/query/cursor"),
        ("cursor=25", "invalid_parameter", "/query/cursor"),
    ]

    @Test(arguments: faults) func `a parameter at fault is named by code and place`(
        _ fault: (query: String, code: String, pointer: String?)
    ) async throws {
        let fixture = try await ServiceFixture()
        let response = try await fixture.ask("/api/v1/practices/Z99001/lists/admissions?\(fault.query)")
        #expect(response.status == .badRequest)
        #expect(response.headers[.contentType] == "application/problem+json")
        #expect(response.code == fault.code)
        let errors = response.object["errors"] as? [[String: Any]]
        #expect(errors?.first?["pointer"] as? String == fault.pointer)
        #expect(fixture.lists.looks.isEmpty)
    }

    @Test func `a plus in a time is a plus, percent-encoded or not`() async throws {
        let fixture = try await ServiceFixture()
        for query in [
            "since=2026-03-02T19:00:00+01:00", "since=2026-03-02T19:00:00%2B01:00", "since=2026-03-02t18:00:00z",
        ] {
            #expect(try await fixture.ask("/api/v1/practices/Z99001/lists/admissions?\(query)").status == .ok)
        }
        #expect(
            fixture.lists.looks.map(\.since) == Array(repeating: Given.instant("2026-03-02T18:00:00Z"), count: 3))
    }

    @Test func `a client's clock may be a minute ahead`() async throws {
        let fixture = try await ServiceFixture()
        let response = try await fixture.ask("/api/v1/practices/Z99001/lists/admissions?since=2026-03-03T08:03:04Z")
        #expect(response.status == .ok)
    }

    @Test func `without parameters a list opens at 18 h of the previous working day and shows 50`() async throws {
        let fixture = try await ServiceFixture()
        let lists = PracticeList.allCases.filter { $0 != .unknownPractice }
        for list in lists {
            #expect(try await fixture.ask("/api/v1/practices/Z99001/lists/\(list.rawValue)").status == .ok)
        }
        #expect(fixture.lists.looks.map(\.list) == lists)
        #expect(try await fixture.ask("/api/v1/practices/Z99001/lists/unknown-practice").status == .notFound)
        #expect(fixture.lists.looks.allSatisfy { $0.limit == 50 && $0.cursor == nil })
        #expect(fixture.lists.looks.allSatisfy { $0.since == Given.instant("2026-03-02T18:00:00Z") })
    }

    @Test func `each filter reaches the source, and a cursor keeps filters and order`() async throws {
        let fixture = try await ServiceFixture()
        fixture.lists.change { state in
            state.items[MemoryLists.key(Given.practice, .symphony)] = (0..<3).map {
                Given.item(Given.stay(ref: "enc_\($0)"))
            }
        }
        let query = "site=ZX901&min_symphony=8&min_nights=7&flag=los&flag=care-home&discussed=false&sort=-nights"
            + "&include=patient&include=why&as_of=2026-03-03T08:02:30Z&since=last-huddle"
        let path = "/api/v1/practices/Z99001/lists/symphony?limit=2&"
        let page = try await fixture.ask(path + query).object
        let question = try #require(fixture.lists.looks.first?.question)
        var filter = ListFilter()
        filter.site = "ZX901"
        filter.symphonyMin = 8
        filter.nightsMin = 7
        filter.flags = [.longStay, .careHome]
        filter.isDiscussed = false
        #expect(question.filter == filter)
        #expect(question.sort == .nightsDescending)
        #expect(question.window == .afterLastHuddle(otherwise: Given.instant("2026-03-02T18:00:00Z")))
        let cursor = try #require(page["next_cursor"] as? String)
        #expect(try await fixture.ask(path + query + "&cursor=\(cursor)").status == .ok)
        #expect(try await fixture.ask(path + "cursor=\(cursor)").code == "invalid_parameter")
        #expect(try await fixture.ask(path + "cursor=\(cursor)&sort=nights").code == "invalid_parameter")
    }

    @Test(arguments: ["limit=5", "cursor=c1.AAAA", "sort=-nights"])
    func `a huddle is never cut nor sorted`(query: String) async throws {
        let fixture = try await ServiceFixture()
        let response = try await fixture.ask("/api/v1/practices/Z99001/lists/huddle?\(query)")
        #expect(response.code == "unknown_parameter")
        #expect(fixture.lists.looks.isEmpty)
    }

    @Test func `limits of 1 and 200 are taken`() async throws {
        let fixture = try await ServiceFixture()
        for limit in [1, 200] {
            #expect(try await fixture.ask(ServiceFixture.path + "?limit=\(limit)").status == .ok)
        }
        #expect(fixture.lists.looks.map(\.limit) == [1, 200])
    }

    @Test func `a walk by cursor shows every row once and keeps its window`() async throws {
        let fixture = try await ServiceFixture()
        fixture.lists.change { state in
            state.items[MemoryLists.key(Given.practice, .admissions)] = (0..<7).map {
                Given.item(Given.stay(ref: "enc_\($0)"))
            }
        }
        let path = "/api/v1/practices/Z99001/lists/admissions"
        var query = "?limit=3&since=2026-03-01T00:00:00Z"
        var refs: [String] = []
        for total in [7, 7, 7] {
            let page = try await fixture.ask(path + query).object
            #expect(page["total"] as? Int == total)
            refs += try #require(page["items"] as? [[String: Any]]).compactMap { $0["encounter"] as? String }
            guard let cursor = page["next_cursor"] as? String else { break }
            query = "?limit=3&cursor=\(cursor)"
        }
        #expect(refs == (0..<7).map { "enc_\($0)" })
        #expect(fixture.lists.looks.map(\.since) == Array(repeating: Given.instant("2026-03-01T00:00:00Z"), count: 3))
        #expect(fixture.lists.looks.map(\.cursor) == [nil, "3", "6"])
    }

    @Test func `a cursor fits its own list, practice and window only`() async throws {
        let fixture = try await ServiceFixture()
        let since = Given.instant("2026-03-01T00:00:00Z")
        let cursor = PageCursor(list: .admissions, practice: "Z99001", since: since, position: "0").text
        let alien = PageCursor(list: .admissions, practice: "Z99002", since: since, position: "0").text
        let unknown = PageCursor(list: .admissions, practice: "Z99001", since: since, position: "x").text
        func status(_ list: String, _ query: String) async throws -> Int {
            try await fixture.ask("/api/v1/practices/Z99001/lists/\(list)?\(query)").status.code
        }
        #expect(try await status("admissions", "cursor=\(cursor)") == 200)
        #expect(try await status("admissions", "cursor=\(cursor)&since=2026-03-01T00:00:00Z") == 200)
        #expect(try await status("admissions", "cursor=\(cursor)&since=2026-03-01T00:00:01Z") == 400)
        #expect(try await status("discharges", "cursor=\(cursor)") == 400)
        #expect(try await status("admissions", "cursor=\(alien)") == 400)
        #expect(try await status("admissions", "cursor=\(unknown)") == 400)
    }

    @Test func `a cursor survives its own text, and only that`() throws {
        let cursor = PageCursor(
            list: .inHospital, practice: "Z99001", since: Given.now, position: "a\nb c/é")
        #expect(PageCursor(cursor.text) == cursor)
        #expect(cursor.text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
        #expect(PageCursor(String(cursor.text.dropFirst())) == nil)
        #expect(PageCursor(cursor.text + String(repeating: "A", count: 600)) == nil)
    }

    @Test func `the feeds know no parameter`() async throws {
        let fixture = try await ServiceFixture()
        #expect(try await fixture.ask("/api/v1/feeds?limit=5").code == "unknown_parameter")
    }
}
