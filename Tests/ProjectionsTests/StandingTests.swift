import Admissions
import EventSourcing
import Projections
import Testing

@Suite struct StandingTests {
    @Test(arguments: [
        ("2026-03-03T07:00:00Z", EncounterStanding.confirmed), ("2026-03-03T06:59:59Z", .stale),
        ("2026-03-01T07:00:00Z", .stale), ("2026-03-01T06:59:59Z", .presumedClosed),
    ])
    func `an attendance grows stale after a day and is presumed closed after three`(
        arrived: String, standing: EncounterStanding
    ) async throws {
        try await World.with { world in
            let visit = Visit(number: "ED1", person: .billie, encounterClass: .emergency)
            try await world.tell(visit.registered(arrived))
            try await world.project()
            let page = try await world.page(.attendances, now: "2026-03-04T07:00:00Z")
            #expect(page.items.map(\.standing) == [standing])
        }
    }

    @Test func `a stay that has been silent for a fortnight is unconfirmed and stays on the list`() async throws {
        try await World.with { world in
            let visit = Visit(number: "SP1", person: .billie)
            try await world.tell(visit.admitted("2026-03-01T07:00:00Z"), told: "2026-03-01T07:00:05Z")
            try await world.project()
            let before = try await world.page(.inHospital, now: "2026-03-15T07:00:05Z")
            #expect(before.items.map(\.standing) == [.confirmed])
            let after = try await world.page(.inHospital, now: "2026-03-15T07:00:06Z")
            #expect(after.items.map(\.standing) == [.unconfirmed])
            try await world.tell(visit.updated("2026-03-15T08:00:00Z"), told: "2026-03-15T08:00:00Z")
            try await world.project()
            let again = try await world.page(.inHospital, now: "2026-03-15T08:00:01Z")
            #expect(again.items.map(\.standing) == [.confirmed])
        }
    }
}
