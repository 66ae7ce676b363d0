import EventLog
import EventSourcing
import Postgres
import TestSupport
import Testing

/// What a practice tells of its list: in its own log, within an access record of that practice, all or nothing.
@Suite(.timeLimit(.minutes(2)))
struct PracticeListTests {
    // A code of the right form.
    static let practice = LogName("L99901").unsafelyUnwrapped

    private let database: TestDatabase
    private let lists: PracticeListLog

    init() async throws {
        database = try await PostgresFixture.database()
        lists = PracticeListLog(configuration: database.configuration(user: "primary_conect_operator"))
    }

    private func access(to practice: LogName = practice) -> ListAccess {
        ListAccess(
            practice: practice, subject: "test", purpose: "import-roster", route: "roster/\(practice)", requestID: "r-1"
        )
    }

    /// Events of as many people.
    private func listed(_ count: Int) -> [NewEvent] {
        (0..<count).map { number in
            let name = "registration:" + Digest(of: Array("person \(number)".utf8)).hexadecimal.prefix(32)
            return NewEvent(
                stream: StreamName(name), type: "registration.listed.v1", payload: Array("{\"number\":\(number)}".utf8),
                occurredAt: nil)
        }
    }

    @Test func `a list that is told begins the log of its practice, and every leaf verifies`() async throws {
        #expect(try await lists.events(access()) == [])
        let told = listed(12_003)
        let outcome = try await lists.append(told, seen: .origin, access())
        #expect(outcome == .appended(last: Position(12_003)))
        let stored = try await database.stored(Self.practice)
        #expect(stored.isWhole && stored.rows.count == 12_003)
        let events = try await lists.events(access())
        #expect(events.map(\.payload) == told.map(\.payload))
        #expect(events.map(\.position.rawValue) == Array(1...12_003))
    }

    @Test func `of two lists compared with the same list one is written`() async throws {
        _ = try await lists.append(listed(3), seen: .origin, access())
        let outcomes = try await withThrowingTaskGroup(of: PracticeListLog.Outcome.self) { group in
            for _ in 0..<4 {
                group.addTask { try await lists.append(listed(2), seen: Position(3), access()) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter { $0 == .overtaken }.count == 3)
        let stored = try await database.stored(Self.practice)
        #expect(stored.isWhole && stored.rows.count == 5)
    }

    @Test func `each look at a list and each telling is recorded for its practice`() async throws {
        _ = try await lists.append(listed(1), seen: .origin, access())
        _ = try await lists.events(access())
        let records = try await database.withSession { session in
            try session.execute(
                "select concat_ws(', ', practice, subject, role, purpose, route, login) from audit.access"
            ).map { try $0.decode(0, as: String.self) }
        }
        #expect(
            records
                == Array(
                    repeating: "L99901, test, operator, import-roster, roster/L99901, primary_conect_operator", count: 2
                ))
    }

    @Test func `without a record of the practice there is no list`() async throws {
        _ = try await lists.append(listed(1), seen: .origin, access())
        let refused = try await database.withSession(user: "primary_conect_operator") { session in
            var states: [String] = []
            let looks: [SQL] = [
                "select audit.open_operator_access('test', 'a test', 'quarantine', 'r-2')",
                "select audit.open_roster_access('L99902', 'test', 'a test', 'roster/L99902', 'r-2')",
            ]
            for look in looks {
                do {
                    try session.transaction {
                        try session.execute(look)
                        try session.execute("select type from event_log.registrations('L99901', 0, 10)")
                    }
                } catch let error as PostgresError {
                    states.append(error.sqlState ?? "")
                }
            }
            return states
        }
        #expect(refused == ["42501", "42501"])
    }

    @Test func `a hospital has no list`() async throws {
        let error = await #expect(throws: PostgresError.self) {
            _ = try await lists.append(listed(1), seen: .origin, access(to: Given.hospital))
        }
        #expect(error?.sqlState == "42501")
        #expect(try await database.stored(Given.hospital).rows.isEmpty)
    }

    static let forgeries: [NewEvent] = [
        Given.act("encounter.admitted.v1", "encounter:ZX901|SP1"),
        Given.act("registration.listed.v1", "registration:9990000018"),
        Given.act("registration.forgotten.v1", "registration:0123456789abcdef0123456789abcdef"),
        Given.act("roster.imported.v1", "registration:0123456789abcdef0123456789abcdef"),
        Given.act("patient.unmerged.v1", "roster"),
    ]

    @Test(arguments: forgeries.indices) func `the database takes nothing but what a list tells`(index: Int) async throws
    {
        let error = await #expect(throws: PostgresError.self) {
            _ = try await lists.append(listed(1) + [Self.forgeries[index]], seen: .origin, access())
        }
        #expect(error?.sqlState == "42501")
        #expect(try await database.stored(Self.practice).rows.isEmpty)
    }

    @Test(arguments: ["ingest", "projector", "service", "auditor", "monitor"])
    func `nobody but the operator tells a list`(role: String) async throws {
        let other = PracticeListLog(configuration: database.configuration(user: "primary_conect_" + role))
        let error = await #expect(throws: PostgresError.self) {
            _ = try await other.append(listed(1), seen: .origin, access())
        }
        #expect(error?.sqlState == "42501")
    }

    @Test func `a reader is woken by what a practice tells`() async throws {
        _ = try await lists.append(listed(1), seen: .origin, access())
        let auditors = PostgresPool(database.configuration(user: "primary_conect_auditor"), connectionsMax: 2)
        // So long that only the notification can wake it.
        let events = EventReader(pool: auditors, pollInterval: .seconds(3600)).subscribe(
            to: Self.practice, after: .origin)
        var iterator = events.makeAsyncIterator()
        #expect(try await iterator.next()?.count == 1)
        _ = try await lists.append(listed(2), seen: Position(1), access())
        #expect(try await iterator.next()?.count == 2)
        await auditors.close()
    }

    @Test func `time does not run back along a list's log either`() async throws {
        _ = try await lists.append(listed(1), seen: .origin, access())
        let late = PracticeListLog(
            configuration: database.configuration(user: "primary_conect_operator"),
            now: { Instant(microseconds: 0) })
        _ = try await late.append(listed(2), seen: Position(1), access())
        #expect(try await database.stored(Self.practice).isWhole)
    }
}
