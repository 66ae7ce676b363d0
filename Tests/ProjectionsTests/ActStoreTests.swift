import Admissions
import EventSourcing
import Postgres
@testable import Projections
import Testing

/// What staff do: written once, shown at once, rebuilt to the same rows, and to nobody else.
@Suite(.timeLimit(.minutes(2)))
struct ActStoreTests {
    private static let day = LondonDay(of: instant("2026-03-03T08:00:00Z"))

    private func command(_ number: Int, asking: String = "") -> CommandKey {
        let id = "00000000-0000-4000-8000-00000000000\(number)"
        // A constant of the test.
        return CommandKey(id: id, digest: Digest(of: Array((id + asking).utf8))).unsafelyUnwrapped
    }

    private func act(_ number: Int, asking: String = "", at: String = "2026-03-03T08:01:00Z") -> StaffAct {
        StaffAct(by: "kay", role: .practiceCoach, at: instant(at), command: command(number, asking: asking))
    }

    private func store(_ world: World) -> ActStore {
        ActStore(pool: world.servicePool, now: { instant("2026-03-03T08:01:01Z") }, projectionWaitMax: .zero)
    }

    private func raise(
        _ number: Int, about ref: String, practice: String = "Z99001", asking: String = ""
    ) -> ActOrder<Concern> {
        let command = command(number, asking: asking)
        return ActOrder(
            access: World.access(practice), act: act(number, asking: asking), command: command, patientRef: ref,
            stream: { _ in Concern.stream(command) }, subject: \.subject
        ) { _, patient throws(ActRefusal) in
            guard let patient else { throw .patientUnknown }
            return .raise(.housing, about: patient, note: nil, owner: .role(.practiceCoach), review: Self.day + 7)
        }
    }

    private func mark(_ number: Int, _ ref: String) -> ActOrder<HuddleDay> {
        ActOrder(
            access: World.access(), act: act(number), command: command(number), patientRef: ref,
            stream: { _ in HuddleDay.stream(Self.day) }
        ) { _, patient throws(ActRefusal) in
            guard let patient else { throw .patientUnknown }
            return .discuss(patient)
        }
    }

    private func snapshot(_ world: World) async throws -> [String] {
        try await world.owner.query(
            """
            select 'concern' || e::text as row from practice.concern e
            union all select 'action' || e::text from practice.action e
            union all select 'discussion' || e::text from practice.discussion e
            union all select 'huddle' || e::text from practice.huddle e
            union all select 'symphony' || e::text from practice.symphony e
            union all select 'poison' || e::text from practice.poison e
            order by row
            """
        ).map { try $0.decode(0, as: String.self) }
    }

    /// Two patients of a practice, and acts of every kind about them.
    private func doAll(_ world: World) async throws -> [String] {
        try await world.tell(Visit(number: "SP1", person: .billie).admitted("2026-03-02T21:14:00Z"))
        try await world.tell(Visit(number: "SP2", person: .kit).admitted("2026-03-02T22:14:00Z"))
        try await world.project()
        let refs = try await world.page(.inHospital).items.map(\.row.patient.ref)
        let store = store(world)
        _ = try await store.carryOut(raise(1, about: refs[0]))
        _ = try await store.carryOut(raise(2, about: refs[1]))
        for (number, ref) in zip(3..., refs) { _ = try await store.carryOut(mark(number, ref)) }
        let add = command(5)
        _ = try await store.carryOut(
            ActOrder<HuddleAction>(
                access: World.access(), act: act(5), command: add, patientRef: refs[0],
                stream: { _ in HuddleAction.stream(add) }
            ) { _, patient throws(ActRefusal) in
                guard let patient else { throw .patientUnknown }
                return .add(.call, about: patient, who: .person("kay"), due: Self.day + 1, note: nil)
            })
        _ = try await store.carryOut(
            ActOrder<SymphonyScore>(
                access: World.access(), act: act(6), command: command(6), patientRef: refs[1],
                stream: { patient in patient.map(SymphonyScore.stream(of:)) ?? StreamName("symphony:") }
            ) { _, patient throws(ActRefusal) in
                guard let patient else { throw .patientUnknown }
                return .record(9, scoredOn: Self.day, of: patient)
            })
        _ = try await store.carryOut(
            ActOrder<HuddleDay>(
                access: World.access(), act: act(7), command: command(7), stream: { _ in HuddleDay.stream(Self.day) }
            ) { _, _ in .close(attendees: ["kay", "sam"], notDiscussed: 3) })
        return refs
    }

    @Test func `rows of acts are what a rebuild makes of them, and a comparison sees one that is not`() async throws {
        try await World.with { world in
            let refs = try await doAll(world)
            try await world.project()
            let live = try await snapshot(world)
            #expect(live.count == 7)
            let shown = try await store(world).huddle(on: Self.day, World.access())
            #expect(shown.discussions.map(\.patientRef) == refs.sorted())
            #expect(shown.attendees == ["kay", "sam"])
            #expect(shown.version == 3 && shown.notDiscussed == 3)
            _ = try await world.rebuild()
            #expect(try await snapshot(world) == live)
            _ = try await world.rebuild()
            #expect(try await snapshot(world) == live)
            #expect(try await world.comparison().isEqual)
            try await world.owner.query("update practice.concern set state = 'closed' where concern_id like '%1'")
            try await world.owner.query("delete from practice.discussion")
            #expect(try await world.comparison().differenceCount == 2)
        }
    }

