import Glibc

/// Reads and writes the small files that keys live in.
enum KeyFile {
    private static let bytesMax = 65_536

    /// Reads a public key file, at most 64 KiB.
    static func readPublic(_ path: String) throws(TokenKeyError) -> [UInt8] {
        guard let bytes = try read(path, mustBePrivate: false) else { throw .unreadable(file: path) }
        return bytes
    }

    /// Reads a private key file; `nil` where there is none.
    ///
    /// - Throws: `openToOthers` where group or others may do anything with it.
    static func readPrivate(_ path: String) throws(TokenKeyError) -> [UInt8]? {
        try read(path, mustBePrivate: true)
    }

    /// Writes a new private key file of mode 0600, whole or not at all.
    ///
    /// Written beside and then linked into place, so that a reader never sees half a key, and of two writers one wins.
    ///
    /// - Returns: `false` where the file was there already; it is left as it is.
    static func create(_ path: String, _ bytes: [UInt8]) throws(TokenKeyError) -> Bool {
        let draft = "\(path).\(getpid()).\(UInt32.random(in: .min ... .max)).new"
        let descriptor = open(draft, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unwritable(file: path) }
        defer { unlink(draft) }
        var rest = bytes[...]
        while !rest.isEmpty {
            // The unsafe view is read and does not outlive the call.
            let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else {
                close(descriptor)
                throw .unwritable(file: path)
            }
            rest = rest.dropFirst(written)
        }
        let isSynced = fsync(descriptor) == 0
        guard close(descriptor) == 0, isSynced else { throw .unwritable(file: path) }
        if link(draft, path) == 0 { return true }
        guard errno == EEXIST else { throw .unwritable(file: path) }
        return false
    }

    private static func read(_ path: String, mustBePrivate: Bool) throws(TokenKeyError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .unreadable(file: path)
        }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { throw .unreadable(file: path) }
        if mustBePrivate, facts.st_mode & 0o077 != 0 { throw .openToOthers(file: path) }
        var bytes: [UInt8] = []
        while true {
            // `read` fills the bytes it counts, at most as many as there is room for.
            let chunk = [UInt8](unsafeUninitializedCapacity: 4_096) { buffer, count in
                count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
            }
            if chunk.isEmpty { return bytes }
            bytes += chunk
            guard bytes.count <= bytesMax else { throw .notAKey(file: path) }
        }
    }
}
