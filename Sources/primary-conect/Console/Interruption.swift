import Dispatch
import Glibc
import Synchronization

/// Ctrl-C, for long jobs that say where they stopped.
enum Interruption {
    /// Runs a job until it ends, or until Ctrl-C cancels it; a second Ctrl-C ends the process at once.
    ///
    /// - Parameter place: where the job stands, asked when it was stopped.
    /// - Throws: `CommandFailure(.interrupted)`, or what the job throws.
    static func stopping<Result: Sendable>(
        place: @Sendable () -> String, _ job: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let task = Task { try await job() }
        let wasStopped = Atomic(false)
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT)
        source.setEventHandler {
            if wasStopped.exchange(true, ordering: .relaxed) { _exit(ExitStatus.interrupted.rawValue) }
            task.cancel()
        }
        source.resume()
        defer {
            source.cancel()
            signal(SIGINT, SIG_DFL)
        }
        do {
            return try await task.value
        } catch {
            // Whatever was under way fails in its own words.
            guard wasStopped.load(ordering: .relaxed) else { throw error }
            throw CommandFailure(.interrupted, "Stopped by Ctrl-C \(place()).")
        }
    }
}
