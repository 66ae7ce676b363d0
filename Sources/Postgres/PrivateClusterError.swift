/// Why a private cluster could not be started or stopped.
package enum PrivateClusterError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No PostgreSQL server programs were found (of that major version, for a directory that has data already).
    case programsMissing(version: String?)
    /// The directory cannot be made or used.
    case directoryUnusable(path: String, reason: String)
    /// Somebody else has been starting or stopping it for too long.
    case locked(path: String)
    /// The system refused to run a program.
    case cannotRun(program: String, errno: Int32)
    /// A program failed; its last words, or those of the server's log.
    case failed(program: String, output: String)
    /// The server did not stop in time.
    case stillRunning(path: String)

    package var description: String {
        switch self {
        case .programsMissing(let version):
            "no PostgreSQL server found: install the package postgresql\(version.map { "-" + $0 } ?? "")"
        case .directoryUnusable(let path, let reason): "\(path) cannot hold a database: \(reason)"
        case .locked(let path): "\(path) is being started or stopped by somebody else"
        case .cannotRun(let program, let errno): "\(program) cannot be run: error \(errno)"
        case .failed(let program, let output): "\(program) failed: \(output)"
        case .stillRunning(let path): "the server in \(path) does not stop"
        }
    }
}
