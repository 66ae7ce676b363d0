import Admissions
import EventLog
import EventSourcing
import Postgres
@testable import Projections
import TestSupport
import Testing

/// What is told of a patient afterwards, to whom, and how much of it.
@Suite struct HistoryTests {
    static let stay = Visit(number: "SP1", person: .kit)

    /// Admitted late told, moved, sent home, which is taken back; then the patient registers elsewhere.
    func tellStay(_ world: World) async throws {
        let admitted = Self.stay.admitted("2026-03-02T10:00:00Z", recorded: "2026-03-02T10:20:00Z")
        try await world.tell(
            AdmissionEvent(
                kind: .admitted, telling: admitted.telling, occurredField: .admitted, patient: admitted.patient,
                encounter: admitted.encounter), told: "2026-03-02T11:30:00Z")
        try await world.tell(Self.stay.moved(to: "9A", "2026-03-02T12:00:00Z"), told: "2026-03-02T12:01:00Z")
        try await world.tell(Self.stay.moved(to: "9A", "2026-03-02T12:00:00Z"), told: "2026-03-02T12:02:00Z")
        try await world.tell(Self.stay.discharged("2026-03-02T13:00:00Z"), told: "2026-03-02T13:01:00Z")
        try await world.tell(Self.stay.dischargeCancelled("2026-03-02T13:30:00Z"), told: "2026-03-02T13:31:00Z")
        try await world.project()
        try await world.page(.inHospital)
        try await world.tell(
            Person.kit.registered(at: "Z99002").updated("2026-03-02T14:00:00Z"), told: "2026-03-02T14:01:00Z")
        try await world.project()
    }

    func ref(_ kind: String, of practice: String, in world: World) async throws -> String {
        let column: SQL = kind == "enc" ? "encounter_ref" : "patient_ref"
        let result = try await world.owner.query(
            "select \(column) from practice.encounter where practice = \(practice) order by shown_since limit 1")
        return try #require(result.first).decode(0)
    }

    func history(
        _ world: World, _ ref: String, of practice: String, role: String = "practice-clinician"
    ) async throws -> History? {
        var access = World.access(practice)
        access.role = role
        access.route = "patients/history"
        return try await HistoryReader(pool: world.servicePool).history(of: .ref(ref), access: access).found
    }

    func past(_ world: World, _ body: (HistoryReader) async throws -> Void) async throws {
        try await world.withPast { try await body(HistoryReader(pool: world.servicePool, past: $0)) }
    }

    func asAuditor<R>(_ world: World, _ body: (HistoryReader) async throws -> R) async throws -> R {
        let pool = PostgresPool(world.database.configuration(user: "primary_conect_auditor"))
        do {
            let result = try await body(HistoryReader(pool: pool, login: .auditor))
            await pool.close()
            return result
        } catch {
            await pool.close()
            throw error
        }
    }

