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
            #expect(try await service.ask(path + "?as_of=2020-01-01T00:00:00Z").status == .notFound)
            for (query, code) in [
                ("limit=0", "invalid_parameter"), ("after=-1", "invalid_parameter"), ("as_of=now", "invalid_time"),
                ("limits=2", "unknown_parameter"),
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
    private static func isBalanced(_ text: String) -> Bool {
        var open: [Substring] = []
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
