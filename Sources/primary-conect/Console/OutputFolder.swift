import Glibc

/// A new folder for its owner alone (0700), for files that may hold patient data.
struct OutputFolder: Sendable {
    let path: String

    /// - Throws: `CommandFailure(.badData)` where there is something of this name.
    static func requireFree(_ path: String) throws {
        guard access(path, F_OK) != 0 else {
            throw CommandFailure(.badData, "\(path) exists. Name another, or move it away.")
        }
    }

    /// Makes it.
    ///
    /// - Throws: `CommandFailure(.badData)` where it exists, `.noInput` where it cannot be made.
    init(_ path: String) throws {
        self.path = path
        guard mkdir(path, 0o700) != 0 else { return }
        let code = errno
        try Self.requireFree(path)
        throw CommandFailure(.noInput, "\(path) cannot be made (errno \(code)).")
    }

    /// Writes a file whole.
    func write(_ name: String, _ bytes: [UInt8]) throws {
        let file = try OutputFile("\(path)/\(name)")
        do {
            try file.write(bytes)
            try file.finish()
        } catch {
            file.discard()
            throw error
        }
    }
}
