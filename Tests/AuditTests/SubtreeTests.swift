import Audit
import EventSourcing
import Postgres
import TestSupport
import Testing

/// What proofs are made of is verified with what they prove.
@Suite(.timeLimit(.minutes(2)))
struct SubtreeTests {
    /// The small log, longer by so many events, told a thousand at a time.
    private static func grow(_ log: TestLog, _ thousands: ClosedRange<Int>) async throws {
        try await log.append(thousands.map { TestLog.entry(100 + $0, events: 1_000) })
    }

    private static func found(_ state: VerificationState) -> [String] { state.findings.map(\.description) }

    @Test func `an inner node that was changed, taken out or put there is found, and named`() async throws {
        let log = try await TestLog.make()
        try await Self.grow(log, 1...4)
        let note = try #require(try await log.sign())
        let whole = try await log.verify(against: [note])
        #expect(whole.findings == [])
        #expect((whole.position, whole.subtrees) == (Position(4_011), 3))

        try await log.tamper(
            """
            update event_log.subtree set hash = sha256(hash) where log = 'RXX' and number = 1;
            delete from event_log.subtree where log = 'RXX' and number = 2;
            insert into event_log.subtree (log, number, hash) values ('RXX', 3, sha256('x'));
            """)
        let state = try await log.verify(against: [note])
        #expect(
            Self.found(state) == [
                "subtree-changed at level 10 index 1, positions 1025 to 2048",
                "subtree-missing at level 10 index 2, positions 2049 to 3072",
                "subtree-misplaced at level 10 index 3, positions 3073 to 4096",
            ])
        #expect(VerificationState(json: state.json) == state)
        let json = String(decoding: state.json, as: UTF8.self)
        #expect(json.contains(#"{"code":"subtree-changed","index":1,"level":10,"position":1025,"through":2048}"#))
        // A stranger has no use for them: the dump does not have them, and what it has is whole.
        try await PythonVerifier.expect([], of: log, against: [note])
        // A leaf is told of where it stands, and the node of it still is what it was.
        try await log.tamper("update event_log.event set type = 'x' where log = 'RXX' and position = 20;")
        #expect(Self.found(try await log.verify(against: [note])).first == "event-changed at position 20")
    }

    @Test func `what was not kept yet is held when the verification is resumed, whatever was taken out`() async throws {
        let log = try await TestLog.make()
        try await Self.grow(log, 1...2)
        let first = try #require(try await log.sign())
        try await Self.grow(log, 3...4)
        let pool = log.pool("operator")
        _ = try await Redactor(pool: pool).redact(
            Position(4), of: TestLog.name, by: "terminal:lee", approvedBy: "auditor:kim", reason: "ticket 4711")
        await pool.close()
        let before = try #require(VerificationState(json: try await log.verify(against: [first]).json))
        #expect(before.findings == [])
        #expect((before.position, before.subtrees) == (Position(4_012), 1))

        let second = try #require(try await log.sign(keeping: [first]))
        let after = try await log.verify(against: [first, second], from: before)
        #expect(after.findings == [])
        #expect(after.subtrees == 3)

        try await log.tamper("update event_log.subtree set hash = sha256(hash) where log = 'RXX' and number = 2;")
        #expect(
            Self.found(try await log.verify(from: before)) == [
                "subtree-changed at level 10 index 2, positions 2049 to 3072"
            ])
        // What was verified long ago is not looked at again, nor is a node that was held.
        #expect(try await log.verify(from: after).findings == [])
        // The leaves that are read again must be those that were verified.
        try await log.tamper(
            "update event_log.event set leaf_hash = sha256(leaf_hash) where log = 'RXX' and position = 4000;")
        #expect(
            Self.found(try await log.verify(from: before)) == [
                "log-rewritten at or before position 4012, behind 1024",
                "subtree-changed at level 10 index 2, positions 2049 to 3072",
            ])
    }
}
