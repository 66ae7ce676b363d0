import Admissions
import Foundation

/// The file by which a practice names the columns of its list: `column: Heading`, a line each.
///
/// `#` begins a comment line; a heading may stand in quotes. What is not named is found by its usual headings.
enum RosterColumnsFile {
    /// - Throws: `CommandFailure(.noInput)` where the file cannot be read, `.badData` with a line for what it must not
    ///   say.
    static func read(_ file: String) throws -> RosterColumns.Names {
        let text = String(decoding: try InputFile.bytes(of: file), as: UTF8.self)
        var named: [String: String] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingPrefix("\u{FEFF}").trimmingCharacters(in: .whitespacesAndNewlines)
            if line.isEmpty || line.hasPrefix("#") { continue }
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, !parts[1].isEmpty else {
                throw CommandFailure(.badData, "\(file):\(index + 1): a line says column: Heading.")
            }
            guard named.updateValue(unquoted(parts[1]), forKey: parts[0]) == nil else {
                throw CommandFailure(.badData, "\(file):\(index + 1): this column is named twice.")
            }
        }
        do {
            return try RosterColumns.Names(named)
        } catch .columnUnknown(let name) {
            let known = RosterColumn.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure(.badData, "\(file): there is no column '\(name)'; there are \(known).")
        } catch {
            throw CommandFailure(.badData, "\(file): two columns have the same heading.")
        }
    }

    private static func unquoted(_ text: String) -> String {
        for quote in ["\"", "'"] where text.count >= 2 && text.hasPrefix(quote) && text.hasSuffix(quote) {
            return String(text.dropFirst().dropLast())
        }
        return text
    }
}
