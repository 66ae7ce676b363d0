import Glibc

/// A file that is there whole or not at all, and never over another.
///
/// Written under a name of its own beside the wanted one, then synced, then linked to the wanted name, which fails where
/// that is taken. For its owner alone (0600): it may hold patient data. Without a path it is standard output.
final class OutputFile {
    private let path: String?
    private let partial: String
    private var descriptor: Int32
    private(set) var bytesWritten = 0

    /// - Throws: `CommandFailure(.badData)` where the file exists, `.noInput` where it cannot be made.
    init(_ path: String?) throws {
        self.path = path
        guard let path else {
            partial = ""
            descriptor = STDOUT_FILENO
            return
        }
        guard access(path, F_OK) != 0 else {
            throw CommandFailure(.badData, "\(path) exists. Name another, or move it away.")
        }
        partial = "\(path).partial-\(getpid())"
        descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CommandFailure(.noInput, "\(path) cannot be written (errno \(errno)).") }
    }

    /// Adds bytes.
    func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            // The unsafe view is read and does not outlive the call.
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw CommandFailure(.failed, "Writing failed (errno \(errno)).") }
            rest = rest.dropFirst(written)
        }
        bytesWritten += bytes.count
    }

    /// Puts the file in its place.
    func finish() throws {
        guard let path else { return }
        guard fsync(descriptor) == 0, link(partial, path) == 0 else {
            let code = errno
            discard()
            throw CommandFailure(.failed, "\(path) could not be put in its place (errno \(code)).")
        }
        unlink(partial)
        close(descriptor)
        descriptor = -1
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let directory = open(folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder, O_RDONLY | O_CLOEXEC)
        guard directory >= 0 else { return }
        fsync(directory)
        close(directory)
    }

    /// Leaves nothing behind.
    func discard() {
        guard path != nil, descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
        unlink(partial)
    }
}
