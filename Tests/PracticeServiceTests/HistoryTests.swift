import Admissions
import EventSourcing
import Foundation
import HTTPTypes
import HummingbirdTesting
import Postgres
import Testing

@testable import PracticeService
@testable import Projections

/// What was told of somebody, over HTTP and as a picture.
@Suite struct HistoryTests {
    private func ref(_ family: String, _ column: SQL, in service: DetailService) async throws -> String {
        let result = try await service.owner.query(
            "select \(column) from practice.encounter where family = \(family) order by started_at desc limit 1")
        return try #require(result.first).decode(0)
    }

    @Test func `a practice reads the history of its patient in pages, and each look is recorded`() async throws {
        try await DetailService.with { service in
            let path = "/api/v1/patients/\(try await ref("Nightingale-Ashworth", "patient_ref", in: service))/history"
            let whole = try await service.ask(path)
            #expect(whole.status == .ok && whole.headers[.eTag] != nil)
            let items = try #require(whole.object["items"] as? [[String: Any]])
            #expect(
                items.map { $0["what"] as? String } == ["Arrived, or was registered", "Discharged", "Admitted"])
            #expect(whole.object["looks"] == nil && !whole.text.contains("9990000018"))
            let first = try await service.ask(path + "?limit=2")
            #expect((first.object["items"] as? [Any])?.count == 2 && first.object["next"] as? String == "2")
            let rest = try await service.ask(path + "?limit=2&after=2")
            #expect((rest.object["items"] as? [Any])?.count == 1 && rest.object["next"] is NSNull)
            // Of a patient who is the practice's today nothing had been told then.
            let early = try await service.ask(path + "?as_of=2020-01-01T00:00:00Z")
            #expect((early.object["items"] as? [Any])?.isEmpty == true)
            for (query, code) in [
                ("limit=0", "invalid_parameter"), ("after=-1", "invalid_parameter"), ("as_of=now", "invalid_time"),
                ("limits=2", "unknown_parameter"), ("as_of=2027-01-01T00:00:00Z", "invalid_time"),
                ("position=ZX901", "invalid_parameter"), ("position=ZX901:9999", "invalid_parameter"),
                ("position=ZX901:1&as_of=2026-03-01T00:00:00Z", "invalid_parameter"),
                ("segments=true", "unknown_parameter"),
            ] {
                #expect(try await service.ask(path + "?" + query).code == code)
            }
            #expect(try await service.ask(path, practices: ["Z99002"]).status == .notFound)
            // Who was at two hospitals has one history.
            let kit = try await ref("Abernathy", "patient_ref", in: service)
            let both = try await service.ask("/api/v1/patients/\(kit)/history").object["items"] as? [[String: Any]]
            #expect(both?.map { $0["log"] as? String } == ["ZX901", "ZX901", "ZX902"])
            let mixed = try await ref("Nightingale-Ashworth", "encounter_ref", in: service)
            #expect(try await service.ask("/api/v1/patients/\(mixed)/history").status == .notFound)
            #expect(try await service.ask("/api/v1/encounters/\(mixed)/history").status == .ok)
            #expect(
                try await service.count(
                    """
                    select count(*) from audit.access a join audit.shown s on s.access = a.id
                    where a.route in ('patients/history', 'encounters/history')
                      and s.patients = case when s.refs @> array[\(kit)] then 2 else 1 end
                    """) == 5)
        }
    }

    @Test func `the auditor says why, and is told who looked; a restricted patient's place nobody`() async throws {
        try await DetailService.with { service in
            let ref = try await ref("Tregenza", "patient_ref", in: service)
            let own = try await service.ask("/api/v1/patients/\(ref)/history")
            #expect(own.status == .ok && own.object["location_withheld"] as? Bool == true)
            for secret in ["9Z", "Private matter", "ZX901"] {
                // The feeds say which hospitals tell, of every patient alike.
                let items = try JSONSerialization.data(withJSONObject: try #require(own.object["items"]))
                #expect(!String(decoding: items, as: UTF8.self).contains(secret))
            }
            let path = "/api/v1/audit/history"
            let silent = try await service.ask(path, role: "auditor", json: #"{"ref":"\#(ref)","reason":"because"}"#)
            #expect(silent.code == "invalid_parameter")
            let told = try await service.ask(
                path, role: "auditor", json: #"{"ref":"\#(ref)","reason":"complaint 17, who saw it"}"#)
            #expect(told.status == .ok && !told.text.contains("\"9Z"))
            let looks = try #require(told.object["looks"] as? [[String: Any]])
            #expect(looks.first?["route"] as? String == "patients/history")
            #expect(
                try await service.count(
                    "select count(*) from audit.access where role = 'auditor' and purpose = 'audit: complaint 17, who saw it'")
                    == 1)
        }
    }

    @Test func `a history behind one event says its moment, and so does the record of the look`() async throws {
        try await DetailService.with { service in
            let path = "/api/v1/patients/\(try await ref("Nightingale-Ashworth", "patient_ref", in: service))/history"
            let past = try await service.ask(path + "?position=ZX901:2")
            let items = try #require(past.object["items"] as? [[String: Any]])
            #expect(items.map { $0["what"] as? String } == ["Arrived, or was registered", "Discharged"])
            let told = (Given.now - .seconds(60)).iso8601
            #expect((past.object["as_of"] as? [String: Any])?["at"] as? String == told)
            #expect(
                try await service.count(
                    """
                    select count(*) from audit.access a
                    join audit.shown s on s.practice = a.practice and s.access = a.id
                    where a.route = \("patients/history@" + told) and s.patients = 1
                    """) == 1)
            // A moment that is the present, as far as clocks agree, is none of the past.
            let present = try await service.ask(path + "?as_of=\(Given.now.iso8601)")
            #expect((present.object["items"] as? [Any])?.count == 3)
            #expect((present.object["as_of"] as? [String: Any])?["at"] == nil)
            #expect(try await service.ask(path + "?position=ZX901:2", practices: ["Z99002"]).status == .notFound)
        }
    }

    @Test func `a history is a picture or a page for who asks so, each with its own tag and policy`() async throws {
        try await DetailService.with { service in
            let path = "/api/v1/patients/\(try await ref("Nightingale-Ashworth", "patient_ref", in: service))/history"
            var tags: Set<String> = []
            for (accept, type, policy) in [
                (nil, "application/json", "default-src 'none'; frame-ancestors 'none'"),
                ("image/svg+xml", "image/svg+xml", "default-src 'none'; frame-ancestors 'none'"),
                (
                    "text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8",
                    "default-src 'none'; style-src 'sha256-\(HistoryPage.styleDigest)'; "
                        + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
                ),
            ] as [(String?, String, String)] {
                let headers: HTTPFields = accept.map { [.accept: $0] } ?? [:]
                let answer = try await service.ask(path + "?as_of=2026-03-03T08:02:00Z", headers: headers)
                #expect(answer.headers[.contentType] == type && answer.headers[.contentSecurityPolicy] == policy)
                #expect(answer.headers[.vary] == "Accept" && answer.headers[.cacheControl] == "private, no-store")
                let tag = try #require(answer.headers[.eTag])
                tags.insert(tag)
                var again = headers
                again[.ifNoneMatch] = tag
                let unchanged = try await service.ask(path + "?as_of=2026-03-03T08:02:00Z", headers: again)
                #expect(unchanged.status == .notModified && unchanged.headers[.vary] == "Accept")
                #expect(!answer.text.contains("9990000018") && !answer.text.contains("Nightingale"))
                if type.hasPrefix("text/html") {
                    // The policy names what stands in the page, or a browser shows it bare.
                    let style = answer.text.split(separator: "<style>")[1].split(separator: "</style>")[0]
                    #expect(Base64.encode(Digest(of: Array(style.utf8)).bytes) == HistoryPage.styleDigest)
                    #expect(answer.text.contains("As it stood at 2026-03-03 08:02"))
                    #expect(Self.isBalanced(answer.text, html: true))
                } else if type == "image/svg+xml" {
                    #expect(Self.isBalanced(answer.text))
                }
            }
            #expect(tags.count == 3)
            let refused = try await service.ask(path, headers: [.accept: "application/pdf, text/html;q=0"])
            #expect(refused.status == .notAcceptable && refused.code == "not_acceptable")
            #expect(refused.headers[.vary] == "Accept")
            let paged = try await service.ask(path + "?limit=2", headers: [.accept: "text/html"])
            #expect(paged.code == "invalid_parameter")
        }
    }

    @Test func `the auditor sees the messages field by field, masked, and that is a look of its own`() async throws {
        try await DetailService.with { service in
            func ask(_ family: String, _ query: String = "", accept: String? = nil) async throws -> TestResponse {
                let ref = try await ref(family, "patient_ref", in: service)
                return try await service.ask(
                    "/api/v1/audit/history?" + query, role: "auditor",
                    json: #"{"ref":"\#(ref)","reason":"complaint 17, who saw it"}"#,
                    headers: accept.map { [.accept: $0] } ?? [:])
            }
            #expect(try await ask("Nightingale-Ashworth").object["messages"] == nil)
            let told = try await ask("Nightingale-Ashworth", "segments=true&limit=2&as_of=2026-03-03T08:02:00Z")
            let messages = try #require(told.object["messages"] as? [[String: Any]])
            #expect(messages.map { $0["position"] as? Int } == [1, 2] && messages[0]["log"] as? String == "ZX901")
            let field = (messages[0]["fields"] as? [[String: String]])?.first
            #expect(field == ["name": "PV1-19", "text": "•••\("AE1registered".utf8.count)"])
            let page = try await ask("Nightingale-Ashworth", "segments=true", accept: "text/html")
            #expect(page.text.contains("<td>PV1-19</td>") && page.text.contains("Who looked"))
            // Of a restricted patient no message is shown, for it says where they are.
            #expect((try await ask("Tregenza", "segments=true").object["messages"] as? [Any])?.isEmpty == true)
            for refused in ["segments=yes", "raw=true"] {
                #expect(try await ask("Tregenza", refused).status == .badRequest)
            }
            #expect(try await ask("Tregenza", "segments=true", accept: "image/svg+xml").status == .badRequest)
            #expect(
                try await service.count(
                    """
                    select count(*) from audit.access
                    where role = 'auditor' and route ~ '^audit/history(@2026-03-03T08:02:00Z)?/messages$'
                      and purpose = 'audit: complaint 17, who saw it'
                    """) == 3)
        }
    }

    @Test(arguments: [
        (nil, "b/x"), ("", nil), ("*/*", "b/x"), ("c/*", "c/y"), ("B/X;q=0.1, c/y;q=0.2", "c/y"), ("b/x, c/y", "b/x"),
        ("*/*, b/*;q=0", "c/y"), ("c/*;q=0.1, c/z;q=0.9, b/x;q=0.5", "c/z"), ("b/x;q=0", nil), ("d/x", nil),
        ("c/y;level=1;q=1.000", "c/y"), ("b/x;q=2, c/y;q=.5", nil), ("b, /x, b/x", "b/x"), ("b/x ; q=0.001", "b/x"),
    ] as [(String?, String?)])
    func `the most welcome form is chosen, by the closest range`(field: String?, chosen: String?) {
        #expect(AcceptField(field).first(of: ["b/x", "c/y", "c/z"]) == chosen)
    }

    @Test func `a history as a picture has its golden file`() throws {
        let chart = HistoryChart(Self.invented, now: Given.instant("2026-03-05T08:00:00Z")).text()
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/history.svg")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(chart.utf8).write(to: file)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == chart)
        #expect(Self.isBalanced(chart))
        #expect(!chart.contains("<script") && !chart.contains("style=") && !chart.contains("<b>"))
        #expect(chart.contains("line-through") && chart.contains("&lt;b&gt;"))
        // Nothing told is a picture, too.
        #expect(Self.isBalanced(HistoryChart(History(), now: Given.now).text()))
    }

    /// Whether each element that begins ends, in order.
    private static func isBalanced(_ text: String, html: Bool = false) -> Bool {
        var open: [Substring] = []
        // What HTML leaves open.
        let text = html ? text.replacing("<!doctype html>", with: "").replacing(/<meta[^>]*>/, with: "") : text
        for piece in text.split(separator: "<").dropFirst(text.hasPrefix("<") ? 0 : 1) {
            guard let end = piece.firstIndex(of: ">") else { return false }
            let tag = piece[..<end]
            if tag.hasPrefix("/") {
                guard open.popLast() == tag.dropFirst() else { return false }
            } else if !tag.hasSuffix("/") {
                open.append(tag.prefix { !$0.isWhitespace })
            }
        }
        return open.isEmpty
    }

    /// A stay in two wards, told late; a discharge taken back; a visit that never was; two records joined.
    private static var invented: History {
        func item(_ position: Int64, _ kind: AdmissionEvent.Kind, visit: String?, _ happened: String?, _ told: String)
            -> HistoryItem
        {
            var item = HistoryItem(
                log: Given.hospital("ZX901"), position: Position(position), type: kind.rawValue,
                words: "\(kind)", toldAt: Given.instant(told))
            item.visit = visit
            item.happened = happened.map { Moment(Given.instant($0)) }
            return item
        }
        var history = History()
        history.items = [
            item(1, .admitted, visit: "enc_1", "2026-03-02T10:00:00Z", "2026-03-02T16:00:00Z"),
            item(2, .transferred, visit: "enc_1", "2026-03-03T09:00:00Z", "2026-03-03T09:01:00Z"),
            item(3, .discharged, visit: "enc_1", "2026-03-04T09:00:00Z", "2026-03-04T09:01:00Z"),
            item(4, .dischargeCancelled, visit: "enc_1", nil, "2026-03-04T10:00:00Z"),
            item(5, .admitted, visit: "enc_2", "2026-03-03T12:00:00Z", "2026-03-03T12:00:00Z"),
            item(6, .admissionCancelled, visit: "enc_2", nil, "2026-03-03T13:00:00Z"),
            item(7, .patientMerged, visit: nil, nil, "2026-03-04T12:00:00Z"),
        ]
        history.items[2].takenBackBy = Position(4)
        history.items[4].takenBackBy = Position(6)
        let began = Moment(Given.instant("2026-03-02T10:00:00Z"))
        let moved = Moment(Given.instant("2026-03-03T09:00:00Z"))
        history.visits = [
            HistoryVisit(
                name: "enc_1", log: nil, encounterClass: "inpatient", status: "in-progress", isVoid: false, began: began,
                ended: nil, otherNumbers: 1,
                places: [
                    HistoryPlace(text: "7B <b>ed 3", from: began, to: moved),
                    HistoryPlace(text: "9A bed 9", from: moved, to: nil),
                ]),
            HistoryVisit(
                name: "enc_2", log: nil, encounterClass: "inpatient", status: "cancelled", isVoid: true,
                began: Moment(Given.instant("2026-03-03T12:00:00Z")), ended: nil, otherNumbers: 0, places: []),
        ]
        return history
    }
}
