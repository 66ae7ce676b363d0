import Admissions
import EventSourcing
import Postgres
import TestSupport
import Testing

@testable import Projections

@Suite struct SensitivityTests {
    static func policy() -> SensitivityPolicy {
        var policy = SensitivityPolicy()
        let names: [(String, SensitivityPolicy.Subject, Sensitivity)] = [
            ("gum", .ward, .withheld), ("Rose Ward", .ward, .restricted), ("360", .specialty, .withheld),
        ]
        for (name, subject, level) in names {
            let isSet = policy.set(subject, name, to: level)
            #expect(isSet)
        }
        return policy
    }

    func with(_ body: (World) async throws -> Void) async throws {
        try await World.with { world in
            // An installation that has shown nothing yet takes the policy on.
            #expect(try await ViewBasis.settle(PracticeSuccessors(), Self.policy(), in: world.projectorPool))
            try await body(world)
        }
    }

    @Test func `a policy is the same after it was stored`() {
        #expect(SensitivityPolicy(stored: Self.policy().stored) == Self.policy())
        #expect(SensitivityPolicy(stored: "").isEmpty)
    }

    @Test func `an encounter in a withheld place is not there at all, while the patient's others show`() async throws {
        try await with { world in
            let seen = Visit(number: "SP1", person: .billie)
            let attendance = Visit(number: "ED1", person: .billie, encounterClass: .emergency, ward: "ED")
            let hidden = Visit(number: "SP2", person: .billie, ward: "GUM")
            try await world.tell(seen.admitted("2026-01-05T09:00:00Z"))
            try await world.tell(seen.discharged("2026-01-08T09:00:00Z"))
            try await world.tell(attendance.registered("2026-03-02T20:00:00Z"))
            try await world.tell(attendance.discharged("2026-03-02T22:00:00Z", disposal: "01"))
            try await world.project()
            let before = try await world.rowsWithoutRefs()
            try await world.tell(hidden.admitted("2026-03-02T22:30:00Z"), told: "2026-03-03T01:00:00Z")
            try await world.project()
            // Neither a row nor a link nor a word of the patient says that there is more.
            #expect(try await world.rowsWithoutRefs() == before)
            #expect(try await world.count("select count(*) from practice.encounter where linked_ref is not null") == 0)
            #expect(try await world.page(.inHospital).total == 0)
            let death = Visit(number: "SP2", person: .billie, ward: "GUM", dischargeMethod: "4")
            try await world.tell(death.discharged("2026-03-03T01:30:00Z"))
            try await world.project()
            #expect(try await world.rowsWithoutRefs() == before)
            #expect(try await world.count("select count(*) from practice.encounter where is_deceased") == 0)
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test func `what comes to be withheld vanishes wherever it was seen, and comes back when it is so no longer`()
        async throws
    {
        try await with { world in
            let stay = Visit(number: "SP1", person: .billie)
            try await world.tell(stay.admitted("2026-03-02T21:00:00Z"), told: "2026-03-02T21:00:00Z")
            try await world.project()
            try await world.tell(
                Person.billie.registered(at: "Z99002").updated("2026-03-02T22:00:00Z"), told: "2026-03-02T22:00:00Z")
            try await world.project()
            #expect(try await world.page(.corrected).total == 1)
            #expect(try await world.page(.inHospital, of: "Z99002").total == 1)
            let toldBefore = try await world.changes(of: "Z99002").changes.count
            let hidden = Visit(number: "SP1", person: .billie.registered(at: "Z99002"), specialty: "360")
            try await world.tell(hidden.updated("2026-03-02T23:00:00Z"), told: "2026-03-02T23:00:00Z")
            try await world.project()
            #expect(try await world.count("select count(*) from practice.encounter") == 0)
            // Lists have changed, but no line says which encounter it was.
            let vanished = try await world.changes(of: "Z99002").changes.map(\.change).dropFirst(toldBefore)
            #expect(vanished.map(\.type) == [.patientUpdated] && vanished.allSatisfy { $0.encounterRef == nil })
            // Nor does any line of before, there or where the row stood first.
            for practice in ["Z99001", "Z99002"] {
                let lines = try await world.changes(of: practice).changes.map(\.change)
                #expect(!lines.isEmpty && lines.allSatisfy { $0.encounterRef == nil && $0.encounterClass == nil })
            }
            for practice in ["Z99001", "Z99002"] {
                for list in PracticeList.allCases { #expect(try await world.page(list, of: practice).total == 0) }
            }
            #expect(try await world.comparison().isEqual)
            // A move meanwhile is nobody's to know either.
            try await world.tell(Person.billie.updated("2026-03-02T23:30:00Z"), told: "2026-03-02T23:30:00Z")
            try await world.project()
            #expect(try await world.count("select count(*) from practice.encounter") == 0)
            let shown = Visit(number: "SP1", person: .billie).updated("2026-03-03T00:00:00Z")
            try await world.tell(shown, told: "2026-03-03T00:00:00Z")
            try await world.project()
            let row = try #require(try await world.page(.inHospital).items.first?.row)
            #expect(row.shownSince == instant("2026-03-03T00:00:00Z"))
            #expect(try await world.count("select count(*) from practice.encounter") == 1)
            #expect(try await world.comparison().isEqual)
            let live = try await RebuildTests.snapshot(world)
            _ = try await world.rebuild()
            #expect(try await RebuildTests.snapshot(world) == live)
            // Another policy counts from the next rebuild on, for all rows.
            let isSettled = try await ViewBasis.settle(
                PracticeSuccessors(), SensitivityPolicy(), in: world.projectorPool)
            #expect(!isSettled)
            _ = try await Rebuild(
                pool: world.projectorPool, reader: world.reader, logger: .silent, sensitivity: SensitivityPolicy()
            ).run()
            #expect(try await world.page(.corrected, of: "Z99002").total == 1)
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test func `the case of who lies in a restricted ward does not say where`() async throws {
        try await with { world in
            let visit = Visit(number: "SP1", person: .billie, ward: "Rose Ward")
            try await world.tell(visit.admitted("2026-03-02T21:00:00Z"), told: "2026-03-02T21:05:00Z")
            try await world.settle()
            #expect(try await world.cases() == ["Z99001 identified suggested {}"])
            try await world.step(.flag(visit.subject, [.livesAlone]), of: .billie)
            try await world.step(.triage(.urgent, note: nil), of: .billie)
            try await world.step(.planVisit(at: instant("2026-03-03T10:00:00Z"), place: nil), of: .billie)
            let told = try await world.count(
                """
                select count(*) from practice.onboarding_detail d
                where d.ward is not null or d.site is not null or d.bed is not null or d.visit_ward is not null
                """)
            #expect(told == 0)
            #expect(try await world.count("select count(*) from practice.onboarding_case where restricted") == 1)
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test func `a restricted ward restricts its encounter and no other, whatever else is told of the patient`() async throws {
        try await with { world in
            try await world.tell(Visit(number: "SP1", person: .billie).admitted("2026-03-01T21:00:00Z"))
            try await world.tell(Visit(number: "SP2", person: .billie, ward: "ROSE WARD").admitted("2026-03-02T21:00:00Z"))
            try await world.project()
            try await world.tell(Person.billie.called("Ashworth").updated("2026-03-02T22:00:00Z"))
            try await world.project()
            let levels = try await world.owner.query(
                "select family || ' ' || sensitivity || ' ' || restricted from practice.encounter order by started_at")
            #expect(
                try levels.map { try $0.decode(0, as: String.self) } == [
                    "Ashworth normal false", "Ashworth restricted true",
                ])
            #expect(try await world.comparison().isEqual)
        }
    }
}
