import EventLog
import EventSourcing
import Postgres

/// Some events of a log, one position after the other, read and held against their leaves.
///
/// What needs no more than these rows is checked here, so that several are read and hashed at once; what hangs on those
/// before (the tree, the order of times) is for `LogVerification`, which takes them in order.
struct LogChunk: Sendable {
    /// Events in one: so many that what a chunk costs beside its rows does not count.
    static let eventsMax: Int64 = 4_096
    /// Messages of more bytes are read one at a time, so that memory stays bounded: to 64 MiB a chunk.
    private static let messageBytesMax: Int32 = 16_384

    /// The first position and the last.
    let range: ClosedRange<Int64>
    /// The stored leaves, up to the first that is missing.
    private(set) var leaves: [Digest] = []
    /// When the first was recorded and the last; `nil` where there is none.
    private(set) var recorded: (first: Instant, last: Instant)?
    /// What is wrong, by position.
    private(set) var findings: [Int64: Finding] = [:]
    /// Events whose payload was taken out, and is accounted for.
    private(set) var redacted: Int64 = 0
    /// Events that say that something was taken out.
    private(set) var redactions: Int64 = 0

    /// An event as it stands; its stream, type and time are left where they were read.
    private struct Row {
        let source: PostgresRow
        let position: Int64
        let recordedAt: Instant
        let teller: Int64?
        let leaf: Digest
        /// `nil` where there is none to hold against the leaf: `fault` says why.
        let payload: Digest?
        let fault: Finding.Code?

        /// Whether this is what its leaf commits to, at some position.
        func isOfLeaf(
            in log: LogName, at position: Int64, message: (Position, Digest)?, _ scratch: inout [UInt8]
        ) throws(PostgresError) -> Bool {
            guard let payload else { return false }
            let occurredAt: Instant? = try source.decode(Column.occurredAt)
            let hash = try source.withBytes(Column.stream, Column.type) { stream, type in
                LeafEncoding.hash(
                    log: log, position: Position(position), stream: stream, type: type, occurredAt: occurredAt,
                    recordedAt: recordedAt, payloadDigest: payload, message: message, scratch: &scratch)
            }
            return hash == leaf
        }
    }

    /// Where things stand in a row of an event.
    private enum Column {
        static let position = 0
        static let stream = 1
        static let type = 2
        static let occurredAt = 3
        static let recordedAt = 4
        static let teller = 5
        static let leaf = 6
        static let salt = 7
        static let payload = 8
        static let isRedaction = 9
    }

    /// A message as it stands.
    private struct Message {
        let position: Int64
        let eventCount: Int64
        let recordedAt: Instant
        let isQuarantined: Bool
        /// `nil` where there is none to hold against leaves: `fault` says why.
        let salted: Digest?
        let fault: Finding.Code?

        func tellsAtOnce(_ position: Int64) -> Bool {
            position >= self.position && position < self.position + eventCount
        }
    }

    /// What a redaction kept.
    private struct Kept {
        let payload: Digest
        let message: Digest?
    }

    /// Reads and checks one chunk, in one snapshot.
    init(_ range: ClosedRange<Int64>, of log: LogName, from pool: PostgresPool) async throws {
        self.range = range
        let (rows, messages, kept) = try await pool.transaction(.repeatableReadOnly) { transaction in
            let results = try await transaction.pipeline([
                Self.events(of: log, in: range), Self.messages(of: log, in: range), Self.redactions(of: log, in: range),
            ])
            var kept: [Int64: Kept] = [:]
            var messageDigests: [Int64: Digest] = [:]
            for row in results[2] {
                let digest: Digest? = try row.decode(2)
                kept[try row.decode(0)] = Kept(payload: try row.decode(1), message: digest)
                if let digest, let at = try row.decode(3, as: Int64?.self) { messageDigests[at] = digest }
            }
            var messages: [Int64: Message] = [:]
            messages.reserveCapacity(results[1].count)
            try await Self.read(results[1], of: log, kept: messageDigests, transaction, into: &messages)
            let rows = try Self.rows(results[0], kept)
            // Told later than the rest of its message: only what was held back.
            let absent = Set(rows.compactMap(\.teller).filter { messages[$0] == nil })
            if !absent.isEmpty {
                let result = try await transaction.query(Self.messages(of: log, at: absent.sorted()))
                try await Self.read(result, of: log, kept: messageDigests, transaction, into: &messages)
            }
            return (rows, messages, kept)
        }
        try check(rows, messages, kept, log)
    }

