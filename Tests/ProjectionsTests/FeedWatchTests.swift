import Admissions
import EventLog
import EventSourcing
import Postgres
import TestSupport
import Testing

@testable import Projections

/// A feed that falls silent is an event, told once.
@Suite struct FeedWatchTests {
    static let lastHeard = "2026-03-02T21:05:00Z"

    func watch(_ world: World, at now: String) -> FeedWatch {
        let now = instant(now)
        return FeedWatch(pool: world.projectorPool, now: { now }, logger: .silent)
    }

    func told(_ world: World, in log: LogName = World.hospital) async throws -> [FeedEvent] {
        try await world.reader.events(in: log, stream: FeedEvent.stream(of: "adt")).compactMap { try FeedEvent($0) }
    }

    func feeds(_ world: World, now: String) async throws -> [FeedFreshness] {
        try await world.lists(now: now).feeds(access: World.access())
    }

    @Test
    func `silence and recovery are told once each, by one of several watches, and a silence lasts until it is ended`()
        async throws
    {
        try await World.with { world in
            try await world.tell(
                Visit(number: "SP1", person: .billie).admitted("2026-03-02T21:00:00Z"), told: Self.lastHeard)
            try await world.tell(
                Visit(number: "SP2", person: .kit).admitted("2026-03-02T23:00:00Z"), told: "2026-03-03T02:00:00Z",
                by: World.other)
            try await world.project()
            // Quiet is no news.
            #expect(try await watch(world, at: "2026-03-03T03:00:00Z").look().isEmpty)

            let silentAt = "2026-03-03T03:30:00Z"
            let (one, two) = (watch(world, at: silentAt), watch(world, at: silentAt))
            async let first = one.look()
            async let second = two.look()
            let expected = FeedEvent(
                .fellSilent, feed: "adt", lastHeard: instant(Self.lastHeard), position: Position(1), usualSeconds: nil)
            #expect(try await first + second == [expected])
            #expect(try await watch(world, at: silentAt).look().isEmpty)
            #expect(try await told(world) == [expected])
            #expect(try await told(world, in: World.other).isEmpty)

            // It is no word from the hospital.
            try await world.project()
            #expect(try await watch(world, at: "2026-03-03T03:31:00Z").look().isEmpty)
            let silent = try await feeds(world, now: silentAt)
            #expect(silent.map(\.state) == [.silent, .fresh])
            #expect(silent.first?.silentSince == instant(Self.lastHeard))
            #expect(silent.first?.silenceToldAt == instant(silentAt))
            #expect(silent.map(\.messages) == [1, 1])
            // By the clock alone this would be quiet again: the limits of the night are wider.
            world.clock.set(instant("2026-03-02T10:00:00Z"))
            #expect(try await feeds(world, now: "2026-03-02T22:00:00Z").map(\.state) == [.silent, .fresh])
            let page = try await world.page(.inHospital, now: silentAt)
            #expect(!page.isComplete)

            try await world.tell(
                Visit(number: "SP1", person: .billie).admitted("2026-03-02T21:00:00Z"), told: "2026-03-03T03:40:00Z")
            // What the views do not show yet is not said of the hospital.
            #expect(try await watch(world, at: "2026-03-03T03:41:00Z").look().isEmpty)
            try await world.project()
            let recovered = try await watch(world, at: "2026-03-03T03:41:00Z").look()
            #expect(recovered.map(\.kind) == [.recovered])
            #expect(recovered.map(\.lastHeard) == [instant("2026-03-03T03:40:00Z")])
            #expect(try await watch(world, at: "2026-03-03T03:42:00Z").look().isEmpty)
            try await world.project()
            #expect(try await feeds(world, now: "2026-03-03T03:42:00Z").map(\.state).first == .fresh)
            #expect(try await told(world).map(\.kind) == [.fellSilent, .recovered])
            // Each practice with rows of the hospital is told, of no list and of nobody.
            let journal = try await world.owner.query(
                """
                select practice || ' ' || type || ' ' || hospital || ' ' || cardinality(lists) as line
                from practice.change where type like 'feed.%' and encounter_ref is null and patient_ref is null
                order by practice, count
                """)
            #expect(
                try journal.map { try $0.decode(0, as: String.self) } == [
                    "Z99001 feed.fell_silent ZX901 0", "Z99001 feed.recovered ZX901 0",
                ])

            #expect(try await world.comparison().isEqual)
            _ = try await world.rebuild()
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test
    func `the standing tells how far the views follow the hospitals' logs and one's own, and no other practice's`()
        async throws
    {
        try await World.with { world in
            try await world.tell(
                Visit(number: "SP1", person: .billie).admitted("2026-03-02T21:00:00Z"), told: Self.lastHeard)
            try await world.project()
            try await world.tell(Visit(number: "SP2", person: .kit).admitted("2026-03-02T21:10:00Z"))
            try await world.owner.query(
                """
                insert into event_log.head (log, position, recorded_at, range)
                values ('Z99001', 0, now(), ''), ('Z99002', 0, now(), '')
                """)
            let standing = try await world.lists(now: "2026-03-02T21:30:00Z").standing(access: World.access())
            #expect(!standing.isComplete && standing.feeds.map(\.behind) == [1])
            #expect(standing.feeds.map(\.position) == [Position(1)])
            #expect(standing.logs.map(\.name.rawValue) == ["Z99001", "ZX901"])
            #expect(standing.logs.map(\.behind) == [0, 1])
            #expect(standing.logs.last?.toldThrough == instant(Self.lastHeard))
            #expect(try await world.count("select count(*) from audit.access where outcome = 'granted'") == 1)
            #expect(try await world.servicePool.query("select * from practice.standing()").isEmpty)
        }
    }

    @Test func `the way into the log takes nothing but what became of a feed`() async throws {
        try await World.with { world in
            try await world.tell(
                Visit(number: "SP1", person: .billie).admitted("2026-03-02T21:00:00Z"), told: Self.lastHeard)
            let log = FeedEventLog(pool: world.projectorPool, now: { instant("2026-03-03T08:00:00Z") })
            let silent = FeedEvent(
                .fellSilent, feed: "adt", lastHeard: instant(Self.lastHeard), position: Position(1), usualSeconds: 3_120
            )
            for (stream, type) in [
                ("encounter:ZX901|SP1", "feed.fell-silent.v1"), ("feed:adt", "encounter.admitted.v1"),
                ("feed:", "feed.fell-silent.v1"), ("feed:adt", "feed.fell-silent.v2"),
            ] {
                var event = silent.newEvent
                event.stream = StreamName(stream)
                event.type = type
                let error = await #expect(throws: PostgresError.self) {
                    try await log.append(event, to: World.hospital, seen: Position(1))
                }
                #expect(error?.sqlState == "42501")
            }
            for role in ["ingest", "service", "operator", "auditor", "monitor"] {
                let stranger = PostgresPool(
                    world.database.configuration(user: "primary_conect_" + role), connectionsMax: 1)
                let error = await #expect(throws: PostgresError.self) {
                    try await FeedEventLog(pool: stranger).append(
                        silent.newEvent, to: World.hospital, seen: Position(1))
                }
                await stranger.close()
                #expect(error?.sqlState == "42501", "\(role)")
            }
            #expect(try await log.append(silent.newEvent, to: World.hospital, seen: .origin) == .overtaken)
            let recovered = FeedEvent(
                .recovered, feed: "adt", lastHeard: instant(Self.lastHeard), position: Position(1), usualSeconds: nil)
            #expect(try await log.append(recovered.newEvent, to: World.hospital, seen: Position(1)) == .settled)
            #expect(
                try await log.append(silent.newEvent, to: World.hospital, seen: Position(1)) == .appended(Position(2)))
            #expect(try await log.append(silent.newEvent, to: World.hospital, seen: Position(2)) == .settled)
            // The log is one tree still: the hospital's next message finds its place behind it.
            try await world.tell(
                Visit(number: "SP2", person: .kit).admitted("2026-03-03T08:30:00Z"), told: "2026-03-03T08:31:00Z")
            #expect(try await world.reader.head(of: World.hospital) == Position(3))
            let nobody = await #expect(throws: PostgresError.self) {
                try await log.append(silent.newEvent, to: try #require(LogName("ZX999")), seen: .origin)
            }
            #expect(nobody?.sqlState == "P0002")
        }
    }

    @Test func `a learned rhythm is stored hour by hour, decides, and is the same when it is made again`() async throws
    {
        try await World.with { world in
            // A message each two hours by day, for nine weeks, in batches as they come.
            var at = instant("2026-01-05T07:00:00Z")
            for number in 0..<9 * 7 * 8 {
                world.clock.set(at)
                try await world.tell(Visit(number: "SP1", person: .billie).admitted("2026-01-05T06:00:00Z"))
                if number % 50 == 49 { try await world.project() }
                at = at + .seconds(number % 8 == 7 ? 10 * 3_600 : 2 * 3_600)
            }
            try await world.project()
            // 2026-03-08, a Sunday: last heard at 21:00, two hours usual at noon.
            let noon = try await feeds(world, now: "2026-03-09T12:30:00Z")
            #expect(noon.map(\.lastHeard) == [instant("2026-03-08T21:00:00Z")])
            #expect(noon.map(\.usual) == [.seconds(7_200)])
            #expect(noon.map(\.state) == [.silent])
            let night = try await feeds(world, now: "2026-03-09T04:30:00Z")
            #expect(night.map(\.usual) == [.seconds(8 * 3_600)])
            #expect(night.map(\.state) == [.fresh])
            #expect(try await world.count("select count(*) from practice.feed_rhythm") == 168)
            #expect(try await world.comparison().isEqual)
            try await world.owner.query("update practice.feed_rhythm set history = '1:2' where hour_of_week = 17")
            #expect(try await world.comparison().differences.map(\.table) == ["feed"])
            _ = try await world.rebuild()
            #expect(try await world.comparison().isEqual)
            try await world.tell(
                Visit(number: "SP9", person: .kit).admitted("2026-03-09T12:00:00Z"), told: "2026-03-09T12:40:00Z")
            try await world.project()
            #expect(try await world.comparison().isEqual)
        }
    }
}
