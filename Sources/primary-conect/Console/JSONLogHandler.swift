import EventLog
import EventSourcing
import Foundation
import Logging

/// One JSON object a line on standard error: RFC 3339 UTC, level, event name, fields.
///
/// Callers log codes, counts, positions and durations, never patient data (house.md section 5).
struct JSONLogHandler: LogHandler {
    var logLevel: Logger.Level = .info
    var metadata: Logger.Metadata = [:]
    let label: String

    init(label: String) { self.label = label }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields: [String: String] = [:]
        for (key, value) in metadata { fields[key] = value.description }
        for (key, value) in event.metadata ?? [:] { fields[key] = value.description }
        var line = "{\"at\":\"\(WallClock.now().iso8601)\""
        line += ",\"level\":\"\(event.level.rawValue)\",\"from\":\(quoted(label))"
        line += ",\"event\":\(quoted(event.message.description))"
        for key in fields.keys.sorted() { line += ",\(quoted(key)):\(quoted(fields[key] ?? ""))" }
        Console.error(line + "}")
    }

    private func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20: result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