    // MARK: Checking

    private mutating func check(
        _ rows: [Row], _ messages: [Int64: Message], _ kept: [Int64: Kept], _ log: LogName
    ) throws(PostgresError) {
        var scratch: [UInt8] = []
        var wrong: [(Row, (Position, Digest)?)] = []
        var expected = range.lowerBound
        var isWhole = true
        // The message among whose events a position lies.
        var covering = messages.values.filter { $0.position < range.lowerBound }.max { $0.position < $1.position }
        for row in rows {
            while expected < row.position {
                note(.positionMissing, expected)
                expected += 1
                isWhole = false
            }
            expected += 1
            if isWhole { leaves.append(row.leaf) }
            if try row.source.decode(Column.isRedaction) { redactions += 1 }
            if let message = messages[row.position] { covering = message }
            let message = row.teller == covering?.position ? covering : row.teller.flatMap { messages[$0] }
            checkPlace(row, message, covering: covering)
            let previous = recorded?.last
            recorded = (recorded?.first ?? row.recordedAt, row.recordedAt)
            if let teller = row.teller {
                guard let message else {
                    note(.messageMissing, row.position)
                    continue
                }
                guard let salted = message.salted else { continue }
                let told = (Position(teller), salted)
                if try !row.isOfLeaf(in: log, at: row.position, message: told, &scratch) { wrong.append((row, told)) }
                let isEarlier = message.tellsAtOnce(row.position) && message.recordedAt != row.recordedAt
                if isEarlier || previous.map({ $0 > row.recordedAt }) == true { note(.timeChanged, row.position) }
            } else {
                if try !row.isOfLeaf(in: log, at: row.position, message: nil, &scratch) { wrong.append((row, nil)) }
                if previous.map({ $0 > row.recordedAt }) == true { note(.timeChanged, row.position) }
            }
        }
        while expected <= range.upperBound {
            note(.positionMissing, expected)
            expected += 1
        }
        for message in messages.values where range.contains(message.position) {
            if let fault = message.fault { note(fault, message.position) }
            if message.eventCount < 1 { note(.messageMisplaced, message.position) }
        }
        try judge(wrong, log)
        settleTimes(Set(wrong.map(\.0.position)))
        for position in kept.keys where range.contains(position) && findings[position] == nil { redacted += 1 }
    }

    /// Holds an event against the message that should have told it.
    private mutating func checkPlace(_ row: Row, _ message: Message?, covering: Message?) {
        if let covering, covering.tellsAtOnce(row.position) {
            if row.teller != covering.position { note(.messageMisplaced, row.position) }
        } else if let message, !message.isQuarantined || message.position > row.position {
            note(.messageMisplaced, row.position)
        }
    }

    /// Says of events that do not hash to their leaves what happened to them, as far as can be told.
    private mutating func judge(_ wrong: [(Row, (Position, Digest)?)], _ log: LogName) throws(PostgresError) {
        var scratch: [UInt8] = []
        let places = wrong.prefix(Self.swapsMax).map(\.0.position)
        for (index, (row, message)) in wrong.enumerated() {
            // Its leaf came with it: at which place was it made?
            var home: Int64?
            for place in places where index < Self.swapsMax && place != row.position {
                guard try row.isOfLeaf(in: log, at: place, message: message, &scratch) else { continue }
                home = place
                break
            }
            // The tree is made of the leaves where they belong, so that it tells of nothing else.
            if let home, home - range.lowerBound < Int64(leaves.count) { leaves[Int(home - range.lowerBound)] = row.leaf }
            note(row.fault ?? (home != nil ? .positionSwapped : .eventChanged), row.position)
        }
    }

