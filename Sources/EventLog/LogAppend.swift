import EventSourcing
import Postgres

/// What one batch brings to one log: who stands where, the leaves, and the statement that writes it.
///
/// Pure: made for the head the writer knows; if the log ends elsewhere the server says so and it is made again.
struct LogAppend {
    let log: LogName
    /// The entries written, in order.
    let entries: [PendingEntry]
    /// The place of each entry's first event.
    let firsts: [Position]
    /// Whether an earlier entry of the same batch used the control id for other bytes.
    let reused: [Bool]
    /// When all of it is recorded.
    let recordedAt: Instant
    /// Where the log ends once it is written.
    let head: LogHead
    /// The call of `event_log.append`.
    let statement: SQL

    /// Lays the entries behind `head`.
    ///
    /// - Parameter reused: one flag for each entry.
    init(
        log: LogName, entries: [PendingEntry], reused: [Bool], after head: LogHead, now: Instant, scratch: inout [UInt8]
    ) {
        var columns = AppendColumns(entries: entries.count)
        var range = head.range
        var firsts: [Position] = []
        firsts.reserveCapacity(entries.count)
        // Time never runs back along a log, whatever the clocks do.
        let recordedAt = max(now, head.recordedAt)
        for pending in entries {
            let prepared = pending.prepared
            let first = Position(range.size + 1)
            firsts.append(first)
            columns.append(prepared, first: first)
            for (index, event) in prepared.entry.events.enumerated() {
                let leaf = LeafEncoding.hash(
                    log: log, position: Position(range.size + 1), stream: event.stream, type: event.type,
                    occurredAt: event.occurredAt, recordedAt: recordedAt, payloadDigest: prepared.payloadDigests[index],
                    message: (first, prepared.messageDigest), scratch: &scratch)
                range.append(leaf)
                columns.append(event, salt: prepared.eventSalts[index], leaf: leaf, first: first)
            }
        }
        self.log = log
        self.entries = entries
        self.firsts = firsts
        self.reused = reused
        self.recordedAt = recordedAt
        self.head = LogHead(recordedAt: recordedAt, range: range)
        statement = columns.statement(
            log: log, expected: head.position, recordedAt: recordedAt, range: range, reused: reused)
    }
}
