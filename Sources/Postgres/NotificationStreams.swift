import Synchronization

/// Who wants the notifications of which channel.
final class NotificationStreams: Sendable {
    /// Kept for a reader that is slow; older ones go first. Losing one costs time, never data.
    static let pendingMax = 1024

    private struct State {
        var streams: [String: [UInt64: AsyncStream<PostgresNotification>.Continuation]] = [:]
        var ids: UInt64 = 0
        var isFinished = false
    }

    private let state = Mutex(State())

    /// Adds a reader; `ended` is told once the channel has no reader any more.
    func add(_ channel: String, ended: @escaping @Sendable () -> Void) -> AsyncStream<PostgresNotification> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: PostgresNotification.self, bufferingPolicy: .bufferingNewest(Self.pendingMax))
        let id = state.withLock { state -> UInt64? in
            guard !state.isFinished else { return nil }
            state.ids += 1
            state.streams[channel, default: [:]][state.ids] = continuation
            return state.ids
        }
        guard let id else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            let isLast = self?.state.withLock { state in
                state.streams[channel]?[id] = nil
                guard state.streams[channel]?.isEmpty == true else { return false }
                state.streams[channel] = nil
                return true
            }
            if isLast == true { ended() }
        }
        return stream
    }

    func send(_ notification: PostgresNotification) {
        let readers = state.withLock { $0.streams[notification.channel].map { Array($0.values) } ?? [] }
        for reader in readers { reader.yield(notification) }
    }

    /// Ends all streams: the session is gone.
    func finish() {
        let streams = state.withLock { state in
            state.isFinished = true
            defer { state.streams = [:] }
            return state.streams
        }
        for reader in streams.values.flatMap(\.values) { reader.finish() }
    }
}
