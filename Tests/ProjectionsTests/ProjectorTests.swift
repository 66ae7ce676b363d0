import Admissions
import EventLog
import EventSourcing
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Projections

@Suite struct ProjectorTests {
    let stay = Visit(number: "SP1", person: .billie)

    @Test func `it follows every log, and those that begin later`() async throws {
        try await World.with { world in
            try await world.tell(stay.admitted("2026-03-02T21:00:00Z"))
            let progress = Progress()
            let projector = Projector(
                pool: world.projectorPool, reader: world.reader, logger: .silent, reached: progress.reached)
            let running = Task { try await projector.run() }
            await progress.wait(for: World.hospital, Position(1))
            #expect(try await world.names(.inHospital) == ["Nightingale-Ashworth"])
            try await world.tell(Visit(number: "SP2", person: .kit).admitted("2026-03-02T22:00:00Z"), by: World.other)
            await progress.wait(for: World.other, Position(1))
            try await world.tell(stay.discharged("2026-03-03T01:00:00Z"))
            await progress.wait(for: World.hospital, Position(2))
            #expect(try await world.names(.inHospital) == ["Abernathy"])
            running.cancel()
            _ = await running.result
        }
    }

    @Test func `killed between write and commit, it goes on where it was`() async throws {
        try await World.with { world in
            try await world.tell(stay.admitted("2026-03-02T21:00:00Z"))
            try await world.project()
            let progress = Progress()
            let projector = Projector(
                pool: world.projectorPool, reader: world.reader, logger: .silent, reached: progress.reached)
            let running = Task { try await projector.run() }
            try await world.owner.transaction { transaction in
                // The feed is written last, after states and rows.
                try await transaction.query("lock table practice.feed in access exclusive mode")
                try await world.tell(stay.discharged("2026-03-03T01:00:00Z"))
                try await world.tell(Visit(number: "SP2", person: .kit).admitted("2026-03-03T02:00:00Z"))
                try await waitUntil {
                    try await world.count(
                        """
                        select count(pg_terminate_backend(pid)) from pg_locks
                        where relation = 'practice.feed'::regclass and not granted
                        """) > 0
                }
                let open = try await transaction.query(
                    "select count(*) from practice.encounter where status = 'in-progress'")
                #expect(try open.first?.decode(0, as: Int64.self) == 1)
            }
            await progress.wait(for: World.hospital, Position(3))
            #expect(try await world.names(.inHospital) == ["Abernathy"])
            #expect(try await world.names(.discharges) == ["Nightingale-Ashworth"])
            #expect(try await world.count("select messages from practice.feed") == 3)
            #expect(try await world.comparison().isEqual)
            running.cancel()
            _ = await running.result
        }
    }

    @Test func `of two projectors each event is won by one`() async throws {
        try await World.with { world in
            let progress = Progress()
            let running = (0..<2).map { _ in
                let pool = PostgresPool(world.database.configuration(user: "primary_conect_projector"))
                let projector = Projector(
                    pool: pool, reader: EventReader(pool: pool), logger: .silent,
                    pace: .init(standInDelay: .milliseconds(1)), reached: progress.reached)
                return Task {
                    try await projector.run()
                    await pool.close()
                }
            }
            for number in 0..<150 {
                let visit = Visit(number: "SP\(number % 40)", person: number % 2 == 0 ? .billie : .kit)
                try await world.tell(
                    number % 3 == 0
                        ? visit.admitted("2026-03-02T21:00:00Z") : visit.moved(to: "W\(number)", "2026-03-02T22:00:00Z")
                )
            }
            await progress.wait(for: World.hospital, Position(150))
            for task in running { task.cancel() }
            for task in running { _ = await task.result }
            #expect(try await world.count("select messages from practice.feed") == 150)
            let report = try await world.comparison()
            #expect(report.isEqual, "\(report.differences)")
        }
    }

