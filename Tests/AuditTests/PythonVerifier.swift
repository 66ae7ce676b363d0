import Audit
import EventSourcing
import Foundation
import Postgres
import TestSupport
import Testing

/// Tests/Verifier/verify.py, which shares no line with us and must find the same.
enum PythonVerifier {
    /// Dumps a log, lets the other verifier look at it, and expects the same findings and exit code.
    ///
    /// Where Python or its package `cryptography` is missing nothing is compared, and the log of the tests says so.
    static func expect(_ found: [String], of log: TestLog, against notes: [SignedNote]) async throws {
        guard isInstalled else {
            print("skipped: python3 with cryptography is not installed, so the other verifier was not asked")
            return
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let pool = log.pool("auditor")
        var dump = Data()
        try await LogDump(pool: pool, log: TestLog.name).run { dump.append(contentsOf: $0) }
        await pool.close()
        try dump.write(to: folder.appending(path: "dump"))
        try Data(notes.map(CheckpointFile.entry).joined().utf8).write(to: folder.appending(path: "notes"))
        let key = try #require(log.origin.key(TestLog.name))
        let (status, output) = try await run([
            verifier, folder.appending(path: "dump").path, "--key", "\(key)", "--against", folder.appending(path: "notes").path,
        ])
        #expect(output.split(separator: "\n").map(String.init) == found, "verify.py")
        #expect(status == (found.isEmpty ? 0 : 3), "verify.py")
    }

    private static let verifier = "\(PostgresFixture.schemaDirectory)/../Tests/Verifier/verify.py"

    private static let isInstalled: Bool = {
        (try? launch(["-c", "import cryptography"]).0) == 0
    }()

    private static func run(_ arguments: [String]) async throws -> (Int32, String) {
        try await OwnThread.run(named: "python") { try launch(arguments) }
    }

    private static func launch(_ arguments: [String]) throws -> (Int32, String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }
}
