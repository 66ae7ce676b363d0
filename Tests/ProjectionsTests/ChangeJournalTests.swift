import Admissions
import EventLog
import EventSourcing
import Postgres
import Testing

@testable import Projections

/// What practices are told of what changed for them.
@Suite(.timeLimit(.minutes(2)))
struct ChangeJournalTests {
    @Test func `each change of a stay is told once, in order, with the lists it touched`() async throws {
        try await World.with { world in
            let stay = Visit(number: "SP1", person: .billie)
            try await world.tell([
                stay.admitted("2026-03-02T10:00:00Z"), stay.moved(to: "8A", "2026-03-02T11:00:00Z"),
                Visit(number: "SP1", person: .billie, ward: "8A").moved(to: "8A", "2026-03-02T11:30:00Z"), stay.discharged("2026-03-02T12:00:00Z"),
                stay.dischargeCancelled("2026-03-02T12:30:00Z"), stay.admissionCancelled("2026-03-02T13:00:00Z"),
            ])
            try await world.project()
            let page = try await world.changes()
            #expect(
                page.changes.map(\.change.type) == [
                    .admitted, .transferred, .updated, .discharged, .corrected, .cancelled,
                ])
            #expect(page.changes.map(\.count) == Array(1...6))
            #expect(page.changes[0].change.lists == ["admissions", "huddle", "in-hospital"])
            #expect(page.changes[3].change.lists == ["admissions", "discharges", "huddle", "in-hospital"])
            #expect(page.changes[5].change.lists == ["admissions", "corrected", "huddle", "in-hospital"])
            #expect(page.changes[0].change.happenedAt == instant("2026-03-02T10:00:00Z"))
            let row = try #require(try await world.page(.corrected).items.first?.row)
            #expect(page.changes.allSatisfy { $0.change.encounterRef == row.encounterRef })
            #expect(page.changes.allSatisfy { $0.change.patientRef == row.patient.ref })
            #expect(
                try await world.count("select count(*) from audit.shown where refs = array[\(row.patient.ref)]") == 2)
        }
    }

    @Test func `an attendance, a new name and a death are told; a death once a patient`() async throws {
        try await World.with { world in
            var attendance = Visit(number: "AE1", person: .billie)
            attendance.encounterClass = .emergency
            let stay = Visit(number: "SP1", person: .billie)
            try await world.tell([
                attendance.registered("2026-03-01T10:00:00Z"), attendance.discharged("2026-03-01T12:00:00Z"),
                stay.admitted("2026-03-02T10:00:00Z"), Person.billie.called("Ashworth").updated("2026-03-02T11:00:00Z"),
            ])
            try await world.project()
            var details = Person.billie.details
            details.deceased = .value(true)
            try await world.tell(
                AdmissionEvent(
                    kind: .patientUpdated,
                    telling: Telling(trigger: "A31", recorded: Moment(instant("2026-03-02T12:00:00Z"))),
                    patient: details))
            try await world.project()
            let changes = try await world.changes().changes.map(\.change)
            #expect(
                changes.map(\.type) == [.attendanceStarted, .attendanceEnded, .admitted, .patientUpdated, .died])
            #expect(changes.last?.encounterRef == nil)
            #expect(changes.last?.lists.contains("deaths") == true)
            #expect(changes.last?.lists.contains("attendances") == true)
        }
    }

    @Test func `a patient who moves is told to both practices, to the old one without where to`() async throws {
        try await World.with { world in
            try await world.tell(Visit(number: "SP1", person: .billie).admitted("2026-03-02T10:00:00Z"))
            try await world.project()
            try await world.tell(Person.billie.registered(at: "Z99002").updated("2026-03-02T11:00:00Z"))
            try await world.project()
            let old = try await world.changes().changes.map(\.change)
            let new = try await world.changes(of: "Z99002").changes.map(\.change)
            #expect(old.map(\.type) == [.admitted, .movedPractice])
            #expect(new.map(\.type) == [.admitted])
            #expect(old[1].patientRef == old[0].patientRef && old[1].patientRef != new[0].patientRef)
            #expect(old[1].lists == ["admissions", "corrected", "huddle", "in-hospital"])
            #expect(try await world.count("select count(*) from practice.change where practice = 'UNKNOWN'") == 0)
        }
    }

    @Test func `of a restricted patient neither the hospital nor a move within it is told`() async throws {
        try await World.with { world in
            let stay = Visit(number: "SP1", person: .sam)
            try await world.tell([stay.admitted("2026-03-02T10:00:00Z"), stay.moved(to: "8A", "2026-03-02T11:00:00Z")])
            try await world.project()
            let changes = try await world.changes().changes.map(\.change)
            #expect(changes.map(\.type) == [.admitted, .updated])
            #expect(changes.allSatisfy { $0.hospital == nil })
        }
    }

    @Test func `a rebuild adds one line and leaves cursors valid`() async throws {
        try await World.with { world in
            try await world.tell(Visit(number: "SP1", person: .billie).admitted("2026-03-02T10:00:00Z"))
            try await world.project()
            let cursor = try await world.changes().next
            _ = try await world.rebuild()
            try await world.tell(Visit(number: "SP2", person: .kit).admitted("2026-03-02T11:00:00Z"))
            try await world.project()
            let after = try await world.changes(from: .after(cursor)).changes.map(\.change)
            #expect(after.map(\.type) == [.viewsRebuilt, .admitted])
            #expect(after.first?.lists == [PracticeChange.allLists])
            #expect(try await world.comparison().isEqual)
        }
    }

    /// Kills readers and projectors at random places: nothing is lost, nothing changes place.
    @Test func `whoever reads on from any cursor after any crash has read every change in order`() async throws {
        try await World.with { world in
            var random = SeededGenerator(seed: 20_260_302)
            let people = [Person.billie, .kit, .sam]
            var received: [JournalledChange] = []
            var cursor = ChangeStart.oldest
            for step in 0..<24 {
                let hospital = [World.hospital, World.other].randomElement(using: &random) ?? World.hospital
                let person = people.randomElement(using: &random) ?? .billie
                let stay = Visit(number: "SP\(step % 7)", person: person)
                let at = "2026-03-02T1\(step % 10):\(10 + step):00Z"
                let events = [stay.admitted(at), stay.moved(to: "W\(step)", at), stay.discharged(at)]
                try await world.tell(events.randomElement(using: &random) ?? events[0], by: hospital)
                // Two projectors race for each log; the loser starts again.
                async let first: Void = world.project()
                async let second: Void = world.project()
                _ = try await (first, second)
                let page = try await world.changes(from: cursor, limit: Int.random(in: 1...3, using: &random))
                // A reader that is killed before it has kept the answer reads the same again.
                if Bool.random(using: &random) {
                    #expect(try await world.changes(from: cursor, limit: 500).changes.starts(with: page.changes))
                    continue
                }
                received += page.changes
                cursor = .after(page.next)
            }
            received += try await world.changes(from: cursor, limit: 500).changes
            let all = try await world.changes(from: .oldest, limit: 500)
            #expect(received == all.changes && all.isCaughtUp)
            #expect(received.map(\.count) == (1...Int64(received.count)).map { $0 })
            #expect(received.count >= 24)
        }
    }

    @Test func `what is older than cursors are valid is swept, and its cursors say so`() async throws {
        try await World.with { world in
            let stay = Visit(number: "SP1", person: .billie)
            try await world.tell([stay.admitted("2026-03-02T10:00:00Z"), stay.moved(to: "8A", "2026-03-02T11:00:00Z")])
            try await world.project()
            try await world.owner.query(
                "update practice.change set made_at = made_at - interval '91 days' where count = 1")
            let sweep = ChangeSweep(pool: world.projectorPool)
            #expect(try await sweep.run(before: WallClockOfTests.daysAgo(90)) == 1)
            #expect(try await world.changes().changes.map(\.count) == [2])
            await #expect(throws: ProjectionError.cursorExpired) {
                try await world.changes(from: .after(ChangeCursor(epoch: 1, count: 0)))
            }
            #expect(try await world.changes(from: .after(ChangeCursor(epoch: 1, count: 1))).changes.count == 1)
            for wrong in [ChangeCursor(epoch: 2, count: 1), ChangeCursor(epoch: 1, count: 3)] {
                await #expect(throws: ProjectionError.cursorExpired) {
                    try await world.changes(from: .after(wrong))
                }
            }
        }
    }

    @Test func `no line is read without an access record, nor another practice's with one`() async throws {
        try await World.with { world in
            try await world.tell(Visit(number: "SP1", person: .billie).admitted("2026-03-02T10:00:00Z"))
            try await world.project()
            let bare = try await world.servicePool.query("select count(*) from practice.change")
            #expect(try bare.first?.decode(0, as: Int64.self) == 0)
            #expect(try await world.changes(of: "Z99002").changes.isEmpty)
        }
    }

    @Test func `a cursor is signed for its practice`() {
        let key = ChangeCursorKey([UInt8](repeating: 7, count: 32))
        let cursor = ChangeCursor(epoch: 1, count: 123_456_789)
        let text = key.text(cursor, of: "Z99001")
        #expect(key.cursor(text, of: "Z99001") == cursor)
        #expect(key.cursor(text, of: "Z99002") == nil)
        #expect(ChangeCursorKey([UInt8](repeating: 8, count: 32)).cursor(text, of: "Z99001") == nil)
        for index in text.indices.dropFirst(3) {
            var forged = text
            forged.replaceSubrange(index...index, with: text[index] == "0" ? "1" : "0")
            #expect(key.cursor(forged, of: "Z99001") == nil)
        }
        #expect(key.cursor(String(text.dropLast()), of: "Z99001") == nil)
    }
}

extension World {
    @discardableResult
    func changes(
        of practice: String = "Z99001", from start: ChangeStart = .oldest, limit: Int = 100
    ) async throws -> ChangePage {
        var access = Self.access(practice)
        access.route = "changes"
        return try await ChangeReader(pool: servicePool).changes(access: access, from: start, limit: limit)
    }
}

/// The real clock, which the journal's lines are dated by.
private enum WallClockOfTests {
    static func daysAgo(_ days: Int) -> Instant {
        EventLog.WallClock.now() - .seconds(days * 86_400)
    }
}
