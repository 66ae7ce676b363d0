import Glibc

/// Small files that must be on disk, whole, before anything goes on.
enum KeyText {
    /// What the system said: `errno`.
    struct Failure: Error, CustomStringConvertible {
        let code: Int32

        var description: String { "error \(code)" }
    }

    /// Writes a new file that its owner alone may read; `false` where there was one.
    static func create(_ path: String, _ bytes: [UInt8]) throws(Failure) -> Bool {
        let draft = "\(path).\(getpid()).new"
        try write(draft, bytes, flags: O_CREAT | O_EXCL | O_WRONLY)
        defer { unlink(draft) }
        // Linked into place, so that nobody reads half a key.
        if link(draft, path) == 0 { return true }
        guard errno == EEXIST else { throw Failure(code: errno) }
        return false
    }

    /// Appends to a file, made where there is none; returns once it is on disk.
    static func append(_ path: String, _ bytes: [UInt8]) throws(Failure) {
        try write(path, bytes, flags: O_CREAT | O_APPEND | O_WRONLY, mode: 0o644)
    }

    private static func write(_ path: String, _ bytes: [UInt8], flags: Int32, mode: mode_t = 0o600) throws(Failure) {
        let descriptor = open(path, flags | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            // The unsafe view is read and does not outlive the call.
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw Failure(code: errno) }
            rest = rest.dropFirst(written)
        }
        guard fsync(descriptor) == 0 else { throw Failure(code: errno) }
    }
}
