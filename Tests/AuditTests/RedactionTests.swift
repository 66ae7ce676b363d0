import Audit
import EventLog
import EventSourcing
import Postgres
import TestSupport
import Testing

/// What must not stay can be taken out, and nothing that was proved is less proved for it.
@Suite(.timeLimit(.minutes(2)))
struct RedactionTests {
    private func redact(
        _ position: Int64, of log: TestLog, approvedBy: String = "auditor:kim"
    ) async throws -> (at: Position, redaction: Redaction) {
        let pool = log.pool("operator")
        defer { Task { await pool.close() } }
        return try await Redactor(pool: pool).redact(
            Position(position), of: TestLog.name, by: "terminal:lee", approvedBy: approvedBy, reason: "ticket 4711")
    }

    @Test func `a redacted log verifies, says so, and still fits what was signed before`() async throws {
        let log = try await TestLog.make()
        let before = try #require(try await log.sign())
        let (at, redaction) = try await redact(5, of: log)
        #expect(at == Position(12))
        // The message told two events: both go, and its bytes.
        #expect(redaction.positions == [Position(4), Position(5)])
        let after = try #require(try await log.sign(keeping: [before]))
        let state = try await log.verify(against: [before, after])
        #expect(state.findings == [])
        #expect((state.redactions, state.redacted) == (1, 2))
        try await PythonVerifier.expect([], of: log, against: [before, after])
        let left = try await log.database.withSession { session in
            try session.execute(
                """
                select (select count(*) from event_log.event where position in (4, 5) and log = 'RXX' and payload = '' and salt = '')
                     + (select count(*) from event_log.message where position = 4 and log = 'RXX' and bytes = '' and salt = ''),
                       (select payload from event_log.event where log = 'RXX' and position = 12)
                """).map { (try $0.decode(0, as: Int64.self), try $0.decode(1, as: String.self)) }
        }
        #expect(left.first?.0 == 3)
        #expect(
            left.first?.1
                == #"{"approved_by":"auditor:kim","by":"terminal:lee","positions":[4,5],"reason":"ticket 4711"}"#)
    }

    @Test func `a message that comes again is the same one, though its bytes are gone`() async throws {
        let log = try await TestLog.make()
        _ = try await redact(4, of: log)
        try await log.append([TestLog.entry(4, events: 2)])
        #expect(try await log.verify().position == Position(12))
        await #expect(throws: AuditError.nothingToRedact(log: "RXX", position: 5)) { try await redact(5, of: log) }
        await #expect(throws: AuditError.nothingToRedact(log: "RXX", position: 12)) { try await redact(12, of: log) }
        await #expect(throws: AuditError.nothingToRedact(log: "RXX", position: 99)) { try await redact(99, of: log) }
    }

    @Test func `what a message told later goes with it, and it cannot be read again`() async throws {
        let log = try await TestLog.make()
        let (_, redaction) = try await redact(10, of: log)
        #expect(redaction.positions == [Position(3), Position(10)])
        let state = try await log.verify()
        #expect(state.findings == [] && state.redacted == 2)
        try await PythonVerifier.expect([], of: log, against: [])

        try await log.append([TestLog.entry(20, disposition: .quarantined)])
        _ = try await redact(13, of: log)
        let pool = log.pool("operator")
        let waiting = try await OperatorReader(pool: pool).waiting()
        await pool.close()
        #expect(waiting == [])
    }

    @Test func `one person cannot redact, and nothing but a redaction changes a row`() async throws {
        let log = try await TestLog.make()
        await #expect(throws: PostgresError.self) { try await redact(5, of: log, approvedBy: "Terminal:Lee") }
        await #expect(throws: PostgresError.self) { try await redact(5, of: log, approvedBy: "") }
        #expect(try await log.verify().redactions == 0)
        _ = try await redact(5, of: log)
        let refused = try await log.database.withSession { session in
            try session.execute("set role primary_conect_owner")
            let attempts: [SQL] = [
                "update event_log.event set payload = 'x' where position = 6",
                "update event_log.event set payload = '', salt = '' where position = 6",
                "update event_log.event set payload = '{}' where position = 5",
                "update event_log.message set bytes = '', salt = '' where position = 6",
                "delete from event_log.redaction", "update event_log.redaction set told_at = 1",
                // In a transaction that redacts one thing, another is as safe.
                """
                with kept as (
                    insert into event_log.redaction (log, position, told_at, payload_digest)
                    select 'RXX', 6, 12, sha256('') returning 1)
                update event_log.event set payload = '', salt = '' where position = 6 and (select true from kept)
                """,
            ]
            return attempts.filter { sql in
                do throws(PostgresError) {
                    try session.execute(sql)
                    return false
                } catch {
                    return error.sqlState == "42501"
                }
            }.count
        }
        #expect(refused == 7)
    }
}
