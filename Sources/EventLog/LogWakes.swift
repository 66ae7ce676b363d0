import EventSourcing
import Postgres
import Synchronization

/// Tells subscriptions when to look: one listening connection for all of them, and a slow tick as the net.
///
/// A wake carries nothing and several count as one. The connection is made for the first subscription and closed after
/// the last.
final class LogWakes: Sendable {
    private struct Subscriber {
        let isWanted: @Sendable (LogName) -> Bool
        let continuation: AsyncStream<Void>.Continuation
    }

    private struct State {
        var subscribers: [UInt64: Subscriber] = [:]
        var nextID: UInt64 = 0
        var tasks: [Task<Void, Never>] = []
    }

    private let pool: PostgresPool
    private let pollInterval: Duration
    private let state = Mutex(State())

    init(pool: PostgresPool, pollInterval: Duration) {
        self.pool = pool
        self.pollInterval = pollInterval
    }

    /// A stream that gives an element when there may be news of the log; ends when its iteration does.
    func wakes(of log: LogName) -> AsyncStream<Void> { wakes { $0 == log } }

    /// The same for all logs of which `isWanted` is true.
    func wakes(where isWanted: @escaping @Sendable (LogName) -> Bool) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            state.nextID += 1
            state.subscribers[state.nextID] = Subscriber(isWanted: isWanted, continuation: continuation)
            if state.tasks.isEmpty { state.tasks = [listen(), tick()] }
            return state.nextID
        }
        // It holds on to us, and we to it only until then.
        continuation.onTermination = { _ in self.remove(id) }
        return stream
    }

    private func remove(_ id: UInt64) {
        let idle = state.withLock { state -> [Task<Void, Never>] in
            state.subscribers[id] = nil
            guard state.subscribers.isEmpty else { return [] }
            defer { state.tasks = [] }
            return state.tasks
        }
        for task in idle { task.cancel() }
    }

    private func listen() -> Task<Void, Never> {
        let signals = pool.signals(on: "event_log")
        return Task.detached { [weak self] in
            for await signal in signals {
                switch signal {
                case .listening: self?.wake(nil)
                case .notified(let notification): self?.wake(notification.payload)
                }
            }
        }
    }

    private func tick() -> Task<Void, Never> {
        Task.detached { [weak self, pollInterval] in
            // Cancelled while asleep: the loop ends by its condition.
            while (try? await Task.sleep(for: pollInterval)) != nil { self?.wake(nil) }
        }
    }

    /// Wakes those who follow this log, or all.
    func wake(_ log: String?) {
        let name = log.flatMap { LogName($0) }
        let woken = state.withLock { state in
            state.subscribers.values.filter { log == nil || name.map($0.isWanted) == true }.map(\.continuation)
        }
        for continuation in woken { continuation.yield() }
    }
}
