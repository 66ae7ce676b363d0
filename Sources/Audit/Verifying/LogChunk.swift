import EventLog
import EventSourcing
import Postgres

/// Some events of a log, one position after the other, read and held against their leaves.
///
/// What needs no more than these rows is checked here, so that several are read and hashed at once; what hangs on those
/// before (the tree, the order of times) is for `LogVerification`, which takes them in order. Rows are checked as they
/// come, on the thread of their connection; of a row that is right only its leaf stays.
struct LogChunk: Sendable {
    /// Events in one: so many that what a chunk costs beside its rows does not count.
    static let eventsMax: Int64 = 8_192

    /// The first position and the last.
    let range: ClosedRange<Int64>
    /// The stored leaves, up to the first that is missing.
    private(set) var leaves: [Digest] = []
    /// The inner nodes kept for proofs that end with one of them, by number.
    private(set) var subtrees: [Int64: Digest] = [:]
    /// When the first was recorded and the last; `nil` where there is none.
    private(set) var recorded: (first: Instant, last: Instant)?
    /// What is wrong, by position.
    private(set) var findings: [Int64: Finding] = [:]
    /// Events whose payload was taken out, and is accounted for.
    private(set) var redacted: Int64 = 0
    /// Events that say that something was taken out.
    private(set) var redactions: Int64 = 0

    /// An event as it stands, but for its stream and its type, which are not copied of one that is right.
    private struct Event {
        let position: Int64
        let occurredAt: Instant?
        let recordedAt: Instant
        /// When the event before was recorded.
        let previous: Instant?
        let teller: Int64?
        /// The message among whose events it lies.
        let coverer: Int64?
        let leaf: Digest
        /// `nil` where there is none to hold against the leaf: `fault` says why.
        let payload: Digest?
        let fault: Finding.Code?

        /// Whether this is what its leaf commits to, at some position.
        func isOfLeaf(
            in log: LogName, at position: Int64, stream: RawSpan, type: RawSpan, message: (Position, Digest)?,
            _ scratch: inout [UInt8]
        ) -> Bool {
            guard let payload else { return false }
            let hash = LeafEncoding.hash(
                log: log, position: Position(position), stream: stream, type: type, occurredAt: occurredAt,
                recordedAt: recordedAt, payloadDigest: payload, message: message, scratch: &scratch)
            return hash == leaf
        }
    }

    /// An event that is looked at again.
    private struct Kept {
        let event: Event
        let stream: [UInt8]
        let type: [UInt8]

        init(_ event: Event, _ stream: RawSpan, _ type: RawSpan) {
            self.event = event
            // The unsafe views are copied and do not outlive the calls.
            self.stream = stream.withUnsafeBytes { [UInt8]($0) }
            self.type = type.withUnsafeBytes { [UInt8]($0) }
        }
    }

    /// Where the reading of a chunk stands.
    private struct Walk {
        let log: LogName
        let payloads: [Int64: Digest]
        var messages: ChunkMessages
        /// The position that is to come.
        var expected: Int64
        /// Whether no leaf was missing.
        var isWhole = true
        /// Told later than the rest of their message, which stands elsewhere: only what was held back.
        var late: [Kept] = []
        /// Not what their leaves commit to, and the message with which they were held against them.
        var wrong: [(kept: Kept, message: (Position, Digest)?)] = []
        var scratch: [UInt8] = []
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
    }

    /// Reads and checks one chunk, in one snapshot.
    init(_ range: ClosedRange<Int64>, of log: LogName, from pool: PostgresPool) async throws {
        self = try await pool.transaction(.repeatableReadOnly) { transaction in
            try await transaction.withSession { session in try LogChunk(range, of: log, in: session) }
        }
    }

    private init(_ range: ClosedRange<Int64>, of log: LogName, in session: PostgresSession) throws {
        self.range = range
        leaves.reserveCapacity(range.count)
        let results = try session.pipeline([
            ChunkMessages.settings(for: range, of: log), Self.redactions(of: log, in: range),
            KeptSubtrees.ending(in: range, of: log),
        ])
        subtrees = try KeptSubtrees.read(results[2])
        var payloads: [Int64: Digest] = [:]
        var bytes: [Int64: Digest] = [:]
        for row in results[1] {
            payloads[try row.decode(0)] = try row.decode(1, as: Digest.self)
            if let digest = try row.decode(2, as: Digest?.self), let at = try row.decode(3, as: Int64?.self) {
                bytes[at] = digest
            }
        }
        let messages = try ChunkMessages(of: range, kept: bytes, in: session)
        for message in messages.ordered where range.contains(message.position) {
            if let fault = message.fault { note(fault, message.position) }
            if message.eventCount < 1 { note(.messageMisplaced, message.position) }
        }
        var walk = Walk(log: log, payloads: payloads, messages: messages, expected: range.lowerBound)
        try session.copyRows(Self.events) { row in try take(row, &walk) }
        while walk.expected <= range.upperBound {
            note(.positionMissing, walk.expected)
            walk.expected += 1
        }
        try checkLate(&walk, kept: bytes, in: session)
        judge(walk.wrong, log, &walk.scratch)
        settleTimes(Set(walk.wrong.map(\.kept.event.position)))
        for position in payloads.keys where range.contains(position) && findings[position] == nil { redacted += 1 }
    }

