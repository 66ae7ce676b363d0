import Admissions
import EventLog
import EventSourcing
import Postgres
import TestSupport
import Testing

@testable import Projections

@Suite struct RegistrationTests {
    let stay = Visit(number: "SP1", person: .billie)
    let past = Visit(number: "SP0", person: .billie)
    let here = Listing(practice: "Z99001", person: .billie)
    let there = Listing(practice: "Z99002", person: .billie)

    func tellStay(_ world: World) async throws {
        try await world.tell(past.admitted("2026-02-05T09:00:00Z"), told: "2026-02-05T09:00:00Z")
        try await world.tell(past.discharged("2026-02-08T09:00:00Z"), told: "2026-02-08T09:00:00Z")
        try await world.tell(stay.admitted("2026-03-02T21:00:00Z"), told: "2026-03-02T21:00:00Z")
    }

    func holds(_ world: World, _ location: SourceLocation = #_sourceLocation) async throws {
        let report = try await world.comparison()
        #expect(report.isEqual, "\(report.differences)", sourceLocation: location)
        let live = try await RebuildTests.snapshot(world)
        _ = try await world.rebuild()
        let made = try await RebuildTests.snapshot(world)
        #expect(made == live, sourceLocation: location)
    }

    @Test func `a patient who re-registers in the middle of a stay moves, and the old practice is not told where to`()
        async throws
    {
        try await World.with { world in
            try await tellStay(world)
            try await world.tell(here.joined(on: "2001-05-01"), told: "2026-03-02T22:00:00Z", by: here)
            try await world.project()
            #expect(try await world.names(.inHospital) == ["Nightingale-Ashworth"])
            #expect(try await world.names(.corrected) == [])
            try await world.tell(there.joined(on: "2026-03-01"), told: "2026-03-03T01:00:00Z", by: there)
            try await world.project()
            #expect(try await world.names(.inHospital) == [])
            let moved = try await world.page(.inHospital, of: "Z99002").items.map(\.row)
            #expect(moved.map(\.shownSince) == [instant("2026-03-03T01:00:00Z")])
            #expect(try await world.names(.discharges, of: "Z99002") == ["Nightingale-Ashworth"])
            // New to who learns of it by the move, once: whatever huddle was closed since the hospital told it.
            for list in [PracticeList.admissions, .discharges] {
                #expect(
                    try await world.names(list, of: "Z99002", since: "2026-03-03T00:30:00Z")
                        == ["Nightingale-Ashworth"], "\(list)")
                #expect(try await world.names(list, of: "Z99002", since: "2026-03-03T01:00:00Z") == [], "\(list)")
            }
            let huddle = try await world.lists().huddle(
                window: .after(instant("2026-03-03T00:30:00Z")), access: World.access("Z99002", list: .huddle))
            #expect(huddle.sections.first { $0.section == .admissions }?.items.map(\.isNew) == [true])
            let gone = try await world.page(.corrected).items.map(\.row)
            #expect(gone.map(\.withdrawnReason) == [.registeredElsewhere, .registeredElsewhere])
            #expect(gone.allSatisfy { $0.withdrawnAt == instant("2026-03-03T01:00:00Z") })
            #expect(gone.allSatisfy { $0.location == PlaceOfCare() })
            // The hospital still says the old practice, and the old list still has the person.
            try await world.tell(stay.moved(to: "5A", "2026-03-03T02:00:00Z"), told: "2026-03-03T02:00:00Z")
            try await world.project()
            #expect(try await world.page(.inHospital, of: "Z99002").items.map(\.row.location.ward) == ["5A"])
            try await holds(world)
            // Back again, under the refs of before.
            try await world.tell(there.left(), told: "2026-03-03T03:00:00Z", by: there)
            try await world.project()
            #expect(try await world.names(.inHospital) == ["Nightingale-Ashworth"])
            #expect(try await world.names(.corrected) == [])
            #expect(try await world.page(.corrected, of: "Z99002").total == 2)
            try await holds(world)
        }
    }

    @Test func `a move by a list is told to both practices, late or not, and to the old one not where to`()
        async throws
    {
        for isLate in [false, true] {
            try await World.with { world in
                try await tellStay(world)
                try await world.project()
                let counts = try await (world.changes().changes.count, world.changes(of: "Z99002").changes.count)
                #expect(counts.1 == 0)
                let told = isLate ? "2026-02-06T12:00:00Z" : "2026-03-03T01:00:00Z"
                try await world.tell(there.joined(on: "2026-02-01"), told: told, by: there)
                try await world.project()
                // Late, they never had the right to see the stay of March: nothing but a line says that it is gone.
                let old = try await world.changes().changes.map(\.change).dropFirst(counts.0)
                #expect(old.map(\.type).sorted() == (isLate ? [.corrected, .movedPractice] : [.movedPractice]))
                #expect(old.allSatisfy { $0.lists.contains("huddle") && $0.patientRef != nil })
                let new = try await world.changes(of: "Z99002").changes.map(\.change)
                #expect(new.map(\.type).sorted() == [.admitted, .admitted, .registrationsUpdated].sorted())
                #expect(new.first { $0.type == .registrationsUpdated }?.lists == [PracticeChange.allLists])
                // What lists show of a patient who stays hangs on the list, too.
                try await world.tell(there.scored(9), told: "2026-03-03T02:00:00Z", by: there)
                try await world.project()
                #expect(try await world.changes(of: "Z99002").changes.count == new.count + 1)
                #expect(try await world.changes().changes.count == counts.0 + old.count)
                try await holds(world)
            }
        }
    }

    @Test func `who has left a list and is on no other is nobody's, whatever the hospital says`() async throws {
        try await World.with { world in
            try await tellStay(world)
            try await world.tell(here.joined(), told: "2026-03-02T22:00:00Z", by: here)
            try await world.tell(here.left(), told: "2026-03-03T01:00:00Z", by: here)
            try await world.project()
            #expect(try await world.names(.inHospital) == [])
            try await world.tell(Person.billie.updated("2026-03-03T02:00:00Z"), told: "2026-03-03T02:00:00Z")
            try await world.project()
            #expect(try await world.names(.inHospital) == [])
            // Another practice than the one that said so is taken from the hospital.
            try await world.tell(
                Person.billie.registered(at: "Z99003").updated("2026-03-03T03:00:00Z"), told: "2026-03-03T03:00:00Z")
            try await world.project()
            #expect(try await world.names(.inHospital, of: "Z99003") == ["Nightingale-Ashworth"])
            try await holds(world)
        }
    }

    @Test func `a list speaks for nobody who was born on another day`() async throws {
        try await World.with { world in
            try await tellStay(world)
            let wrong = Listing(practice: "Z99002", person: .billie, born: "1951-12-25")
            try await world.tell(wrong.joined(on: "2026-03-01"), told: "2026-03-02T22:00:00Z", by: wrong)
            try await world.project()
            #expect(try await world.names(.inHospital) == ["Nightingale-Ashworth"])
            #expect(try await world.names(.inHospital, of: "Z99002") == [])
            try await world.tell(there.corrected(), told: "2026-03-02T23:00:00Z", by: there)
            try await world.project()
            #expect(try await world.names(.inHospital, of: "Z99002") == ["Nightingale-Ashworth"])
            try await holds(world)
        }
    }

    @Test func `what a practice told before the hospital did, and comes to be known later, leaves nothing behind`()
        async throws
    {
        try await World.with { world in
            try await tellStay(world)
            try await world.tell(there.joined(on: "2026-03-01"), told: "2026-03-02T12:00:00Z", by: there)
            try await world.projector.catchUp(World.hospital)
            #expect(try await world.names(.inHospital) == ["Nightingale-Ashworth"])
            try await world.project()
            let row = try #require(try await world.page(.inHospital, of: "Z99002").items.first?.row)
            #expect(row.shownSince == instant("2026-03-02T21:00:00Z"))
            // Of the stay of February they had seen the row before.
            #expect(try await world.page(.corrected).items.map(\.row.withdrawnAt) == [instant("2026-03-02T12:00:00Z")])
            try await holds(world)
        }
    }

    @Test func `the list of a practice is a view of its own`() async throws {
        try await World.with { world in
            try await world.tell(here.joined(on: "2001-05-01"), told: "2026-03-02T22:00:00Z", by: here)
            try await world.tell(here.scored(9), told: "2026-03-02T22:01:00Z", by: here)
            try await world.tell(
                NewEvent(
                    stream: StreamName("registration:0"), type: "registration.left.v1", payload: Array("{}".utf8),
                    occurredAt: nil), told: "2026-03-02T22:02:00Z", by: here)
            try await world.project()
            let result = try await world.owner.query(
                """
                select practice || ' ' || nhs_number || ' ' || is_listed || ' ' || listed_from || ' ' || symphony_score
                from practice.registration
                """)
            #expect(
                try result.map { try $0.decode(0, as: String.self) } == ["Z99001 9990000018 true 2001-05-01 9"])
            #expect(try await world.count("select count(*) from practice.poison where hospital = 'Z99001'") == 1)
            try await holds(world)
            try await world.owner.query("update practice.registration set family = 'X'")
            try await world.owner.query("update practice.registration_point set is_listed = false")
            let report = try await world.comparison()
            #expect(report.differences.map(\.table).sorted() == ["registration", "registration_point"])
        }
    }

    @Test func `while the projector runs, rows move when a practice tells its list`() async throws {
        try await World.with { world in
            try await tellStay(world)
            let progress = Progress()
            let projector = Projector(
                pool: world.projectorPool, reader: world.reader, logger: .silent, reached: progress.reached)
            let running = Task { try await projector.run() }
            await progress.wait(for: World.hospital, Position(3))
            try await world.tell(there.joined(on: "2026-03-01"), told: "2026-03-03T01:00:00Z", by: there)
            try await waitUntil {
                try await world.count(
                    "select count(*) from practice.encounter where practice = 'Z99002' and status <> 'withdrawn'") == 2
            }
            running.cancel()
            _ = await running.result
            try await holds(world)
        }
    }

    @Test(arguments: 0..<4)
    func `whatever comes when, live rows are rebuilt rows`(seed: UInt64) async throws {
        try await World.with { world in
            if seed % 2 == 1 {
                // One of the wards is such that nothing may be known of who is there.
                let policy = SensitivityPolicy(stored: "ward\t5A\twithheld")
                _ = try await Rebuild(
                    pool: world.projectorPool, reader: world.reader, logger: .silent, sensitivity: policy
                ).run()
            }
            var story = RegistrationStory(seed: seed)
            for _ in 0..<60 {
                guard try await story.step(in: world) else { continue }
                let report = try await world.comparison()
                try #require(report.isEqual, "\(story.steps) \(report.differences)")
            }
            try await world.project()
            try await holds(world)
        }
    }
}

extension [ChangeType] {
    fileprivate func sorted() -> [ChangeType] { sorted { $0.rawValue < $1.rawValue } }
}
