import Admissions
import EventSourcing
import Projections
import Testing

@Suite struct OrderTests {
    /// The news of a few days: stays, moves, a cancel, a corrected name, a patient who registers elsewhere.
    static let news: [AdmissionEvent] = {
        let stay = Visit(number: "SP1", person: .billie)
        let second = Visit(number: "SP2", person: .kit)
        let cancelled = Visit(number: "SP3", person: .mo)
        let attendance = Visit(number: "ED1", person: .kit, encounterClass: .emergency, ward: "ED")
        return [
            stay.admitted("2026-03-01T09:00:00Z"), stay.moved(to: "5A", "2026-03-01T12:00:00Z"),
            stay.moved(to: "5B", "2026-03-02T12:00:00Z"), stay.discharged("2026-03-03T10:00:00Z"),
            stay.dischargeCancelled("2026-03-03T10:30:00Z"), stay.discharged("2026-03-03T11:00:00Z", destination: "54"),
            attendance.registered("2026-03-02T01:00:00Z"),
            attendance.discharged("2026-03-02T04:00:00Z", disposal: "01"), second.admitted("2026-03-02T04:30:00Z"),
            cancelled.admitted("2026-03-02T05:00:00Z"), cancelled.admissionCancelled("2026-03-02T06:00:00Z"),
            Person.kit.called("Abernethy").updated("2026-03-02T08:00:00Z"),
            Person.billie.registered(at: "Z99002").updated("2026-03-02T20:00:00Z"),
            Person.kit.called("Abernethy").registered(at: nil).updated("2026-03-02T09:00:00Z"),
            Person.kit.called("Abernethy").updated("2026-03-02T10:00:00Z"),
        ]
    }()

    @Test(arguments: 0..<6) func `any order of arrival, with repeats, gives equal rows`(seed: UInt64) async throws {
        let expected = try await World.with { world in
            for event in Self.news {
                try await world.tell(event)
                try await world.project()
            }
            return try await world.rowsWithoutRefs()
        }
        #expect(expected.count == 4)
        var generator = SeededGenerator(seed: seed)
        let shuffled = (Self.news + Self.news.shuffled(using: &generator).prefix(6)).shuffled(using: &generator)
        try await World.with { world in
            for event in shuffled {
                try await world.tell(event)
                // Now event by event, now several in one transaction.
                if Bool.random(using: &generator) { try await world.project() }
            }
            try await world.project()
            #expect(try await world.rowsWithoutRefs() == expected)
            let report = try await world.comparison()
            #expect(report.isEqual, "\(report.differences)")
        }
    }
}