    /// A time that was moved forward makes the next event seem early: where the leaf shows which it was, only that is told.
    private mutating func settleTimes(_ wrong: Set<Int64>) {
        for (position, finding) in findings where finding.code == .timeChanged {
            if !wrong.contains(position), wrong.contains(position - 1) { findings[position] = nil }
        }
    }

    /// Pairs tried for a swap are the square of this.
    private static let swapsMax = 200

    private mutating func note(_ code: Finding.Code, _ position: Int64) {
        if let known = findings[position], !Finding.isFirst(code, before: known.code) { return }
        findings[position] = Finding(code, at: position)
    }

    // MARK: Reading

    private static func events(of log: LogName, in range: ClosedRange<Int64>) -> SQL {
        """
        select position, stream, type, occurred_at, recorded_at, message_position, leaf_hash, salt, payload,
            type = \(Redaction.type)
        from event_log.event
        where log = \(log) and position between \(range.lowerBound) and \(range.upperBound) order by position
        """
    }

    private static let messageColumns: SQL =
        """
        m.position, m.event_count, m.recorded_at, m.disposition = 'quarantined', m.digest, m.salt,
        case when octet_length(m.bytes) <= \(messageBytesMax) then m.bytes end
        """

    /// The messages of a range, and the one before it.
    private static func messages(of log: LogName, in range: ClosedRange<Int64>) -> SQL {
        """
        select \(messageColumns) from event_log.message m
        where m.log = \(log) and m.position between \(range.lowerBound) and \(range.upperBound)
        union all
        (select \(messageColumns) from event_log.message m where m.log = \(log) and m.position < \(range.lowerBound)
         order by m.position desc limit 1)
        """
    }

    private static func messages(of log: LogName, at positions: [Int64]) -> SQL {
        "select \(messageColumns) from event_log.message m where m.log = \(log) and m.position = any (\(positions))"
    }

    /// What was kept of the events of a range, and of the messages that told any of them.
    private static func redactions(of log: LogName, in range: ClosedRange<Int64>) -> SQL {
        """
        select r.position, r.payload_digest, r.message_digest, r.message_position from event_log.redaction r
        where r.log = \(log) and (
            r.position between \(range.lowerBound) and \(range.upperBound)
            or r.position = (select m.position from event_log.message m
                             where m.log = \(log) and m.position < \(range.lowerBound) order by m.position desc limit 1))
        """
    }

    private static func rows(_ result: PostgresResult, _ kept: [Int64: Kept]) throws -> [Row] {
        var rows: [Row] = []
        rows.reserveCapacity(result.count)
        for row in result {
            let position: Int64 = try row.decode(Column.position)
            guard let content = try SaltedContent(row, salt: Column.salt, content: Column.payload) else { continue }
            let payload = content.isGone ? kept[position]?.payload : content.isSalted ? content.digest : nil
            rows.append(
                Row(
                    source: row, position: position, recordedAt: try row.decode(Column.recordedAt),
                    teller: try row.decode(Column.teller), leaf: try row.decode(Column.leaf), payload: payload,
                    fault: content.isGone && payload == nil ? .redactionUntold : nil))
        }
        return rows
    }

    private static func read(
        _ result: PostgresResult, of log: LogName, kept: [Int64: Digest], _ transaction: PostgresTransaction,
        into messages: inout [Int64: Message]
    ) async throws {
        for row in result {
            let position: Int64 = try row.decode(0)
            var content = try SaltedContent(row, salt: 5, content: 6, plain: true)
            if content == nil {
                let alone = try await transaction.query(
                    "select salt, bytes from event_log.message where log = \(log) and position = \(position)")
                content = try alone.first.flatMap { try SaltedContent($0, salt: 0, content: 1, plain: true) }
            }
            let isGone = content?.isGone == true
            let digest: Digest = try row.decode(4)
            let isItself = content?.isSalted == true && content?.plain == digest
            let salted = isGone ? kept[position] : isItself ? content?.digest : nil
            messages[position] = Message(
                position: position, eventCount: try row.decode(1), recordedAt: try row.decode(2),
                isQuarantined: try row.decode(3), salted: salted,
                fault: salted != nil ? nil : isGone ? .redactionUntold : .messageChanged)
        }
    }
}
