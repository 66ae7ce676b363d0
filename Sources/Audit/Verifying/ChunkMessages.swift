import EventSourcing
import Postgres

/// The messages that told the events of a chunk, and the one before it, which may tell its first.
///
/// COPY takes no parameters: what is asked for stands in settings of the transaction.
struct ChunkMessages {
    /// A message as it stands.
    struct Message {
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

    /// By position, ascending.
    private(set) var ordered: [Message] = []
    /// The last that stands where an event does, of the positions passed.
    private(set) var covering: Message?
    private var next = 0

    /// Reads those of a range; `settings` must have been asked before.
    init(of range: ClosedRange<Int64>, kept: [Int64: Digest], in session: PostgresSession) throws {
        ordered.reserveCapacity(range.count + 1)
        try read(
            """
            copy (
                select position, event_count, recorded_at, disposition = 'quarantined', digest, salt, bytes
                from event_log.message
                where log = current_setting('audit.log')
                  and position between current_setting('audit.first_message')::bigint
                      and current_setting('audit.last')::bigint
                order by position
            ) to stdout (format binary)
            """, kept: kept, in: session)
        if let first = ordered.first, first.position < range.lowerBound { advance(to: first.position) }
    }

    /// Reads those at some positions, of the log of the settings.
    init(at positions: [Int64], kept: [Int64: Digest], in session: PostgresSession) throws {
        try session.execute("select set_config('audit.positions', (\(positions)::bigint[])::text, true)")
        try read(
            """
            copy (
                select position, event_count, recorded_at, disposition = 'quarantined', digest, salt, bytes
                from event_log.message
                where log = current_setting('audit.log')
                  and position = any (current_setting('audit.positions')::bigint[])
                order by position
            ) to stdout (format binary)
            """, kept: kept, in: session)
    }

    /// Sets what is read: a range of a log, from the message before it on.
    static func settings(for range: ClosedRange<Int64>, of log: LogName) -> SQL {
        """
        select set_config('audit.log', \(log), true), set_config('audit.first', \(range.lowerBound)::text, true),
            set_config('audit.last', \(range.upperBound)::text, true),
            set_config('audit.first_message', coalesce(
                (select m.position from event_log.message m where m.log = \(log) and m.position < \(range.lowerBound)
                 order by m.position desc limit 1), \(range.lowerBound))::text, true)
        """
    }

    /// Goes on to the event at a position.
    mutating func advance(to position: Int64) {
        while next < ordered.count, ordered[next].position <= position {
            if ordered[next].position == position { covering = ordered[next] }
            next += 1
        }
    }

    /// The message at a position, if it is among these.
    func message(at position: Int64) -> Message? {
        if let covering, covering.position == position { return covering }
        var (low, high) = (0, ordered.count)
        while low < high {
            let middle = (low + high) / 2
            if ordered[middle].position < position { low = middle + 1 } else { high = middle }
        }
        return low < ordered.count && ordered[low].position == position ? ordered[low] : nil
    }

    private mutating func read(_ sql: SQL, kept: [Int64: Digest], in session: PostgresSession) throws {
        try session.copyRows(sql) { row in
            let position = try row.int64(0)
            let content = SaltedContent(salt: try row.bytes(5), content: try row.bytes(6), isPlainAsked: true)
            let digest = Digest(copying: try row.bytes(4).bytes)
            let isItself = content.isSalted && content.plain == digest
            let salted = content.isGone ? kept[position] : isItself ? content.digest : nil
            ordered.append(
                Message(
                    position: position, eventCount: try row.int64(1),
                    recordedAt: Instant(microseconds: try row.timestamp(2).microseconds), isQuarantined: try row.bool(3),
                    salted: salted, fault: salted != nil ? nil : content.isGone ? .redactionUntold : .messageChanged))
        }
    }
}
