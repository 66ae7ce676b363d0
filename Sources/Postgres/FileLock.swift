import Glibc

/// A lock on a file (flock), which the system lets go of when its holder dies.
final class FileLock: Sendable {
    private let descriptor: Int32

    /// Waits at most `limit`; blocks the calling thread.
    init(_ path: String, waiting limit: Duration) throws(PrivateClusterError) {
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .directoryUnusable(path: path, reason: "no lock file: error \(errno)") }
        let deadline = ContinuousClock.now + limit
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR, .now < deadline else {
                close(file)
                throw .locked(path: path)
            }
            usleep(10_000)
        }
        descriptor = file
    }

    deinit {
        close(descriptor)
    }
}
