import EventLog
import EventSourcing
import Postgres
import TestSupport
import Testing

/// What is stored never changes: no grant to change it, and a trigger that refuses whoever has one.
@Suite(.timeLimit(.minutes(2)))
struct AppendOnlyTests {
    private static let tables = ["event", "message", "head"]
    private static let logins = ["ingest", "projector", "service", "auditor", "monitor", "operator"].map {
        "primary_conect_" + $0
    }

    /// A database whose log has two messages.
    private func database() async throws -> TestDatabase {
        let database = try await PostgresFixture.database()
        let log = GroupCommit(configuration: database.configuration(user: "primary_conect_ingest"))
        log.start()
        _ = try await log.append(Given.entry("1"))
        _ = try await log.append(Given.entry("2", eventCount: 2))
        await log.stop()
        return database
    }

    private static func changes(_ table: String) -> [(String, SQL)] {
        [
            ("update", "update event_log.\(identifier: table) set position = position - 1"),
            ("update of another column", "update event_log.\(identifier: table) set recorded_at = '2001-01-01'"),
            ("delete", "delete from event_log.\(identifier: table)"),
            ("truncate", "truncate event_log.\(identifier: table)"),
            ("truncate cascade", "truncate event_log.\(identifier: table) cascade"),
        ]
    }

    /// The SQLSTATE with which a statement is refused, or `nil` if it is not.
    private static func refusal(_ sql: SQL, _ session: PostgresSession) throws -> String? {
        do throws(PostgresError) {
            try session.execute(sql)
            return nil
        } catch {
            guard let state = error.sqlState else { throw error }
            return state
        }
    }

    /// Insufficient privilege, from the grants or from the trigger.
    private static func expectRefusal(of sql: SQL, _ session: PostgresSession, _ what: Comment? = nil) throws {
        let state = try refusal(sql, session)
        #expect(state == "42501", what)
    }

    @Test(arguments: logins)
    func `no login may change the log`(role: String) async throws {
        let database = try await database()
        try await database.withSession(user: role) { session in
            for table in Self.tables {
                for (name, sql) in Self.changes(table) {
                    try Self.expectRefusal(of: sql, session, "\(role): \(name) \(table)")
                }
                let insert: SQL =
                    "insert into event_log.\(identifier: table) select * from event_log.\(identifier: table)"
                try Self.expectRefusal(of: insert, session, "\(role): insert \(table)")
                let drop: SQL = "drop table event_log.\(identifier: table)"
                try Self.expectRefusal(of: drop, session, "\(role): drop \(table)")
                let trigger: SQL = "alter table event_log.\(identifier: table) disable trigger all"
                try Self.expectRefusal(of: trigger, session, "\(role): disable trigger \(table)")
            }
            try Self.expectRefusal(of: "set role primary_conect_owner", session)
        }
        #expect(try await database.stored().isWhole)
    }

    @Test(arguments: ["primary_conect_owner", "postgres"])
    func `the triggers refuse even those who have every grant`(role: String) async throws {
        let database = try await database()
        try await database.withSession { session in
            try session.execute("set role \(identifier: role)")
            for table in Self.tables {
                for (name, sql) in Self.changes(table) {
                    try Self.expectRefusal(of: sql, session, "\(role): \(name) \(table)")
                }
            }
        }
        #expect(try await database.stored().isWhole)
    }

    @Test func `the triggers fire for a replication role as well`() async throws {
        let database = try await database()
        try await database.withSession { session in
            try session.execute("set session_replication_role = replica")
            for table in Self.tables {
                for (name, sql) in Self.changes(table) {
                    try Self.expectRefusal(of: sql, session, "replica: \(name) \(table)")
                }
            }
        }
        #expect(try await database.stored().isWhole)
    }

    @Test func `ingest appends and reads nothing`() async throws {
        let database = try await database()
        try await database.withSession(user: "primary_conect_ingest") { session in
            for table in Self.tables {
                try Self.expectRefusal(of: "select from event_log.\(identifier: table)", session)
            }
        }
    }

    @Test(arguments: logins.filter { $0 != "primary_conect_ingest" })
    func `nobody but ingest appends`(role: String) async throws {
        let database = try await database()
        let log = GroupCommit(configuration: database.configuration(user: role))
        log.start()
        await #expect(throws: LogUnavailable.storageFailed(code: "42501")) {
            _ = try await log.append(Given.entry("3"))
        }
        await log.stop()
        #expect(try await database.stored().rows.count == 3)
    }

    @Test(arguments: [
        ("primary_conect_projector", true, false), ("primary_conect_auditor", true, true),
        ("primary_conect_service", false, false),
        ("primary_conect_monitor", false, false), ("primary_conect_operator", false, false),
    ])
    func `payloads and message bytes are read by those who need them`(
        role: String, readsPayload: Bool, readsBytes: Bool
    ) async throws {
        let database = try await database()
        try await database.withSession(user: role) { session in
            let (payload, bytes) = (
                try Self.refusal("select payload from event_log.event", session),
                try Self.refusal("select bytes from event_log.message", session)
            )
            #expect(payload == (readsPayload ? nil : "42501"))
            #expect(bytes == (readsBytes ? nil : "42501"))
        }
    }

    @Test func `the monitor counts dispositions`() async throws {
        let database = try await database()
        let count = try await database.withSession(user: "primary_conect_monitor") { session in
            try session.execute("select count(*) from event_log.message where disposition = 'read'")[0].decode(
                0, as: Int64.self)
        }
        #expect(count == 2)
    }
}
