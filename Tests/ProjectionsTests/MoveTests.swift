import Admissions
import EventSourcing
import Postgres
import Projections
import TestSupport
import Testing

@Suite struct MoveTests {
    let stay = Visit(number: "SP1", person: .billie)
    let past = Visit(number: "SP0", person: .billie)

    @Test func `a patient who registers elsewhere takes all rows along`() async throws {
        try await World.with { world in
            try await world.tell([
                past.admitted("2026-01-05T09:00:00Z"), past.discharged("2026-01-08T09:00:00Z"),
                stay.admitted("2026-03-02T21:00:00Z"),
            ])
            try await world.project()
            let before = try await world.page(.inHospital)
            #expect(before.total == 1)
            try await world.tell(Person.billie.registered(at: "Z99002").updated("2026-03-03T01:00:00Z"))
            try await world.project()
            for list in PracticeList.allCases where list != .corrected { #expect(try await world.names(list) == []) }
            #expect(try await world.names(.inHospital, of: "Z99002") == ["Nightingale-Ashworth"])
            #expect(try await world.names(.discharges, of: "Z99002") == ["Nightingale-Ashworth"])
            let after = try await world.page(.inHospital, of: "Z99002")
            #expect(after.items[0].row.encounterRef != before.items[0].row.encounterRef)
            #expect(after.items[0].row.patient.ref != before.items[0].row.patient.ref)
            // The first practice is told that the open stay is gone, not where to; of the one that ended in January
            // nobody needs to be warned. What it sees stays as it was.
            let gone = try await world.page(.corrected).items.map(\.row)
            #expect(gone.map(\.encounterRef).contains(before.items[0].row.encounterRef))
            #expect(gone.map(\.withdrawnReason) == [.registeredElsewhere])
            #expect(gone.allSatisfy { $0.location == PlaceOfCare() && $0.consultant == nil && $0.reason == nil })
            #expect(try await world.page(.corrected, of: "Z99002").total == 0)
            try await world.tell(
                Person.billie.registered(at: "Z99002").called("Married").updated("2026-03-03T01:30:00Z"))
            try await world.project()
            #expect(try await world.names(.corrected) == ["Nightingale-Ashworth"])
            #expect(try await world.comparison().isEqual)
            // And back again, under the refs of before.
            try await world.tell(Person.billie.updated("2026-03-03T02:00:00Z"))
            try await world.project()
            let again = try await world.page(.inHospital)
            #expect(again.items.map(\.row.encounterRef) == before.items.map(\.row.encounterRef))
            #expect(again.items.map(\.row.patient) == before.items.map(\.row.patient))
            #expect(try await world.names(.corrected) == [])
            #expect(try await world.names(.inHospital, of: "Z99002") == [])
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test func `a joined record that tells its own number again moves the rows, and leaves word where they stood`()
        async throws
    {
        try await World.with { world in
            var (billie, kit) = (Person.billie, Person.kit)
            (billie.tellsPractice, kit.tellsPractice) = (false, false)
            let first = Listing(practice: "Z99001", person: billie)
            let second = Listing(practice: "Z99003", person: kit)
            try await world.tell(first.joined(), told: "2026-03-02T10:00:00Z", by: first)
            try await world.tell(second.joined(), told: "2026-03-02T10:00:00Z", by: second)
            let visit = Visit(number: "SP2", person: kit)
            try await world.tell(visit.admitted("2026-03-02T21:00:00Z"), told: "2026-03-02T21:00:00Z")
            try await world.tell(billie.merged(kit, "2026-03-02T22:00:00Z"), told: "2026-03-02T22:00:00Z")
            try await world.project()
            try await world.project()
            #expect(try await world.page(.inHospital).total == 1)
            // It says nothing that this record had not said, and has the last word of the two.
            try await world.tell(visit.moved(to: "5A", "2026-03-02T23:00:00Z"), told: "2026-03-02T23:00:00Z")
            try await world.project()
            #expect(try await world.page(.inHospital).total == 0)
            let moved = try await world.page(.inHospital, of: "Z99003")
            #expect(moved.items.map(\.row.shownSince) == [instant("2026-03-02T23:00:00Z")])
            #expect(try await world.page(.corrected).items.map(\.row.withdrawnReason) == [.registeredElsewhere])
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test func `a move told together with other news moves every row`() async throws {
        try await World.with { world in
            try await world.tell([past.admitted("2026-01-05T09:00:00Z"), stay.admitted("2026-03-02T21:00:00Z")])
            try await world.project()
            let moved = Visit(number: "SP1", person: .billie.registered(at: "Z99002"))
            try await world.tell([
                moved.moved(to: "5A", "2026-03-03T01:00:00Z"),
                Visit(number: "SP7", person: moved.person).admitted("2026-03-03T02:00:00Z"),
            ])
            try await world.project()
            #expect(try await world.names(.inHospital) == [])
            #expect(try await world.page(.inHospital, of: "Z99002").total == 3)
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test func `a patient without a practice is seen by none, and by the practice once it is told`() async throws {
        try await World.with { world in
            let visit = Visit(number: "SP5", person: .nobody)
            try await world.tell(visit.admitted("2026-03-02T21:00:00Z"))
            try await world.project()
            #expect(try await world.count("select count(*) from practice.encounter where practice = 'UNKNOWN'") == 1)
            try await world.tell(Person.nobody.registered(at: "Z99001").updated("2026-03-02T22:00:00Z"))
            try await world.project()
            #expect(try await world.names(.inHospital) == ["Unknown"])
            #expect(try await world.count("select count(*) from practice.encounter") == 1)
        }
    }

    @Test func `news of a patient are shown in all rows at once`() async throws {
        try await World.with { world in
            try await world.tell([past.admitted("2026-01-05T09:00:00Z"), stay.admitted("2026-03-02T21:00:00Z")])
            try await world.project()
            try await world.tell(Person.billie.called("Ashworth").updated("2026-03-03T01:00:00Z"))
            try await world.project()
            #expect(try await world.names(.inHospital) == ["Ashworth", "Ashworth"])
            // An older telling that comes late changes nothing.
            try await world.tell(Person.billie.called("Older").updated("2026-01-01T01:00:00Z"))
            try await world.project()
            #expect(try await world.names(.inHospital) == ["Ashworth", "Ashworth"])
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test func `an encounter that turns out to be another patient's leaves the first practice`() async throws {
        try await World.with { world in
            try await world.tell(stay.admitted("2026-03-02T21:00:00Z"))
            try await world.project()
            try await world.tell(Visit(number: "SP1", person: .mo).updated("2026-03-02T22:00:00Z"))
            try await world.project()
            #expect(try await world.names(.inHospital) == [])
            #expect(try await world.names(.inHospital, of: "Z99002") == ["Okafor"])
            // Late news of the first patient does not bring it back.
            try await world.tell(stay.moved(to: "2C", "2026-03-02T21:30:00Z"))
            try await world.project()
            #expect(try await world.names(.inHospital) == [])
            #expect(try await world.names(.inHospital, of: "Z99002") == ["Okafor"])
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test func `a stay that was another patient's is withdrawn from the wrong practice, named by the patient it had shown`()
        async throws
    {
        try await World.with { world in
            try await world.tell(stay.admitted("2026-03-02T21:00:00Z"), told: "2026-03-02T21:01:00Z")
            try await world.project()
            let shown = try await world.page(.inHospital).items.map(\.row)
            let corrected = Visit(number: "SP1", person: .mo)
            try await world.tell(corrected.taken(from: .billie, "2026-03-02T23:00:00Z"), told: "2026-03-02T23:01:00Z")
            try await world.project()
            #expect(try await world.names(.inHospital) == [])
            #expect(try await world.names(.inHospital, of: "Z99002") == ["Okafor"])
            let withdrawn = try #require(try await world.page(.corrected).items.first?.row)
            #expect(withdrawn.patient == shown.first?.patient)
            #expect(withdrawn.encounterRef == shown.first?.encounterRef)
            #expect(withdrawn.withdrawnReason == .wrongPatient)
            #expect(withdrawn.shownSince == instant("2026-03-02T21:01:00Z"))
            #expect(withdrawn.withdrawnAt == instant("2026-03-02T23:01:00Z"))
            let report = try await world.comparison()
            #expect(report.isEqual, "\(report.differences)")
            _ = try await world.rebuild()
            #expect(try await world.page(.corrected).items.map(\.row) == [withdrawn])
            // For review: what was shown to whom. These looks were long after by the test's clock.
            let auditor = PostgresPool(world.database.configuration(user: "primary_conect_auditor"))
            let disclosures = try await DisclosureReader(pool: auditor).disclosures()
            #expect(disclosures.map(\.practice) == ["Z99001"])
            #expect(disclosures.map(\.reason) == [.wrongPatient])
            #expect(disclosures.map(\.looks) == [0])
            try await world.owner.query("update practice.encounter set shown_since = now() - interval '1 hour', withdrawn_at = now()")
            let seen = try await DisclosureReader(pool: auditor).disclosures(of: "Z99001")
            #expect(seen.map(\.patientRef) == shown.map(\.patient.ref))
            #expect(seen.map(\.looks) == [3])
            #expect(seen.map(\.subjects) == [["dr-test"]])
            #expect(try await DisclosureReader(pool: auditor).disclosures(of: "Z99002") == [])
            await auditor.close()
        }
    }

    @Test func `a message with an NHS number alone is about the one patient who bears it`() async throws {
        try await World.with { world in
            try await world.tell(stay.admitted("2026-03-02T21:00:00Z"))
            try await world.project()
            // Told without a practice: it must not take the row away from where it stands.
            try await world.tell(
                Visit(number: "SP1", person: .billie.byNHSNumberAlone).moved(to: "5A", "2026-03-02T22:00:00Z"))
            try await world.project()
            let page = try await world.page(.inHospital)
            #expect(page.items.map(\.row.location.ward) == ["5A"])
            #expect(page.items.map(\.row.flags) == [[]])
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test func `a patient first known by NHS number alone keeps their rows when the hospital's number comes`() async throws {
        try await World.with { world in
            var bare = Person.billie
            bare.number = nil
            try await world.tell(Visit(number: "SP1", person: bare).admitted("2026-03-02T21:00:00Z"))
            try await world.project()
            #expect(try await world.names(.inHospital) == ["Nightingale-Ashworth"])
            try await world.tell(Person.billie.updated("2026-03-02T22:00:00Z"))
            try await world.project()
            let page = try await world.page(.inHospital)
            #expect(page.items.map(\.row.patient.localNumber) == ["L1"])
            #expect(try await world.comparison().isEqual)
            // A second record with the same number: nobody can say which of them it is.
            var other = Person.billie
            other.number = "999"
            try await world.tell(other.updated("2026-03-02T23:00:00Z"))
            try await world.project()
            #expect(try await world.names(.inHospital) == ["Nightingale-Ashworth"])
            #expect(try await world.page(.inHospital).items.map(\.row.patient.localNumber) == [nil])
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test func `two hospitals with the same numbers keep apart`() async throws {
        try await World.with { world in
            try await world.tell(stay.admitted("2026-03-02T21:00:00Z"))
            try await world.tell(stay.admitted("2026-03-02T20:00:00Z"), by: World.other)
            try await world.project()
            let page = try await world.page(.inHospital)
            #expect(page.items.map(\.row.hospital) == [World.other, World.hospital])
            #expect(Set(page.items.map(\.row.encounterRef)).count == 2)
            #expect(Set(page.items.map(\.row.patient.ref)).count == 2)
        }
    }

    @Test func `keys beyond an index entry and text with NUL pass through`() async throws {
        try await World.with { world in
            var long = Visit(number: String(repeating: "9", count: 5_000), person: .billie)
            long.person.number = String(repeating: "L", count: 5_000)
            long.person.family = "Null\0Byte"
            long.ward = String(repeating: "W", count: 100_000)
            try await world.tell(long.admitted("2026-03-02T21:00:00Z"))
            try await world.project()
            let page = try await world.page(.inHospital)
            #expect(page.items.map(\.row.patient.family) == ["Null\u{2400}Byte"])
            #expect(try await world.count("select count(*) from practice.poison") == 0)
            try await world.tell(long.discharged("2026-03-03T01:00:00Z"))
            try await world.project()
            #expect(try await world.page(.discharges).total == 1)
            #expect(try await world.comparison().isEqual)
        }
    }
}
