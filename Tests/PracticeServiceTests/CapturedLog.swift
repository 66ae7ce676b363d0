import Logging
import Synchronization

/// Keeps log lines, for tests that read them.
final class CapturedLog: Sendable {
    private let lines = Mutex<[String]>([])

    /// Each line: level, message, then the metadata in order of its keys.
    var text: [String] { lines.withLock { $0 } }

    var logger: Logger {
        Logger(label: "test") { _ in Handler(log: self) }
    }

    private struct Handler: LogHandler {
        let log: CapturedLog
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
            let words = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            log.lines.withLock { $0.append((["\(event.level)", "\(event.message)"] + words).joined(separator: " ")) }
        }
    }
}
