import Foundation
import HL7v2

/// The public messages that lie beside the repository; absent on a machine without them, and then nothing is tested with them.
enum Corpus {
    static let files: [URL] = {
        let root = URL(filePath: ProcessInfo.processInfo.environment["ADT_CORPUS"] ?? "/work/shared/corpus")
        let found = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)?.allObjects ?? []
        return found.compactMap { $0 as? URL }.filter { $0.pathExtension != "tsv" && !$0.hasDirectoryPath }
            .sorted { $0.path < $1.path }
    }()

    /// Every message in the corpus and in the scenarios.
    static let messages: [[UInt8]] = {
        let lone = Scenario.all.flatMap { (try? $0.messages()) ?? [] }
        let many = files.compactMap { try? Data(contentsOf: $0) }.flatMap { HL7Batch.split([UInt8]($0)) }.map(\.bytes)
        return lone + many
    }()
}
