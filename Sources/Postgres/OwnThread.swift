import CLibpq
import Glibc

/// Threads for work that blocks, so that neither an event loop nor Swift's cooperative pool ever does.
package enum OwnThread {
    /// Runs `body` on a thread of its own and waits for it without blocking.
    package static func run<R: Sendable>(
        named name: String, _ body: @escaping @Sendable () throws -> R
    ) async throws -> R {
        try await withCheckedThrowingContinuation { continuation in
            do throws(PostgresError) {
                try start(named: name) { continuation.resume(with: Result { try body() }) }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    /// Starts a detached thread; its name is clipped to 15 bytes by the system.
    package static func start(named name: String, _ body: @escaping @Sendable () -> Void) throws(PostgresError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        defer { pthread_attr_destroy(&attributes) }
        // Retained for the thread, which takes it over below; released here if there will be none.
        let box = Unmanaged.passRetained(Body(name: String(name.utf8.prefix(15)) ?? "", run: body))
        var thread = pthread_t()
        let failure = pthread_create(
            &thread, &attributes,
            { argument in
                guard let argument else { return nil }
                // The argument is the box retained above.
                let body = Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
                primary_conect_name_thread(body.name)
                body.run()
                return nil
            }, box.toOpaque())
        if failure != 0 {
            box.release()
            throw PostgresError(.noResources, message: "no thread: error \(failure)")
        }
    }

    private final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void

        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }
}