    @Test func `who finds the checkpoint moved forgets, reads it again, and goes on`() async throws {
        try await World.with { world in
            try await world.tell(stay.admitted("2026-03-02T21:00:00Z"))
            let events = try await world.reader.events(in: World.hospital, after: .origin, limit: 10)
            let basis = try await ViewBasis.load(from: world.projectorPool)
            var late = LogProjector(
                hospital: World.hospital, target: .live, basis: basis, channel: .pool(world.projectorPool))
            try await late.start()
            try await world.project()
            await #expect(throws: ProjectionError.checkpointMoved(hospital: "ZX901")) { try await late.project(events) }
            try await late.start()
            #expect(late.position == Position(1))
            try await late.project(events)
            try await world.tell(stay.discharged("2026-03-03T01:00:00Z"))
            try await late.project(through: Position(2), from: world.reader)
            #expect(late.position == Position(2))
            #expect(try await world.names(.discharges) == ["Nightingale-Ashworth"])
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test func `a gap in the log stops it`() async throws {
        try await World.with { world in
            try await world.tell([stay.admitted("2026-03-02T21:00:00Z"), stay.moved(to: "5A", "2026-03-02T22:00:00Z")])
            let events = try await world.reader.events(in: World.hospital, after: Position(1), limit: 10)
            let basis = try await ViewBasis.load(from: world.projectorPool)
            var projector = LogProjector(
                hospital: World.hospital, target: .live, basis: basis, channel: .pool(world.projectorPool))
            try await projector.start()
            await #expect(throws: ProjectionError.positionGap(hospital: "ZX901", expected: 1, found: 2)) {
                try await projector.project(events)
            }
        }
    }

    @Test func `an event that cannot be read is set aside, and the feed goes on`() async throws {
        try await World.with { world in
            try await world.tell(stay.admitted("2026-03-02T21:00:00Z"))
            let stream = StreamName("encounter:ZX901|SP1")
            try await world.tell(
                NewEvent(
                    stream: stream, type: "encounter.updated.v1", payload: Array("{\"encounter\":7}".utf8),
                    occurredAt: nil))
            try await world.tell(
                NewEvent(stream: stream, type: "encounter.enchanted.v9", payload: Array("{}".utf8), occurredAt: nil))
            // Another family of events is no affair of this projection.
            try await world.tell(
                NewEvent(
                    stream: StreamName("message"), type: "message.kept.v1", payload: Array("{}".utf8), occurredAt: nil))
            try await world.tell(
                NewEvent(
                    stream: StreamName("huddle"), type: "huddle.closed.v1", payload: Array("{}".utf8), occurredAt: nil))
            try await world.tell(stay.moved(to: "5A", "2026-03-02T22:00:00Z"))
            try await world.project()
            let page = try await world.page(.inHospital)
            #expect(page.items.map(\.row.location.ward) == ["5A"])
            #expect(page.feeds.map(\.position) == [Position(6)])
            #expect(page.feeds.map(\.messages) == [6])
            let result = try await world.owner.query(
                "select position, stream, type, reason from practice.poison order by position")
            #expect(try result.map { try $0.decode(0, as: Int64.self) } == [2, 3])
            #expect(
                try result.map { try $0.decode(2, as: String.self) } == [
                    "encounter.updated.v1", "encounter.enchanted.v9",
                ])
            #expect(try result.allSatisfy { try $0.decode(3, as: String.self).hasPrefix("json.") })
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test func `a state of another making stops it, and a rebuild mends it`() async throws {
        try await World.with { world in
            try await world.tell(stay.admitted("2026-03-02T21:00:00Z"))
            try await world.project()
            try await world.owner.query("update practice.encounter_state set state = '[]'")
            try await world.tell(stay.moved(to: "5A", "2026-03-02T22:00:00Z"))
            await #expect(throws: ProjectionError.stateUnreadable(hospital: "ZX901", table: "practice.encounter_state"))
            {
                try await world.project()
            }
            _ = try await world.rebuild()
            try await world.project()
            #expect(try await world.page(.inHospital).items.map(\.row.location.ward) == ["5A"])
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test func `states that were forgotten are loaded again`() throws {
        var states = HeldStates(hospital: World.hospital, basis: ViewBasis(key: ReferenceKey(Array(repeating: 1, count: 32))))
        func fact(_ number: Int) -> ToldEvent {
            let event = Visit(number: "SP\(number)", person: .billie).admitted("2026-03-02T21:00:00Z")
            return ToldEvent(event, toldAt: instant("2026-03-02T21:00:00Z"), position: Position(Int64(number + 1)))
        }
        for number in 0..<5 {
            let wanted = states.missing(for: [fact(number)])
            #expect(wanted.encounters == [EncounterKey("ZX901|SP\(number)")])
            // Who is known is not asked for again.
            #expect(wanted.patients.isEmpty == (number > 0))
            states.note(asked: wanted)
            states.apply([fact(number)])
            #expect(states.changes().rows.count == 1)
            states.settle(keeping: 4)
        }
        #expect(states.fold.log.encounters.isEmpty)
        let again = states.missing(for: [fact(0)])
        #expect(again.encounters == [EncounterKey("ZX901|SP0")])
        #expect(again.patients.count == 1)
        #expect(again.visitors == again.patients)
        #expect(again.numbers.count == 1)
    }
}

/// How far each log has been projected, for those who wait.
final class Progress: Sendable {
    private struct State {
        var positions: [LogName: Position] = [:]
        var waiters: [(LogName, Position, CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    @Sendable func reached(_ log: LogName, _ position: Position) {
        let ready = state.withLock { state in
            state.positions[log] = max(position, state.positions[log] ?? .origin)
            let isReady = { (waiter: (LogName, Position, CheckedContinuation<Void, Never>)) in
                waiter.0 == log && waiter.1 <= position
            }
            let ready = state.waiters.filter(isReady)
            state.waiters.removeAll(where: isReady)
            return ready.map(\.2)
        }
        for continuation in ready { continuation.resume() }
    }

    func wait(for log: LogName, _ position: Position) async {
        await withCheckedContinuation { continuation in
            let isReached = state.withLock { state in
                if state.positions[log] ?? .origin >= position { return true }
                state.waiters.append((log, position, continuation))
                return false
            }
            if isReached { continuation.resume() }
        }
    }
}

/// Asks the database until it says yes.
func waitUntil(_ condition: () async throws -> Bool) async throws {
    while try await !condition() { await Task.yield() }
}
