import Audit
import EventLog
import EventSourcing
import Postgres
import TestSupport
import Testing

/// Whatever a superuser does to a log, verification says where.
@Suite(.timeLimit(.minutes(2)))
struct TamperTests {
    /// One way to tamper, and what must be found.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let script: String
        let found: [String]

        init(_ name: String, _ script: String, _ found: String...) {
            testDescription = name
            self.script = script
            self.found = found
        }
    }

    static let cases = [
        Case(
            "a payload", "update event_log.event set payload = replace(payload, 'ward', 'bard') where position = 5 and log = 'RXX';",
            "event-changed at position 5"),
        Case(
            "a byte from the payload to the salt",
            """
            update event_log.event set salt = salt || convert_to(left(payload, 1), 'UTF8'), payload = substr(payload, 2)
            where position = 5 and log = 'RXX';
            """, "event-changed at position 5"),
        Case(
            "a message", "update event_log.message set bytes = bytes || 'x' where position = 4 and log = 'RXX';",
            "message-changed at position 4"),
        Case(
            "a message with its digest",
            "update event_log.message set bytes = bytes || 'x', digest = sha256(bytes || 'x') where position = 4 and log = 'RXX';",
            "event-changed at position 4", "event-changed at position 5"),
        Case(
            "a time",
            "update event_log.event set recorded_at = recorded_at + interval '1 hour' where position = 6 and log = 'RXX';",
            "time-changed at position 6"),
        Case(
            "a time that happened", "update event_log.event set occurred_at = null where position = 6 and log = 'RXX';",
            "event-changed at position 6"),
        Case("the last row", "delete from event_log.event where position = 11 and log = 'RXX';", "position-missing at position 11"),
        Case("a middle row", "delete from event_log.event where position = 7 and log = 'RXX';", "position-missing at position 7"),
        Case(
            "two rows",
            """
            update event_log.event set position = case position when 6 then 7006 else 7008 end
            where position in (6, 8) and log = 'RXX';
            update event_log.event set position = case position when 7006 then 8 else 6 end
            where position > 7000 and log = 'RXX';
            """, "position-swapped at position 6", "position-swapped at position 8"),
        Case("a message's row", "delete from event_log.message where position = 6 and log = 'RXX';", "message-missing at position 6"),
        Case("the head", "update event_log.head set range = range || range where log = 'RXX';", "head-changed at position 11"),
        Case(
            "an erasure that nobody told", "update event_log.event set payload = '', salt = '' where position = 2 and log = 'RXX';",
            "redaction-untold at position 2"),
        Case(
            "an erasure that keeps the digest and has no event",
            """
            insert into event_log.redaction (log, position, told_at, payload_digest)
            select log, position, 9, sha256(salt || convert_to(payload, 'UTF8')) from event_log.event
            where position = 2 and log = 'RXX';
            update event_log.event set payload = '', salt = '' where position = 2 and log = 'RXX';
            """, "redaction-untold at position 2"),
        Case(
            "the last row, and the head moved back",
            """
            delete from event_log.event where position = 11 and log = 'RXX';
            update event_log.head set position = 10, recorded_at = (select max(recorded_at) from event_log.event where log = 'RXX'),
                range = (select range from rest) where log = 'RXX';
            """, "tail-missing at position 11"),
        Case(
            "a stored checkpoint", "update event_log.checkpoint set root = sha256(root) where log = 'RXX';",
            "checkpoint-unsigned at position 11"),
    ]

    @Test func `a log that nobody touched is whole, whoever else's log is`() async throws {
        let log = try await TestLog.make()
        let note = try await log.sign()
        #expect(note != nil)
        let state = try await log.verify(against: [note].compactMap(\.self))
        #expect(state.findings == [])
        #expect(state.position == Position(11))
        #expect(state.checkpoints == 1)
        let again = try await log.sign(keeping: [note].compactMap(\.self))
        #expect(again == nil)
    }

    @Test(arguments: cases)
    func `verification says which position`(tampering: Case) async throws {
        let log = try await TestLog.make()
        let note = try #require(try await log.sign())
        // The head as it was before the last event, for who would move it back.
        let range = try await Self.range(of: 10, log)
        try await log.tamper("create temp table rest (range bytea);\ninsert into rest values ('\\x\(range)');\n" + tampering.script)
        let state = try await log.verify(against: [note])
        #expect(state.findings.map(\.description) == tampering.found)
        try await PythonVerifier.expect(tampering.found, of: log, against: [note])
    }

    @Test func `a tail that was written anew, leaves and head and all, does not fit the earlier checkpoint`() async throws {
        let log = try await TestLog.make()
        let first = try #require(try await log.sign())
        try await log.append((10...12).map { TestLog.entry($0) })
        let second = try #require(try await log.sign(keeping: [first]))
        try await log.rewrite(from: 13)
        let state = try await log.verify(against: [second])
        let found = ["log-rewritten at or before position 14, behind 11"]
        #expect(state.findings.map(\.description) == found)
        try await PythonVerifier.expect(found, of: log, against: [first, second])

        // Nor is anything signed any more, whoever asks: nothing is signed of two pasts.
        try await log.append([TestLog.entry(13)])
        try await log.tamper("delete from event_log.checkpoint where log = 'RXX' and size > 11;")
        await #expect(throws: AuditError.logForked(log: "RXX", size: 14)) { try await log.sign(keeping: [second]) }
    }

    @Test func `a verification goes on where it stood, and finds what came since`() async throws {
        let log = try await TestLog.make()
        let kept = try #require(VerificationState(json: try await log.verify().json))
        #expect(kept.position == Position(11))
        try await log.append([TestLog.entry(10), TestLog.entry(11)])
        try await log.tamper("update event_log.event set type = 'x' where position in (2, 13) and log = 'RXX';")
        let state = try await log.verify(from: kept)
        #expect(state.findings.map(\.description) == ["event-changed at position 13"])
        #expect(try await log.verify().findings.count == 2)
    }

    /// The range of the first leaves, in hexadecimal.
    private static func range(of size: Int64, _ log: TestLog) async throws -> String {
        try await log.database.withSession { session in
            var range = CompactRange()
            let rows = try session.execute(
                "select leaf_hash from event_log.event where log = 'RXX' and position <= \(size) order by position")
            for row in rows { range.append(try row.decode(0)) }
            return range.hashes.map(\.hexadecimal).joined()
        }
    }
}
