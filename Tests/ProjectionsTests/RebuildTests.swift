import Admissions
import EventLog
import EventSourcing
import Postgres
@testable import Projections
import Synchronization
import TestSupport
import Testing

@Suite struct RebuildTests {
    /// Everything the views hold, refs and told times included.
    static func snapshot(_ world: World) async throws -> [String] {
        let result = try await world.owner.query(
            """
            select 'encounter' || e::text as row from practice.encounter e
            union all select 'state' || e::text from practice.encounter_state e
            union all select 'patient' || e::text from practice.patient_state e
            union all select 'feed' || e::text from practice.feed e
            union all select 'rhythm' || e::text from practice.feed_rhythm e
            union all select 'poison' || e::text from practice.poison e
            union all select 'checkpoint' || e::text from practice.checkpoint e
            union all select 'registration' || e::text from practice.registration e
            union all select 'point' || e::text from practice.registration_point e
            union all select 'list' || e::text from practice.registration_state e
            order by row
            """)
        return try result.map { try $0.decode(0, as: String.self) }
    }

    func tellAll(_ world: World) async throws {
        try await world.tell(OrderTests.news)
        try await world.tell(OrderTests.news, by: World.other)
        try await world.tell(
            NewEvent(
                stream: StreamName("encounter:x"), type: "encounter.admitted.v1", payload: Array("{}".utf8),
                occurredAt: nil))
    }

    @Test func `rebuilt rows equal live rows`() async throws {
        try await World.with { world in
            try await tellAll(world)
            try await world.project()
            let before = try await Self.snapshot(world)
            let summary = try await world.rebuild()
            #expect(summary.events == Int64(OrderTests.news.count * 2 + 1))
            #expect(summary.rows == 8)
            #expect(summary.poison == 1)
            #expect(try await Self.snapshot(world) == before)
            // Twice, so that both sets of tables have been live.
            _ = try await world.rebuild()
            #expect(try await Self.snapshot(world) == before)
            #expect(try await world.count("select count(*) from practice.encounter_shadow") == 0)
            let report = try await world.comparison()
            #expect(report.isEqual)
            #expect(report.events == Int64(OrderTests.news.count * 2 + 1))
        }
    }

