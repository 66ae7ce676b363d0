import Foundation
import Synchronization

/// A running `primary-conect`, as an operator would start it: a real process, killed for real.
final class DaemonProcess: Sendable {
    /// Where the daemon listens, as it told on standard output once it was ready.
    struct Ready: Decodable {
        let mllp: Int?
        let http: Int?
    }

    enum Failure: Error {
        case notBuilt(String)
        case ended(status: Int32, output: String)
    }

    let directory: String
    let ready: Ready
    private let process: Process
    private let output: Output

    /// Starts the command and waits until it says that it is ready.
    static func start(_ arguments: [String], directory: String) async throws -> DaemonProcess {
        let process = Process()
        process.executableURL = URL(filePath: try Binary.path())
        process.arguments = arguments + ["--directory", directory]
        let output = Output()
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = output.errors.fileHandleForWriting
        process.standardInput = FileHandle.nullDevice
        try process.run()
        output.drainErrors()
        let line = await output.firstLine(of: pipe.fileHandleForReading) { $0.contains("\"schema\":\"ready/1\"") }
        guard let line, let ready = try? JSONDecoder().decode(Ready.self, from: Data(line.utf8)) else {
            process.waitUntilExit()
            throw Failure.ended(status: process.terminationStatus, output: output.errorText)
        }
        return DaemonProcess(directory: directory, ready: ready, process: process, output: output)
    }

    private init(directory: String, ready: Ready, process: Process, output: Output) {
        self.directory = directory
        self.ready = ready
        self.process = process
        self.output = output
    }

    var processID: Int32 { process.processIdentifier }
    var log: String { output.errorText }
    var isRunning: Bool { process.isRunning }

    /// Sends a signal and waits for the end.
    @discardableResult
    func end(_ signal: Int32) async -> Int32 {
        if process.isRunning { kill(process.processIdentifier, signal) }
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread { [process] in
                process.waitUntilExit()
                continuation.resume(returning: process.terminationStatus)
            }
        }
    }
}

/// The command beside the test bundle.
enum Binary {
    static func path() throws -> String {
        let folders = [
            URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path,
            URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: ".build/debug").path,
        ]
        for folder in folders {
            let path = "\(folder)/primary-conect"
            if FileManager.default.isExecutableFile(atPath: path) { return path }
        }
        throw DaemonProcess.Failure.notBuilt("primary-conect is not in \(folders)")
    }

    struct Result {
        let status: Int32
        let out: String
        let errors: String
    }

    /// Runs the command to its end.
    static func run(
        _ arguments: [String], input: String? = nil, environment: [String: String] = [:]
    ) async throws -> Result {
        let process = Process()
        process.executableURL = URL(filePath: try path())
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        let out = Pipe()
        let errors = Pipe()
        let feed = Pipe()
        process.standardOutput = out
        process.standardError = errors
        process.standardInput = input == nil ? FileHandle.nullDevice : feed
        try process.run()
        if let input {
            feed.fileHandleForWriting.write(Data(input.utf8))
            try feed.fileHandleForWriting.close()
        }
        async let told = read(out)
        async let complaints = read(errors)
        let result = await (told, complaints)
        process.waitUntilExit()
        return Result(status: process.terminationStatus, out: result.0, errors: result.1)
    }

    private static func read(_ pipe: Pipe) async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let data = pipe.fileHandleForReading.readDataToEndOfFile()
                continuation.resume(returning: String(decoding: data, as: UTF8.self))
            }
        }
    }
}

/// What a process says: its first matching line on standard output, and all of standard error.
private final class Output: Sendable {
    let errors = Pipe()
    private let text = Mutex("")

    var errorText: String { text.withLock { $0 } }

    func drainErrors() {
        try? errors.fileHandleForWriting.close()
        Thread.detachNewThread { [self] in
            while case let data = errors.fileHandleForReading.availableData, !data.isEmpty {
                text.withLock { $0 += String(decoding: data, as: UTF8.self) }
            }
        }
    }

    /// Reads lines until one matches; goes on reading afterwards so that the process never blocks on a full pipe.
    func firstLine(of handle: FileHandle, where matches: @escaping @Sendable (String) -> Bool) async -> String? {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var buffer = ""
                var found = false
                while case let data = handle.availableData, !data.isEmpty {
                    if found { continue }
                    buffer += String(decoding: data, as: UTF8.self)
                    while let end = buffer.firstIndex(of: "\n") {
                        let line = String(buffer[..<end])
                        buffer = String(buffer[buffer.index(after: end)...])
                        if !found, matches(line) {
                            found = true
                            continuation.resume(returning: line)
                        }
                    }
                }
                if !found { continuation.resume(returning: nil) }
            }
        }
    }
}