    @Test func `a command sent again is answered as the first time, and another under its name is refused`() async throws {
        try await World.with { world in
            let refs = try await doAll(world)
            let again = try await store(world).carryOut(raise(1, about: refs[0]))
            #expect(again.isReplay && again.patientRef == refs[0])
            #expect(again.state.memory.eventCount == 1)
            await #expect(throws: ActRefusal.keyReused) {
                _ = try await store(world).carryOut(raise(1, about: refs[0], asking: "something else"))
            }
            // Refused over what stands: the look is recorded all the same.
            await #expect(throws: ActRefusal.rejected(ActRejection(.alreadyDiscussed))) {
                _ = try await store(world).carryOut(mark(8, refs[0]))
            }
            #expect(try await world.count("select count(*) from event_log.event where log = 'Z99001'") == 7)
        }
    }

    @Test func `what was done about a record goes with it when a hospital joins it to another, and comes back`()
        async throws
    {
        try await World.with { world in
            let refs = try await doAll(world)
            try await world.project()
            func refOf(_ family: String) async throws -> String {
                try #require(
                    await world.page(.inHospital).items.first { $0.row.patient.family == family }?.row.patient.ref)
            }
            let (billie, kit) = (try await refOf("Nightingale-Ashworth"), try await refOf("Abernathy"))
            #expect(Set([billie, kit]) == Set(refs))
            try await world.tell(Person.billie.merged(.kit, "2026-03-03T08:02:00Z"), told: "2026-03-03T08:02:00Z")
            try await world.project()
            let joined = try await world.page(.concerns).items
            #expect(Set(joined.map(\.row.patient.ref)) == [billie])
            #expect(joined.first?.concerns.count == 2)
            #expect(try await world.page(.inHospital).items.allSatisfy { $0.discussed != nil })
            let store = store(world)
            #expect(try await store.concerns(World.access(), state: nil).map(\.patientRef) == [billie, billie])
            #expect(try await Set(store.huddle(on: Self.day, World.access()).discussions.map(\.patientRef)) == [billie])
            let details = DetailReader(pool: world.servicePool, now: { instant("2026-03-03T08:03:00Z") })
            #expect(try await details.patient(billie, access: World.access()).found.acts.concerns.count == 2)
            let gone = try await details.patient(kit, access: World.access()).found
            #expect(gone.rows.isEmpty && gone.mergedInto == billie)
            #expect(try await details.patient(kit, access: World.access("Z99002")).found.mergedInto == nil)
            await #expect(throws: ActRefusal.merged(into: billie)) {
                _ = try await store.carryOut(raise(8, about: kit))
            }
            let live = try await RebuildTests.snapshot(world)
            _ = try await world.rebuild()
            #expect(try await RebuildTests.snapshot(world) == live)
            try await world.tell(
                Person.billie.merged(.kit, "2026-03-03T08:05:00Z", isUndo: true), told: "2026-03-03T08:05:00Z")
            try await world.project()
            let parted = try await world.page(.concerns).items
            #expect(Set(parted.map(\.row.patient.ref)) == [billie, kit])
            #expect(parted.allSatisfy { $0.concerns.count == 1 })
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test func `acts are told to their practice with whom they are about, and to nobody else`() async throws {
        try await World.with { world in
            let refs = try await doAll(world)
            try await world.project()
            let told = try await world.changes().changes.map(\.change).filter { $0.hospital == nil }
            let raised = told.filter { $0.type.rawValue == "concern.raised" }
            #expect(raised.map(\.patientRef).allSatisfy { $0.map(refs.contains) == true } && raised.count == 2)
            #expect(raised.allSatisfy { $0.lists == ["concerns", "huddle"] })
            let discussed = told.filter { $0.type.rawValue == "huddle.discussed" }
            #expect(Set(discussed.compactMap(\.patientRef)) == Set(refs) && discussed.count == 2)
            #expect(discussed.allSatisfy { $0.lists == [PracticeChange.allLists] })
            #expect(told.count == 7)
            #expect(try await world.changes(of: "Z99002").changes.allSatisfy { $0.change.hospital != nil })
        }
    }

    @Test func `a ref of another practice is of nobody, and its acts are seen by nobody else`() async throws {
        try await World.with { world in
            let refs = try await doAll(world)
            try await world.project()
            await #expect(throws: ActRefusal.patientUnknown) {
                _ = try await store(world).carryOut(raise(9, about: refs[0], practice: "Z99002"))
            }
            #expect(try await world.count("select count(*) from event_log.event where log = 'Z99002'") == 0)
            let others = try await store(world).concerns(World.access("Z99002"), state: nil)
            #expect(others.isEmpty)
            let own = try await store(world).concerns(World.access(), state: "open")
            #expect(own.map(\.patientRef).sorted() == refs.sorted())
            for table in ["concern", "discussion", "huddle", "action", "symphony"] {
                let rows = try await world.servicePool.query("select count(*) from practice.\(identifier: table)")
                #expect(try rows.first?.decode(0, as: Int64.self) == 0)
            }
        }
    }

    @Test func `an act that cannot be read is passed over and put aside`() async throws {
        try await World.with { world in
            _ = try await doAll(world)
            try await world.owner.query(
                """
                insert into event_log.event (position, recorded_at, log, stream, type, leaf_hash, salt, payload)
                values (8, '2026-03-03T08:02:00Z', 'Z99001', 'concern:00000000-0000-4000-8000-000000000001',
                        'concern.closed.v1', '', '', '{}')
                """)
            try await world.owner.query("update event_log.head set position = 8 where log = 'Z99001'")
            try await world.project()
            #expect(try await world.count("select count(*) from practice.poison where position = 8") == 1)
            #expect(try await world.count("select count(*) from practice.concern where state = 'open'") == 2)
            #expect(try await world.comparison().isEqual)
        }
    }
}
