import Audit
import EventLog
import EventSourcing
import Postgres
import TestSupport

/// A small log in a database of its own: messages of one event and of two, one held back and read again, and a second
/// log beside it.
struct TestLog: Sendable {
    static let name = LogName("RXX").unsafelyUnwrapped
    static let other = LogName("RYY").unsafelyUnwrapped

    let database: TestDatabase
    let signer: NoteSigner

    /// Eleven events of nine messages; the last two were told by the message held back at position 4.
    static func make() async throws -> TestLog {
        let log = TestLog(database: try await PostgresFixture.database(), signer: NoteSigner())
        try await log.append((1...2).map { entry($0) } + [entry(3, disposition: .quarantined), entry(4, events: 2)])
        try await log.append((5...8).map { entry($0) } + [entry(9, in: other)])
        try await log.redrive()
        return log
    }

    /// Appends entries as ingest does.
    func append(_ entries: [Entry]) async throws {
        let log = GroupCommit(configuration: database.configuration(user: "primary_conect_ingest"))
        log.start()
        for entry in entries { _ = try await log.append(entry) }
        await log.stop()
    }

    static func entry(
        _ number: Int, in log: LogName = name, events: Int = 1, disposition: Disposition = .read
    ) -> Entry {
        let isHeld = disposition == .quarantined
        return Entry(
            log: log,
            message: ReceivedMessage(
                sender: "PAS|\(log)", controlID: "M\(number)", bytes: Array("MSH|^~\\&|PAS|\(log)|\(number)\rPID|1\r".utf8),
                trigger: "ADT^A01", disposition: disposition, reason: isHeld ? "pid-missing" : nil, answer: "AA",
                receivedFrom: "127.0.0.1"),
            events: (0..<events).map { event in
                NewEvent(
                    stream: StreamName(isHeld ? "message" : "encounter:\(log)|S\(number)"),
                    type: isHeld ? "message.quarantined.v1" : "encounter.admitted.v1",
                    payload: Array("{\"number\":\(number),\"event\":\(event),\"ward\":\"Zoë\"}".utf8),
                    occurredAt: event == 0 ? Instant(microseconds: 1_772_524_751_000_000) : nil)
            })
    }

    /// Reads the message held back at position 3 again.
    private func redrive() async throws {
        let pool = pool("operator")
        let held = try await OperatorReader(pool: pool).messages(
            in: Self.name, at: [Position(3)],
            look: OperatorLook(subject: "terminal:test", purpose: "test", route: "quarantine/RXX/3", requestID: "1"))
        guard let message = held.first else { throw NothingHeld() }
        let act = NewEvent(
            stream: StreamName("quarantine:3"), type: "message.redriven.v1", payload: Array("{}".utf8), occurredAt: nil)
        let told = Self.entry(3).events
        _ = try await OperatorWriter(configuration: database.configuration(user: "primary_conect_operator")).append(
            [OperatorAct(redriving: message, told: told, act: act)], to: Self.name)
        await pool.close()
    }

    func pool(_ role: String) -> PostgresPool {
        PostgresPool(database.configuration(user: "primary_conect_" + role), connectionsMax: 3)
    }

    var origin: LogOrigin { LogOrigin(publicKey: signer.publicKey) }

    /// Signs the log as it stands; gives the note.
    func sign(keeping notes: [SignedNote] = []) async throws -> SignedNote? {
        let pool = pool("projector")
        var checkpointer = Checkpointer(
            pool: pool, signer: signer, notes: notes, now: { Instant(microseconds: 1_772_600_000_000_000) }, keep: { _ in })
        let note = try await checkpointer.sign(Self.name)
        await pool.close()
        return note
    }

    /// Verifies, and gives what was found.
    func verify(against notes: [SignedNote] = [], from state: VerificationState? = nil) async throws -> VerificationState {
        let pool = pool("auditor")
        let key = origin.key(Self.name)
        let verification = LogVerification(
            pool: pool, log: Self.name, key: key,
            against: notes.compactMap { note in key.flatMap { note.checkpoint(signedBy: $0) } })
        let result = try await verification.run(from: state)
        await pool.close()
        return result
    }

    /// Runs statements as a superuser who has disabled the guards.
    func tamper(_ script: String) async throws {
        let guards = ["event", "message", "head", "checkpoint", "subtree", "redaction"]
        let disabled = guards.map { "alter table event_log.\($0) disable trigger all;" }.joined(separator: "\n")
        try await database.withSession { try $0.script("\(disabled)\n\(script)") }
    }

    /// Writes the log anew from a position on, leaves and head and all, as somebody would who can do everything but sign.
    func rewrite(from first: Int64) async throws {
        try await tamper("update event_log.event set payload = replace(payload, 'ward', 'bard') where log = 'RXX' and position >= \(first) and message_position is not null;")
        try await database.withSession { session in
            let rows = try session.execute(
                """
                select e.position, e.stream, e.type, e.occurred_at, e.recorded_at, e.salt, convert_to(e.payload, 'UTF8'),
                    e.message_position, m.salt, m.bytes
                from event_log.event e left join event_log.message m on m.log = e.log and m.position = e.message_position
                where e.log = 'RXX' order by e.position
                """)
            var range = CompactRange()
            for row in rows {
                let position: Position = try row.decode(0)
                let salt: [UInt8] = try row.decode(5)
                let payload: [UInt8] = try row.decode(6)
                var message: (Position, Digest)?
                if let told = try row.decode(7, as: Position?.self) {
                    let messageSalt: [UInt8] = try row.decode(8)
                    let bytes: [UInt8] = try row.decode(9)
                    message = (told, Digest(of: messageSalt + bytes))
                }
                var scratch: [UInt8] = []
                let leaf = LeafEncoding.hash(
                    log: Self.name, position: position, stream: try row.decode(1), type: try row.decode(2),
                    occurredAt: try row.decode(3), recordedAt: try row.decode(4),
                    payloadDigest: Digest(of: salt + payload), message: message, scratch: &scratch)
                range.append(leaf)
                try session.execute(
                    "update event_log.event set leaf_hash = \(leaf) where log = 'RXX' and position = \(position)")
            }
            try session.execute("update event_log.head set range = \(range.concatenated) where log = 'RXX'")
        }
    }

    struct NothingHeld: Error {}
}