    @Test func `the projector goes on after the tables were exchanged`() async throws {
        try await World.with { world in
            try await tellAll(world)
            try await world.project()
            _ = try await world.rebuild()
            try await world.tell(Visit(number: "SP9", person: .kit).admitted("2026-03-04T01:00:00Z"))
            try await world.project()
            #expect(try await world.count("select count(*) from practice.encounter") == 9)
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test func `what was taken out of the log is in no view made since, live or rebuilt`() async throws {
        try await World.with { world in
            try await tellAll(world)
            try await world.project()
            // The first of them tells of an admission, and the leaf is not what is tested here.
            try await world.owner.query(
                """
                select event_log.redact('ZX901', h.position, h.recorded_at, h.range || sha256('leaf'), 1, array[1], sha256('leaf'), sha256('salt'),
                    '{"approved_by":"b","by":"a","positions":[1],"reason":"c"}')
                from event_log.head h where h.log = 'ZX901'
                """)
            try await world.project()
            _ = try await world.rebuild()
            #expect(try await world.comparison().isEqual)
            #expect(try await world.count("select count(*) from practice.poison") == 1)
            // A projector that knew the event before does not bring it back with what is told next.
            try await world.tell(OrderTests.news[1])
            try await world.project()
            #expect(try await world.comparison().isEqual)
            let made = try await Self.snapshot(world)
            _ = try await world.rebuild()
            #expect(try await Self.snapshot(world) == made)
        }
    }

    @Test func `a rebuild of what was never projected makes it`() async throws {
        try await World.with { world in
            _ = try await world.rebuild()
            #expect(try await Self.snapshot(world) == [])
            try await tellAll(world)
            _ = try await world.rebuild()
            #expect(try await world.count("select count(*) from practice.encounter") == 8)
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test func `news and looks go on while it runs, and nothing is lost`() async throws {
        try await World.with { world in
            for number in 0..<400 {
                try await world.tell(
                    Visit(number: "SP\(number)", person: .billie).admitted("2026-03-02T21:00:00Z"))
            }
            try await world.project()
            let progress = Progress()
            let projector = Projector(
                pool: world.projectorPool, reader: world.reader, logger: .silent, reached: progress.reached)
            let projecting = Task { try await projector.run() }
            let isDone = Flag()
            let telling = Task {
                var number = 400
                while !isDone.isRaised {
                    try await world.tell(
                        Visit(number: "SP\(number)", person: .billie).admitted("2026-03-02T21:00:00Z"))
                    number += 1
                }
                return number
            }
            let looking = Task {
                var fewest = Int.max
                while !isDone.isRaised {
                    fewest = min(fewest, try await world.page(.inHospital, limit: 1).total)
                }
                return fewest
            }
            let pool = PostgresPool(world.database.configuration(user: "primary_conect_projector"))
            let phases = Phases()
            for round in 0..<4 {
                let reader = EventReader(pool: pool)
                _ = try await Rebuild(pool: pool, reader: reader, logger: .silent).run(progress: phases.note)
                guard round.isMultiple(of: 2) else { continue }
                // What is compared stands still, whatever is told, projected and exchanged meanwhile.
                let report = try await ViewComparison(pool: pool, reader: reader).run(progress: phases.note)
                #expect(report.isEqual && report.events >= 400, "\(report.differences)")
            }
            isDone.raise()
            let told = try await telling.value
            #expect(try await looking.value >= 400)
            await progress.wait(for: World.hospital, Position(Int64(told)))
            projecting.cancel()
            _ = await projecting.result
            #expect(try await world.page(.inHospital, limit: 1).total == told)
            let report = try await world.comparison()
            #expect(report.isEqual, "\(report.differences)")
            #expect(phases.seen.isSuperset(of: [.folding, .writing, .swapping, .comparing]))
            await pool.close()
        }
    }

    @Test func `a second rebuild overtakes the first`() async throws {
        try await World.with { world in
            try await tellAll(world)
            let begun = try await world.projectorPool.query("select practice.begin_rebuild()::text")
            let first = try #require(begun.first).decode(0, as: String.self)
            _ = try await world.projectorPool.query("select practice.begin_rebuild()")
            for statement in [
                "select practice.hold_rebuild(\(first)::uuid)", "select practice.swap_rebuild(\(first)::uuid, '')",
            ] as [SQL] {
                let error = await #expect(throws: PostgresError.self) { try await world.projectorPool.query(statement) }
                #expect(error?.sqlState == "55000")
            }
            _ = try await world.rebuild()
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test func `the exchange is refused while the twins are behind`() async throws {
        try await World.with { world in
            try await tellAll(world)
            try await world.project()
            let begun = try await world.projectorPool.query("select practice.begin_rebuild()::text")
            let id = try #require(begun.first).decode(0, as: String.self)
            let error = await #expect(throws: PostgresError.self) {
                try await world.projectorPool.query("select practice.swap_rebuild(\(id)::uuid, '')")
            }
            #expect(error?.sqlState == "55000")
            #expect(try await world.count("select count(*) from practice.encounter") == 8)
        }
    }

    @Test func `a comparison names each row that was changed, added or taken away`() async throws {
        try await World.with { world in
            try await tellAll(world)
            try await world.project()
            #expect(try await world.comparison().isEqual)
            try await world.owner.pipeline([
                "update practice.encounter set family = 'X' where hospital = 'ZX901' and status = 'cancelled'",
                "delete from practice.encounter where hospital = 'ZX902' and status = 'cancelled'",
                """
                insert into practice.encounter_state (hospital, encounter, patient, shown_since, state)
                values ('ZX901', 'a', 'b', now(), '{"facts":[],"key":"a"}')
                """,
                "delete from practice.poison",
                "update practice.feed set messages = messages + 1 where hospital = 'ZX902'",
            ])
            let report = try await world.comparison()
            #expect(report.differenceCount == 5)
            #expect(
                Set(report.differences.map { "\($0.table) \($0.hospital) \($0.kind.rawValue)" }) == [
                    "encounter ZX901 different", "encounter ZX902 missing", "encounter_state ZX901 superfluous",
                    "poison ZX901 missing", "feed ZX902 different",
                ])
            _ = try await world.rebuild()
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test func `the patients of a practice that closed go to its successor with the next rebuild, and so does later news`()
        async throws
    {
        try await World.with { world in
            let stay = Visit(number: "SP1", person: .billie)
            try await world.tell(stay.admitted("2026-03-02T21:00:00Z"))
            try await world.project()
            #expect(try await world.names(.inHospital) == ["Nightingale-Ashworth"])
            var succession = PracticeSuccession()
            try succession.add(
                try #require(ODSPracticeCode("Z99001")), to: try #require(ODSPracticeCode("Z99002")),
                from: LondonDay(number: 20_000))
            // A projector that works while the views change hands must not go on with the practices of before.
            var following = LogProjector(
                hospital: World.hospital, target: .live, basis: try await ViewBasis.load(from: world.projectorPool),
                channel: .pool(world.projectorPool))
            try await following.start()
            _ = try await Rebuild(
                pool: world.projectorPool, reader: world.reader, logger: .silent,
                successors: PracticeSuccessors(succession, at: LondonDay(number: 20_000))
            ).run()
            #expect(try await world.names(.inHospital) == [])
            #expect(try await world.names(.inHospital, of: "Z99002") == ["Nightingale-Ashworth"])
            try await world.tell(stay.moved(to: "5A", "2026-03-02T22:00:00Z"))
            await #expect(throws: ProjectionError.checkpointMoved(hospital: "ZX901")) {
                try await following.project(through: Position(2), from: world.reader)
            }
            try await world.project()
            #expect(try await world.page(.inHospital, of: "Z99002").items.map(\.row.location.ward) == ["5A"])
            #expect(try await world.comparison().isEqual)
            // The day before it closed it stands for itself.
            _ = try await Rebuild(
                pool: world.projectorPool, reader: world.reader, logger: .silent,
                successors: PracticeSuccessors(succession, at: LondonDay(number: 19_999))
            ).run()
            #expect(try await world.names(.inHospital) == ["Nightingale-Ashworth"])
        }
    }

    @Test func `without all indexes nothing is exchanged, and a rebuild that died costs the next one nothing`()
        async throws
    {
        try await World.with { world in
            let indexes: SQL = """
                select tablename || ' ' || indexdef
                    || coalesce(obj_description(format('practice.%I', indexname)::regclass, 'pg_class'), '')
                from pg_indexes where schemaname = 'practice' order by 1
                """
            let read = { try await world.owner.query(indexes).map { try $0.decode(0, as: String.self) } }
            try await world.owner.pipeline([
                "comment on index practice.encounter_patient_idx is 'a remark'",
                "comment on index practice.encounter_shadow_patient_idx is 'a remark'",
            ])
            try await tellAll(world)
            try await world.project()
            let before = try await read()
            let begun = try await world.projectorPool.query("select practice.begin_rebuild()::text")
            let id = try #require(begun.first).decode(0, as: String.self)
            #expect(try await read().filter { $0.hasPrefix("encounter_shadow ") }.count == 1)
            try await world.owner.query("insert into practice.checkpoint_shadow select * from practice.checkpoint")
            for part in 0..<2 as Range<Int32> {
                let error = await #expect(throws: PostgresError.self) {
                    try await world.projectorPool.query("select practice.swap_rebuild(\(id)::uuid, '')")
                }
                #expect(error?.sqlState == "55000")
                try await world.projectorPool.query(RebuildStatements.index(id, part: part, of: 2))
            }
            #expect(try await read() == before)
            // Here it died; the next died sooner.
            try await world.projectorPool.query("select practice.begin_rebuild()")
            _ = try await world.rebuild()
            #expect(try await read() == before)
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test func `policies, indexes and grants are those of before`() async throws {
        try await World.with { world in
            let catalogue: SQL = """
                select c.relname || ' ' || c.relrowsecurity || c.relforcerowsecurity || coalesce(c.relacl::text, '')
                    || coalesce((select string_agg(p.polname || pg_get_expr(p.polqual, p.polrelid), ','
                                                 order by p.polname)
                                 from pg_policy p where p.polrelid = c.oid), '')
                    || coalesce((select string_agg(i.indexname || i.indexdef, ',' order by i.indexname)
                                 from pg_indexes i where i.schemaname = 'practice' and i.tablename = c.relname), '')
                    || coalesce(obj_description(c.oid, 'pg_class'), '')
                from pg_class c where c.relnamespace = 'practice'::regnamespace and c.relkind = 'r' order by c.relname
                """
            let before = try await world.owner.query(catalogue).map { try $0.decode(0, as: String.self) }
            try await tellAll(world)
            _ = try await world.rebuild()
            let after = try await world.owner.query(catalogue).map { try $0.decode(0, as: String.self) }
            #expect(after == before)
            #expect(before.filter { $0.contains(" truetrue") }.count == 25)
        }
    }
}

/// Raised once.
private final class Flag: Sendable {
    private let state = Atomic(false)

    var isRaised: Bool { state.load(ordering: .acquiring) }

    func raise() { state.store(true, ordering: .releasing) }
}

/// Which phases a rebuild has gone through.
private final class Phases: Sendable {
    private let state = Mutex<Set<RebuildProgress.Phase>>([])

    var seen: Set<RebuildProgress.Phase> { state.withLock { $0 } }

    @Sendable func note(_ progress: RebuildProgress) { state.withLock { _ = $0.insert(progress.phase) } }
}