    @Test func `each event says what it changed, when it happened, and what took it back`() async throws {
        try await World.with { world in
            try await tellStay(world)
            let ref = try await ref("enc", of: "Z99002", in: world)
            let found = try #require(try await history(world, ref, of: "Z99002"))
            #expect(
                found.items.map(\.words) == [
                    "Admitted", "Moved within the hospital", "Moved within the hospital", "Discharged",
                    "Discharge taken back", "Patient record updated",
                ])
            let late = found.items[0]
            #expect(late.happened?.instant == instant("2026-03-02T10:00:00Z") && late.happenedField == .admitted)
            #expect(late.toldAt == instant("2026-03-02T11:30:00Z") && late.visit == ref)
            #expect(late.changes.contains(HistoryChange(field: .ward, before: nil, after: "7B")))
            #expect(late.changes.contains(HistoryChange(field: .whose, before: nil, after: "this patient")))
            #expect(
                found.items[1].changes == [
                    HistoryChange(field: .ward, before: "7B", after: "9A"),
                    HistoryChange(field: .bay, before: "1", after: "2"),
                    HistoryChange(field: .bed, before: "3", after: "9"),
                ])
            #expect(found.items[2].repeats == Position(2) && found.items[2].changes.isEmpty)
            #expect(found.items[3].takenBackBy == Position(5))
            #expect(
                found.items[4].changes.first == HistoryChange(field: .status, before: "finished", after: "in-progress"))
            #expect(found.items.map { $0.takenBackBy != nil } == [false, false, false, true, false, false])
            // The new practice does not learn which the old one was; identifiers are masked unless asked for.
            #expect(
                found.items[5].changes == [HistoryChange(field: .practice, before: "another practice", after: "Z99002")])
            #expect(late.changes.contains(HistoryChange(field: .name, before: nil, after: "•••")))
            #expect(found.items[0].source?.controlID == "1" && found.items[0].source?.receivedFrom == nil)
            #expect(found.visits.map(\.places.last?.text) == ["7B bay 1 bed 3"])
            #expect(found.looks.isEmpty && found.deliveries.isEmpty)
            #expect(found.rows.map(\.practice) == ["Z99002"])
        }
    }

    /// What a history says, apart from who else was told of it.
    private struct Said: Equatable {
        let items: [HistoryItem]
        let visits: [HistoryVisit]
        let rows: [HistoryRow]
        let hidesPlace: Bool

        init(_ history: History?) {
            (items, visits) = (history?.items ?? [], history?.visits ?? [])
            (rows, hidesPlace) = (history?.rows ?? [], history?.hidesPlace ?? false)
        }
    }

    @Test func `what a history said at each moment is what it says of that moment afterwards`() async throws {
        try await World.with { world in
            let story: [(AdmissionEvent, String)] = [
                (Self.stay.admitted("2026-03-02T10:00:00Z"), "2026-03-02T10:05:00Z"),
                (Self.stay.moved(to: "9A", "2026-03-02T11:00:00Z"), "2026-03-02T11:01:00Z"),
                // In the same moment, so that only a position tells the two apart.
                (Self.stay.discharged("2026-03-02T11:00:30Z"), "2026-03-02T11:01:00Z"),
                (Self.stay.dischargeCancelled("2026-03-02T12:00:00Z"), "2026-03-02T12:01:00Z"),
                (Person.kit.registered(at: "Z99002").updated("2026-03-02T13:00:00Z"), "2026-03-02T13:01:00Z"),
                (Self.moved(Self.stay, "8Y", at: "Z99002", "2026-03-02T14:00:00Z"), "2026-03-02T14:01:00Z"),
                (Person.kit.updated("2026-03-02T15:00:00Z"), "2026-03-02T15:01:00Z"),
                (Self.stay.discharged("2026-03-02T16:00:00Z"), "2026-03-02T16:01:00Z"),
            ]
            struct Noted {
                let practice: String
                let ref: String
                let role: String
                let position: Position
                let told: String
                let said: Said
            }
            var noted: [Noted] = []
            for (event, told) in story {
                let position = try await world.tell(event, told: told)
                try await world.project()
                let rows = try await world.owner.query(
                    "select distinct practice, unnest(array[encounter_ref, patient_ref]) from practice.encounter")
                for row in rows {
                    let (practice, ref) = try row.decode(String.self, String.self)
                    for role in ["practice-clinician", "auditor"] {
                        let said = Said(try await history(world, ref, of: practice, role: role))
                        noted.append(Noted(
                            practice: practice, ref: ref, role: role, position: position, told: told, said: said))
                    }
                }
            }
            #expect(Set(noted.map(\.practice)) == ["Z99001", "Z99002"] && noted.count > 40)
            try await past(world) { reader in
                var narrowed = 0
                for noted in noted {
                    var access = World.access(noted.practice)
                    access.role = noted.role
                    let today = Said(
                        try await reader.history(of: .ref(noted.ref), access: access).found).items.map(\.position)
                    var moments = [AsAtMoment.position(World.hospital, noted.position)]
                    if noted.position != Position(2) { moments.append(.time(instant(noted.told))) }
                    for moment in moments {
                        let found = try await reader.history(of: .ref(noted.ref), access: access, at: moment)
                        let said = Said(found.found)
                        // To a practice never more than both then and today; in this story it is told today what it
                        // was told then.
                        #expect(said == noted.said, "\(noted.practice) \(noted.role) \(noted.position)")
                        #expect(said.items.allSatisfy { today.contains($0.position) })
                        if said.items.count < today.count { narrowed += 1 }
                        #expect(found.cut?.moment == instant(noted.told))
                    }
                }
                #expect(narrowed > 20)
                // Before the practice had the patient it knew nothing of them, and before the log nobody did.
                let late = try #require(noted.last { $0.practice == "Z99002" && $0.role != "auditor" })
                let before = try await reader.history(
                    of: .ref(late.ref), access: World.access("Z99002"), at: .time(instant("2026-03-02T12:30:00Z")))
                #expect(before.found?.isEmpty == true && before.found?.rows.isEmpty == true)
                await #expect(throws: ProjectionError.momentUnknown) {
                    _ = try await reader.history(
                        of: .ref(late.ref), access: World.access("Z99002"), at: .position(World.hospital, Position(99)))
                }
            }
        }
    }

    private static func moved(_ stay: Visit, _ ward: String, at practice: String, _ time: String) -> AdmissionEvent {
        var stay = stay
        stay.person = stay.person.registered(at: practice)
        return stay.moved(to: ward, time)
    }

    @Test func `what is hidden today is hidden of the past`() async throws {
        try await World.with { world in
            let stay = Visit(number: "SP1", person: .kit)
            try await world.tell(stay.admitted("2026-03-02T10:00:00Z"), told: "2026-03-02T10:00:00Z")
            var later = stay
            later.ward = "GUM"
            try await world.tell(
                later.admitted("2026-03-02T10:00:00Z", recorded: "2026-03-02T11:00:00Z"), told: "2026-03-02T11:00:00Z")
            try await world.project()
            let ref = try await ref("enc", of: "Z99001", in: world)
            try await past(world) { reader in
                for role in ["practice-clinician", "auditor"] {
                    func said() async throws -> (items: Int, text: String) {
                        var access = World.access()
                        access.role = role
                        let moment = AsAtMoment.time(instant("2026-03-02T10:30:00Z"))
                        let found = try await reader.history(of: .ref(ref), access: access, at: moment).found
                        return (found?.items.count ?? 0, "\(String(describing: found))")
                    }
                    try await world.owner.query("update practice.installation set successors = ''")
                    #expect(try await said().text.contains("7B"))
                    for level in ["restricted", "withheld"] {
                        try await world.owner.query(
                            """
                            update practice.installation set successors = E'\\n' || 'ward' || E'\\tGUM\\t' || \(level)
                            """)
                        let (items, text) = try await said()
                        #expect(items == 1 && !text.contains("7B"), "\(level) \(role)")
                    }
                    try await world.owner.query("update practice.installation set successors = ''")
                }
                // It was another patient's: the practice that had it by mistake has its past no more.
                try await world.tell(
                    Visit(number: "SP1", person: .mo).taken(from: .kit, "2026-03-02T12:00:00Z"),
                    told: "2026-03-02T12:00:00Z")
                try await world.project()
                let found = try await reader.history(
                    of: .ref(ref), access: World.access(), at: .time(instant("2026-03-02T10:30:00Z")))
                #expect(found.found == nil)
            }
        }
    }

    @Test func `a practice is told of its own rows, and of those that moved on until they did`() async throws {
        try await World.with { world in
            try await tellStay(world)
            let before = try await ref("pt", of: "Z99001", in: world)
            let old = try #require(try await history(world, before, of: "Z99001"))
            #expect(old.items.count == 5 && old.items.allSatisfy { $0.toldAt < instant("2026-03-02T14:00:00Z") })
            #expect(old.rows.map(\.practice) == ["Z99001"] && old.rows[0].withdrawnAt == instant("2026-03-02T14:01:00Z"))
            #expect(!"\(old)".contains("Z99002"))
            #expect(try await history(world, before, of: "Z99002") == nil)
            // Whom a history shows is recorded with it.
            #expect(
                try await world.count(
                    """
                    select count(*) from audit.access a join audit.shown s on s.access = a.id
                    where a.route = 'patients/history' and s.refs = array[\(before)]
                    """) == 1)
            // Without a record the log is closed, and a stream is nobody's but the auditor's.
            for (role, ref, stream) in [(nil, before, nil), ("practice-clinician", nil, "patient:ZX901|L2")]
                as [(String?, String?, String?)]
            {
                let error = await #expect(throws: PostgresError.self) {
                    try await world.servicePool.transaction { transaction in
                        if let role {
                            try await transaction.query(
                                "select audit.open_access('Z99001', 's', \(role), 'c', 'p', 'r', 'r')")
                        }
                        return try await transaction.query(
                            """
                            select count(*) from event_log.history_events(\(ref as String?), 'ZX901', \(stream as String?), \
                                                                          10)
                            """)
                    }
                }
                #expect(error?.sqlState == "42501")
            }
        }
    }

    @Test func `the auditor is told who was told, and reads the messages`() async throws {
        try await World.with { world in
            try await tellStay(world)
            let ref = try await ref("pt", of: "Z99001", in: world)
            try await world.owner.query(
                """
                with hook as (
                    insert into practice.webhook (practice, webhook, url, types, secret, made_by, made_at, epoch, count,
                                                  test_due_at, leased_until)
                    values ('Z99001', gen_random_uuid(), 'https://hooks.example.org:8443/in?key=1', '{}',
                            decode(repeat('00', 32), 'hex'), 'kay', now(), 1, 0, now(), now())
                    returning practice, webhook)
                insert into practice.delivery (practice, webhook, event, type, patient_ref, told_at, due_at, state, attempts,
                                               tried_at, status)
                select practice, webhook, '1', 'encounter.admitted', \(ref), now(), now(), 'delivered', 1, now(), 204 from hook
                """)
            try await asAuditor(world) { reader in
                var access = World.access("ZX901")
                access.purpose = "case 17"
                let looked = try await reader.history(
                    of: .stream(World.hospital, StreamName("patient:ZX901|L2")), access: access, showsIdentifiers: true)
                let found = try #require(looked.found)
                #expect(found.items.count == 6 && found.items[0].source?.receivedFrom == "test")
                #expect(found.items[0].changes.contains(HistoryChange(field: .name, before: nil, after: "Abernathy, Kit")))
                #expect(
                    found.items[5].changes == [HistoryChange(field: .practice, before: "Z99001", after: "Z99002")])
                #expect(found.rows.map(\.practice) == ["Z99001", "Z99002"])
                #expect(found.looks.map(\.route) == ["lists/in-hospital"] && found.looks[0].subject == "dr-test")
                #expect(found.deliveries.map(\.host) == ["hooks.example.org"] && found.deliveries[0].status == 204)
                let messages = try await reader.messages([World.hospital: [Position(1), Position(4)]], access: access)
                #expect(messages[World.hospital]?.mapValues { String(decoding: $0, as: UTF8.self) } == [
                    Position(1): "message 1", Position(4): "message 4",
                ])
                #expect(try await reader.practice(of: ref) == "Z99001")
            }
            #expect(
                try await world.count("select count(*) from audit.access where role = 'auditor' and purpose = 'case 17'")
                    == 2)
            // The same by the service, for a token of that role; not by another role.
            #expect(try await history(world, ref, of: "Z99001", role: "auditor")?.looks.count == 2)
        }
    }

    @Test func `where a restricted patient is stays withheld, and what is withheld is not there`() async throws {
        try await World.with { world in
            let stay = Visit(number: "SP4", person: .sam, ward: "9Z")
            try await world.tell(stay.admitted("2026-03-02T10:00:00Z"))
            try await world.tell(stay.moved(to: "8Y", "2026-03-02T11:00:00Z"))
            try await world.project()
            let ref = try await ref("pt", of: "Z99001", in: world)
            let found = try #require(try await history(world, ref, of: "Z99001"))
            let text = "\(found)"
            for secret in ["9Z", "8Y", "Khan", "Fall at home", "TEST|"] { #expect(!text.contains(secret)) }
            #expect(found.hidesPlace && found.items.allSatisfy { $0.log == nil })
            #expect(found.items[1].changes.first == HistoryChange(field: .ward, before: "withheld", after: "withheld"))
            #expect(
                try await history(world, ref, of: "Z99001", role: "auditor")?.items[1].changes.first?.after == "withheld")
            let open = try await asAuditor(world) { reader in
                try await reader.history(of: .ref(ref), access: World.access(), showsIdentifiers: true).found
            }
            #expect(open?.items[1].changes.first?.after == "8Y")
        }
    }

    @Test func `a ward that was sensitive once is not told of later`() async throws {
        try await World.with { world in
            let stay = Visit(number: "SP1", person: .kit, ward: "GUM")
            try await world.tell(stay.admitted("2026-03-02T10:00:00Z"))
            var elsewhere = stay
            elsewhere.ward = "7B"
            try await world.tell(elsewhere.admitted("2026-03-02T10:00:00Z", recorded: "2026-03-02T10:30:00Z"))
            try await world.tell(elsewhere.moved(to: "8Y", "2026-03-02T11:00:00Z"))
            try await world.project()
            let ref = try await ref("enc", of: "Z99001", in: world)
            #expect("\(String(describing: try await history(world, ref, of: "Z99001")))".contains("GUM"))
            for (level, count) in [("restricted", 3), ("withheld", 2)] {
                // The stay is in no such ward any more, and its row says where it is.
                try await world.owner.query(
                    "update practice.installation set successors = E'\\n' || 'ward' || E'\\tGUM\\t' || \(level)")
                let found = try #require(try await history(world, ref, of: "Z99001"))
                #expect(found.items.count == count && found.hidesPlace, "\(level)")
                #expect(!"\(found)".contains("GUM") && !"\(found)".contains("8Y"))
            }
        }
    }

    @Test func `joined records are one history, and parted ones no longer the practice's`() async throws {
        try await World.with { world in
            var twin = Person.kit
            twin.number = "L9"
            let prior = PriorIdentity(identifiers: [try #require(twin.identifier)])
            try await world.tell(Self.stay.admitted("2026-03-02T10:00:00Z"))
            try await world.tell(
                Visit(number: "SP9", person: twin, encounterClass: .emergency).registered("2026-03-02T08:00:00Z"))
            try await world.tell(
                AdmissionEvent(
                    kind: .patientMerged,
                    telling: Telling(trigger: "A40", recorded: Moment(instant("2026-03-02T11:00:00Z"))),
                    patient: Person.kit.details, prior: prior))
            try await world.project()
            let ref = try await ref("pt", of: "Z99001", in: world)
            let joined = try #require(try await history(world, ref, of: "Z99001"))
            #expect(joined.items.count == 3 && joined.visits.count == 2)
            #expect(joined.items[2].changes == [HistoryChange(field: .records, before: nil, after: "2")])

            try await world.tell(
                .unmerged(
                    prior, from: Person.kit.details, by: "terminal:kay", reason: "two people",
                    at: instant("2026-03-02T12:00:00Z")))
            try await world.project()
            // Of the parted record's own visit nothing; of both people the merge was told, which is taken back.
            let parted = try #require(try await history(world, ref, of: "Z99001"))
            #expect(parted.visits.count == 1)
            #expect(parted.items.map(\.position.rawValue) == [1, 3, 4])
            #expect(parted.items[1].takenBackBy == Position(4) && parted.items[2].by == "terminal:kay")
            let all = try #require(try await history(world, ref, of: "Z99001", role: "auditor"))
            #expect(all.items.count == 4 && all.visits.count == 2)
            try await past(world) { reader in
                let joinedThen = try await reader.history(
                    of: .ref(ref), access: World.access(), at: .position(World.hospital, Position(3)))
                #expect(joinedThen.found?.items.map(\.position.rawValue) == [1, 3])
                #expect(joinedThen.found?.items[1].takenBackBy == nil)
            }
        }
    }

    @Test func `what staff did about the patient, and what the list says, stands with it`() async throws {
        try await World.with { world in
            let listing = Listing(practice: "Z99001", person: .kit)
            try await world.tell(try listing.joined(on: nil), by: listing.log)
            try await world.tell(Self.stay.admitted("2026-03-02T10:00:00Z"))
            try await world.tell(Visit(number: "SP2", person: .billie).admitted("2026-03-02T10:00:00Z"))
            try await world.project()
            let day = LondonDay(of: instant("2026-03-03T08:00:00Z"))
            let store = ActStore(
                pool: world.servicePool, now: { instant("2026-03-03T08:01:01Z") }, projectionWaitMax: .zero)
            for (number, row) in try await world.page(.inHospital).items.map(\.row).enumerated() {
                let id = "00000000-0000-4000-8000-00000000000\(number)"
                let command = try #require(CommandKey(id: id, digest: Digest(of: Array(id.utf8))))
                let order = ActOrder<HuddleDay>(
                    access: World.access(),
                    act: StaffAct(
                        by: "kay", role: .practiceCoach, at: instant("2026-03-03T08:01:00Z"), command: command),
                    command: command, patientRef: row.patient.ref, stream: { _ in HuddleDay.stream(day) }
                ) { _, patient throws(ActRefusal) in
                    guard let patient else { throw .patientUnknown }
                    return .discuss(patient)
                }
                _ = try await store.carryOut(order)
            }
            try await world.project()
            let kit = try await world.owner.query("select encounter_ref from practice.encounter where family = 'Abernathy'")
            let ref: String = try #require(kit.first).decode(0)
            let found = try #require(try await history(world, ref, of: "Z99001"))
            #expect(found.items.map(\.words) == ["Admitted", "Practice's list: listed", "Huddle discussed"])
            #expect(found.items[2].by == "kay" && found.items[2].log?.rawValue == "Z99001")
        }
    }
}
