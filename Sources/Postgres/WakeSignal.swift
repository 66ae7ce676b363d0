import CLibpq
import Glibc

/// An eventfd by which other threads wake one that waits in poll.
final class WakeSignal: Sendable {
    let descriptor: Int32

    init() throws(PostgresError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        if descriptor < 0 { throw PostgresError(.noResources, message: "no eventfd: error \(errno)") }
    }

    deinit {
        Glibc.close(descriptor)
    }

    /// Makes the descriptor readable; several calls count as one.
    func raise() {
        eventfd_write(descriptor, 1)
    }

    /// Makes it unreadable again.
    func clear() {
        var count: eventfd_t = 0
        eventfd_read(descriptor, &count)
    }
}