    // MARK: Checking

    private mutating func take(_ row: borrowing CopyRow, _ walk: inout Walk) throws(PostgresError) {
        let position = try row.int64(Column.position)
        while walk.expected < position {
            note(.positionMissing, walk.expected)
            walk.expected += 1
            walk.isWhole = false
        }
        walk.expected += 1
        let recordedAt = Instant(microseconds: try row.timestamp(Column.recordedAt).microseconds)
        let previous = recorded?.last
        recorded = (recorded?.first ?? recordedAt, recordedAt)
        walk.messages.advance(to: position)
        guard let leaf = Digest(copying: try row.bytes(Column.leaf).bytes) else {
            // No leaf has another length, so that behind it there is no tree.
            walk.isWhole = false
            return note(.eventChanged, position)
        }
        if walk.isWhole { leaves.append(leaf) }
        let content = SaltedContent(salt: try row.bytes(Column.salt), content: try row.bytes(Column.payload))
        let payload = content.isGone ? walk.payloads[position] : content.isSalted ? content.digest : nil
        let event = Event(
            position: position,
            occurredAt: try row.timestampIfAny(Column.occurredAt).map { Instant(microseconds: $0.microseconds) },
            recordedAt: recordedAt, previous: previous, teller: try row.int64IfAny(Column.teller),
            coverer: walk.messages.covering.flatMap { $0.tellsAtOnce(position) ? $0.position : nil }, leaf: leaf,
            payload: payload, fault: content.isGone && payload == nil ? .redactionUntold : nil)
        let (stream, type) = (try row.bytes(Column.stream), try row.bytes(Column.type))
        if type.count == Redaction.type.utf8.count, type.elementsEqual(Redaction.type.utf8) { redactions += 1 }
        let message = event.teller.flatMap { walk.messages.message(at: $0) }
        if event.teller != nil, message == nil {
            walk.late.append(Kept(event, stream.bytes, type.bytes))
        } else {
            check(event, stream.bytes, type.bytes, message, &walk)
        }
    }

    /// Holds an event against the message that should have told it, and both against its leaf.
    private mutating func check(
        _ event: Event, _ stream: RawSpan, _ type: RawSpan, _ message: ChunkMessages.Message?, _ walk: inout Walk
    ) {
        let position = event.position
        if let coverer = event.coverer {
            if event.teller != coverer { note(.messageMisplaced, position) }
        } else if let message, !message.isQuarantined || message.position > position {
            note(.messageMisplaced, position)
        }
        var told: (Position, Digest)?
        if let teller = event.teller {
            guard let message else { return note(.messageMissing, position) }
            guard let salted = message.salted else { return }
            told = (Position(teller), salted)
        }
        if !event.isOfLeaf(in: walk.log, at: position, stream: stream, type: type, message: told, &walk.scratch) {
            walk.wrong.append((Kept(event, stream, type), told))
        }
        let isOfOtherTime = message.map { $0.tellsAtOnce(position) && $0.recordedAt != event.recordedAt } ?? false
        if isOfOtherTime || event.previous.map({ $0 > event.recordedAt }) == true { note(.timeChanged, position) }
    }

    /// Checks what could not be while the rows came: what was told by messages that stand elsewhere.
    private mutating func checkLate(_ walk: inout Walk, kept: [Int64: Digest], in session: PostgresSession) throws {
        guard !walk.late.isEmpty else { return }
        let tellers = Set(walk.late.compactMap(\.event.teller)).sorted()
        let messages = try ChunkMessages(at: tellers, kept: kept, in: session)
        for late in walk.late {
            let message = late.event.teller.flatMap { messages.message(at: $0) }
            check(late.event, late.stream.span.bytes, late.type.span.bytes, message, &walk)
        }
    }

    /// Says of events that do not hash to their leaves what happened to them, as far as can be told.
    private mutating func judge(
        _ wrong: [(kept: Kept, message: (Position, Digest)?)], _ log: LogName, _ scratch: inout [UInt8]
    ) {
        let places = wrong.prefix(Self.swapsMax).map(\.kept.event.position)
        for (index, (kept, message)) in wrong.enumerated() {
            let event = kept.event
            // Its leaf came with it: at which place was it made?
            var home: Int64?
            for place in places where index < Self.swapsMax && place != event.position {
                let isHome = event.isOfLeaf(
                    in: log, at: place, stream: kept.stream.span.bytes, type: kept.type.span.bytes, message: message,
                    &scratch)
                guard isHome else { continue }
                home = place
                break
            }
            // The tree is made of the leaves where they belong, so that it tells of nothing else.
            if let home, home - range.lowerBound < Int64(leaves.count) { leaves[Int(home - range.lowerBound)] = event.leaf }
            note(event.fault ?? (home != nil ? .positionSwapped : .eventChanged), event.position)
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

    private static let events: SQL =
        """
        copy (
            select position, stream, type, occurred_at, recorded_at, message_position, leaf_hash, salt, payload
            from event_log.event
            where log = current_setting('audit.log')
              and position between current_setting('audit.first')::bigint and current_setting('audit.last')::bigint
            order by position
        ) to stdout (format binary)
        """

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
}
