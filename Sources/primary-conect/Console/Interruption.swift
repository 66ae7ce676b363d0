import Dispatch
import Glibc
import Synchronization

/// Ctrl-C, for long jobs that say where they stopped.
enum Interruption {
    private struct State {
        var wasStopped = false
        var cancel: (@Sendable () -> Void)?
    }

    /// Runs a job until it ends, or until Ctrl-C cancels it; a second Ctrl-C ends the process at once.
    ///
    /// - Parameters:
    ///   - number: the signal that Ctrl-C sends.
    ///   - place: where the job stands, asked when it was stopped.
    /// - Throws: `CommandFailure(.interrupted)`, or what the job throws.
    static func stopping<Result: Sendable>(
        by number: Int32 = SIGINT, place: @Sendable () -> String, _ job: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let state = Shared()
        // Not ignored besides, as it would be on macOS: Linux throws away what is ignored, and the source hears nothing.
        let source = DispatchSource.makeSignalSource(signal: number)
        source.setEventHandler { state.stop() }
        // From here on no Ctrl-C is lost.
        await withCheckedContinuation { registered in
            source.setRegistrationHandler { registered.resume() }
            source.resume()
        }
        defer { source.cancel() }
        let task = Task { try await job() }
        state.follow { task.cancel() }
        do {
            return try await task.value
        } catch {
            // Whatever was under way fails in its own words.
            guard state.wasStopped else { throw error }
            throw CommandFailure(.interrupted, "Stopped by Ctrl-C \(place()).")
        }
    }

    /// Whether Ctrl-C came, and what it cancels.
    private final class Shared: Sendable {
        private let state = Mutex(State())

        var wasStopped: Bool { state.withLock { $0.wasStopped } }

        func follow(_ cancel: @escaping @Sendable () -> Void) {
            let isLate = state.withLock { state in
                state.cancel = cancel
                return state.wasStopped
            }
            if isLate { cancel() }
        }

        func stop() {
            let cancel = state.withLock { state in
                if state.wasStopped { _exit(ExitStatus.interrupted.rawValue) }
                state.wasStopped = true
                return state.cancel
            }
            cancel?()
        }
    }
}
