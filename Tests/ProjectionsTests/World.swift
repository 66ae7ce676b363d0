import Admissions
import EventLog
import EventSourcing
import Logging
import Postgres
import Projections
import Synchronization
import TestSupport
import Testing

/// A database of its own, with hospitals that tell and practices that look.
final class World: Sendable {
    static let hospital = LogName("ZX901") ?? fallback
    static let other = LogName("ZX902") ?? fallback
    // The codes above are sound; this is never used.
    private static let fallback = LogName("X").unsafelyUnwrapped

    let database: TestDatabase
    let log: GroupCommit
    let projectorPool: PostgresPool
    let servicePool: PostgresPool
    let owner: PostgresPool
    let reader: EventReader
    let projector: Projector
    let clock = TestTime()
    private let messages = Mutex(0)

    private init(_ database: TestDatabase) {
        self.database = database
        let clock = clock
        log = GroupCommit(configuration: database.configuration(user: "primary_conect_ingest"), now: { clock.now })
        projectorPool = PostgresPool(database.configuration(user: "primary_conect_projector"))
        servicePool = PostgresPool(database.configuration(user: "primary_conect_service"))
        owner = PostgresPool(database.configuration(user: "postgres"))
        reader = EventReader(pool: projectorPool)
        projector = Projector(pool: projectorPool, reader: reader, logger: .silent)
        log.start()
    }

    /// Runs a test in a world of its own.
    @discardableResult
    static func with<R>(_ body: (World) async throws -> R) async throws -> R {
        let world = World(try await PostgresFixture.database())
        do {
            let result = try await body(world)
            await world.close()
            return result
        } catch {
            await world.close()
            throw error
        }
    }

    private func close() async {
        await log.stop()
        for pool in [projectorPool, servicePool, owner] { await pool.close() }
    }

    // MARK: Telling

    /// One message of a hospital, recorded at `told` or at the clock's time; gives the position of its event.
    @discardableResult
    func tell(_ event: AdmissionEvent, told: String? = nil, by hospital: LogName = World.hospital) async throws
        -> Position
    {
        try await tell(event.newEvent, told: told, by: hospital)
    }

    @discardableResult
    func tell(_ event: NewEvent, told: String? = nil, by hospital: LogName = World.hospital) async throws -> Position {
        if let told { clock.set(instant(told)) }
        return try await log.append(entry(event, by: hospital)).last
    }

    /// Several messages in this order, as one batch or a few.
    func tell(_ events: [AdmissionEvent], by hospital: LogName = World.hospital) async throws {
        for event in events { try await tell(event, by: hospital) }
    }

    func entry(_ event: NewEvent, by hospital: LogName) -> Entry {
        let number = messages.withLock { count in
            count += 1
            return count
        }
        return Entry(
            log: hospital,
            message: ReceivedMessage(
                sender: "TEST|\(hospital)", controlID: "\(number)", bytes: Array("message \(number)".utf8),
                trigger: "ADT^A00", disposition: .read, reason: nil, answer: "AA", receivedFrom: "test"),
            events: [event])
    }

    /// A number that was not given before.
    func messagesTold() -> Int {
        messages.withLock { count in
            count += 1
            return count
        }
    }

    func project() async throws {
        for log in try await reader.logs() { try await projector.catchUp(log) }
    }

    // MARK: Looking

    static func access(_ practice: String = "Z99001", list: PracticeList = .inHospital) -> AccessRequest {
        AccessRequest(
            practice: practice, subject: "dr-test", role: "practice-clinician", client: "tests",
            purpose: "direct-care", route: "lists/\(list.rawValue)", requestID: "r-1")
    }

    func lists(now: String = "2026-03-03T08:00:00Z") -> ListReader {
        let now = instant(now)
        return ListReader(pool: servicePool, now: { now })
    }

    @discardableResult
    func page(
        _ list: PracticeList, of practice: String = "Z99001", since: String? = nil, limit: Int = 50,
        cursor: String? = nil, now: String = "2026-03-03T08:00:00Z"
    ) async throws -> ListPage {
        try await lists(now: now).rows(
            of: list, access: Self.access(practice, list: list), since: since.map(instant), limit: limit, cursor: cursor
        )
    }

    /// Family names of a list, in its order.
    func names(_ list: PracticeList, of practice: String = "Z99001", since: String? = nil) async throws -> [String] {
        try await page(list, of: practice, since: since).items.map { $0.row.patient.family ?? "" }
    }

    func count(_ sql: SQL) async throws -> Int {
        let result = try await owner.query(sql)
        return Int(try #require(result.first).decode(0, as: Int64.self))
    }

    /// All rows of the view as text, without refs (each database has its own key).
    /// What the rows show, without what hangs on the order in which we were told: where rows stood before, and since when.
    func rowsWithoutRefs() async throws -> [String] {
        let result = try await owner.query(
            """
            select (to_jsonb(e) - 'encounter_ref' - 'patient_ref' - 'linked_ref' - 'shown_since')::text as row
            from practice.encounter e where e.status <> 'withdrawn' order by row
            """)
        return try result.map { try $0.decode(0, as: String.self) }
    }

    func comparison() async throws -> ViewComparison.Report {
        try await ViewComparison(pool: projectorPool, reader: reader).run()
    }

    func rebuild() async throws -> Rebuild.Summary {
        try await Rebuild(pool: projectorPool, reader: reader, logger: .silent).run()
    }
}

/// A clock that stands where it is put.
final class TestTime: Sendable {
    private let time = Mutex(instant("2026-03-02T12:00:00Z"))

    var now: Instant { time.withLock { $0 } }

    func set(_ instant: Instant) {
        time.withLock { $0 = instant }
    }
}

extension Logger {
    static let silent = Logger(label: "tests", factory: { _ in SwiftLogNoOpLogHandler() })
}
