import Dispatch
import EventSourcing
import Synchronization

/// Entries on their way to the writer thread, in order of arrival.
///
/// The only place where callers and writer meet. The writer sleeps when there is nothing; the first entry wakes it.
final class AppendQueue: Sendable {
    private struct State {
        var entries: [PendingEntry] = []
        var byteCount = 0
        var isWriterAsleep = false
        var isClosed = false
    }

    private let limits: GroupCommit.Limits
    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)

    init(limits: GroupCommit.Limits) {
        self.limits = limits
    }

    /// Queues an entry, or answers it at once when the queue is full or closed.
    func put(_ entry: PendingEntry) {
        let (refusal, isAsleep) = state.withLock { state -> (LogUnavailable?, Bool) in
            if state.isClosed { return (.closing, false) }
            guard state.entries.count < limits.queueMessagesMax,
                state.byteCount + entry.prepared.byteCount <= limits.queueBytesMax || state.entries.isEmpty
            else { return (.overloaded, false) }
            state.entries.append(entry)
            state.byteCount += entry.prepared.byteCount
            defer { state.isWriterAsleep = false }
            return (nil, state.isWriterAsleep)
        }
        if isAsleep { wake.signal() }
        if let refusal { entry.continuation.resume(returning: .failure(refusal)) }
    }

    /// Takes the oldest entries, up to the limits of a batch less what the batch holds already.
    ///
    /// Sleeps while there are none, unless `isWaiting` is false. `nil` once the queue is closed and empty.
    func take(batchHolds held: (messages: Int, bytes: Int), isWaiting: Bool) -> [PendingEntry]? {
        while true {
            let taken = state.withLock { state -> [PendingEntry]?? in
                if state.entries.isEmpty {
                    if state.isClosed { return .some(nil) }
                    if !isWaiting { return [] }
                    state.isWriterAsleep = true
                    return .none
                }
                return take(from: &state, held)
            }
            if let taken { return taken }
            wake.wait()
        }
    }

    private func take(from state: inout State, _ held: (messages: Int, bytes: Int)) -> [PendingEntry] {
        var bytes = held.bytes
        var count = 0
        for entry in state.entries {
            guard held.messages + count < limits.batchMessagesMax else { break }
            // An entry greater than the limit travels alone.
            guard bytes + entry.prepared.byteCount <= limits.batchBytesMax || held.messages + count == 0 else { break }
            bytes += entry.prepared.byteCount
            count += 1
        }
        state.byteCount -= bytes - held.bytes
        if count == state.entries.count {
            defer { state.entries = [] }
            return state.entries
        }
        defer { state.entries.removeFirst(count) }
        return Array(state.entries.prefix(count))
    }

    /// Takes out the entries whose deadline has passed; the oldest come first, so it looks no further than it must.
    func takeExpired(at now: ContinuousClock.Instant) -> [PendingEntry] {
        state.withLock { state in
            let count = state.entries.prefix { $0.deadline <= now }.count
            defer { state.entries.removeFirst(count) }
            let expired = Array(state.entries.prefix(count))
            state.byteCount -= expired.reduce(0) { $0 + $1.prepared.byteCount }
            return expired
        }
    }

    /// The deadline of the oldest entry.
    var firstDeadline: ContinuousClock.Instant? {
        state.withLock { $0.entries.first?.deadline }
    }

    /// Takes no more entries; what is queued is still taken out.
    func close() {
        let isAsleep = state.withLock { state in
            state.isClosed = true
            defer { state.isWriterAsleep = false }
            return state.isWriterAsleep
        }
        if isAsleep { wake.signal() }
    }
}
