package import EventSourcing
import Synchronization

/// A log in memory, with the same contract as `GroupCommit`; for tests of what stands above it.
///
/// EventLogTests run the same contract against both.
package final class MemoryLog: MessageLog {
    fileprivate struct SenderControlID: Hashable {
        let sender: String
        let id: String
    }

    fileprivate struct Log {
        var events: [RecordedEvent] = []
        var messages: [Position: ReceivedMessage] = [:]
        var receipts: [MessageKey: Receipt] = [:]
        var controlIDs: Set<SenderControlID> = []
        var range = CompactRange()
    }

    private struct State {
        var logs: [LogName: Log] = [:]
        var failure: LogUnavailable?
        var appendCount = 0
    }

    private let now: @Sendable () -> Instant
    private let state = Mutex(State())

    /// Makes an empty log of logs.
    package init(now: @escaping @Sendable () -> Instant = { Instant(microseconds: 1_772_524_751_000_000) }) {
        self.now = now
    }

    /// Makes every append fail from now on, or succeed again with `nil`.
    package func fail(with failure: LogUnavailable?) {
        state.withLock { $0.failure = failure }
    }

    /// How often `append` was called, failures and duplicates included.
    package var appendCount: Int { state.withLock { $0.appendCount } }

    /// All events of a log, in order.
    package func events(in log: LogName) -> [RecordedEvent] {
        state.withLock { $0.logs[log]?.events ?? [] }
    }

    /// All messages of a log, in order.
    package func messages(in log: LogName) -> [ReceivedMessage] {
        state.withLock { state in
            (state.logs[log]?.messages ?? [:]).sorted { $0.key < $1.key }.map(\.value)
        }
    }

    /// The names of the logs that have events, in order.
    package var logs: [LogName] { state.withLock { $0.logs.keys.sorted() } }

    /// The root of a log's Merkle tree. Salts are zero here, so that it is the same in every run.
    package func root(of log: LogName) -> Digest {
        state.withLock { ($0.logs[log]?.range ?? CompactRange()).root() }
    }

    package func append(_ entry: Entry) async throws(LogUnavailable) -> Receipt {
        let time = now()
        let answer = state.withLock { state -> Result<Receipt, LogUnavailable> in
            state.appendCount += 1
            if let failure = state.failure { return .failure(failure) }
            guard !entry.events.isEmpty else { return .failure(.storageFailed(code: "no-events")) }
            return .success(state.logs[entry.log, default: Log()].append(entry, at: time))
        }
        return try answer.get()
    }
}

extension MemoryLog.Log {
    fileprivate mutating func append(_ entry: Entry, at time: Instant) -> Receipt {
        let key = MessageKey(entry.message)
        if let first = receipts[key] {
            return Receipt(
                provenByCommitTo: first.log, first: first.first, last: first.last, recordedAt: first.recordedAt,
                isDuplicate: true, controlIDReused: first.controlIDReused, answer: first.answer)
        }
        let isReused =
            !key.controlID.isEmpty
            && !controlIDs.insert(MemoryLog.SenderControlID(sender: key.sender, id: key.controlID)).inserted
        let first = Position(Int64(events.count) + 1)
        let recordedAt = max(time, events.last?.recordedAt ?? time)
        // A log in memory hides nothing: it needs no randomness.
        var zero = ZeroGenerator()
        let salt = Salt(using: &zero)
        var scratch: [UInt8] = []
        for event in entry.events {
            let position = Position(Int64(events.count) + 1)
            events.append(
                RecordedEvent(
                    log: entry.log, position: position, stream: event.stream, type: event.type, payload: event.payload,
                    occurredAt: event.occurredAt, recordedAt: recordedAt, message: first))
            range.append(
                LeafEncoding.hash(
                    log: entry.log, position: position, stream: event.stream, type: event.type,
                    occurredAt: event.occurredAt,
                    recordedAt: recordedAt, payloadDigest: salt.digest(of: event.payload),
                    message: (first, salt.digest(of: entry.message.bytes)), scratch: &scratch))
        }
        messages[first] = entry.message
        let receipt = Receipt(
            provenByCommitTo: entry.log, first: first, last: Position(Int64(events.count)), recordedAt: recordedAt,
            isDuplicate: false, controlIDReused: isReused, answer: entry.message.answer)
        receipts[key] = receipt
        return receipt
    }
}

private struct ZeroGenerator: RandomNumberGenerator {
    mutating func next() -> UInt64 { 0 }
}
