import Foundation
import HL7v2

/// The public messages that lie beside the repository; on a machine without them nothing is tested with them, and it is
/// said.
enum Corpus {
    private static let root = URL(
        filePath: ProcessInfo.processInfo.environment["ADT_CORPUS"] ?? "/work/shared/corpus")

    static let isThere: Bool = {
        let isThere = FileManager.default.fileExists(atPath: root.path)
        if !isThere { print("skipped: there is no corpus at \(root.path)") }
        return isThere
    }()

    /// The messages of the files of a folder whose names begin so.
    static func messages(_ folder: String, beginning prefix: String) throws -> [HL7Message] {
        let names = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path).sorted()
        return try names.filter { $0.hasPrefix(prefix) && $0.hasSuffix(".hl7") }.flatMap { name in
            let bytes = try Data(contentsOf: root.appending(path: folder).appending(path: name))
            return try HL7Batch.split([UInt8](bytes)).filter { $0.kind == .message }.map { try HL7Message($0.bytes) }
        }
    }
}
