import Foundation

/// Programs of the machine that a user would call.
enum Shell {
    /// Asks with GET, or posts JSON.
    static func curl(
        _ address: String, token: String, json: String? = nil
    ) async throws -> (status: Int, body: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/curl")
        process.arguments = ["-s", "-m", "20", "-w", "\n%{http_code}", "-H", "Authorization: Bearer \(token)", address]
            + (json.map { ["-H", "Content-Type: application/json", "--data-binary", $0] } ?? [])
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = await withCheckedContinuation { (continuation: CheckedContinuation<String, Never>) in
            Thread.detachNewThread {
                let data = pipe.fileHandleForReading.readDataToEndOfFile()
                process.waitUntilExit()
                continuation.resume(returning: String(decoding: data, as: UTF8.self))
            }
        }
        guard let end = text.lastIndex(of: "\n") else { return (0, "") }
        return (Int(text[text.index(after: end)...]) ?? 0, String(text[..<end]))
    }

    static func run(_ words: String...) async throws -> (status: Int32, text: String) { try await run(words) }

    /// Runs a program of the machine; gives what it wrote, errors and all.
    static func run(_ words: [String]) async throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let data = pipe.fileHandleForReading.readDataToEndOfFile()
                process.waitUntilExit()
                continuation.resume(returning: (process.terminationStatus, String(decoding: data, as: UTF8.self)))
            }
        }
    }
}
