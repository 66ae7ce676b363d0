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
}
