package import Foundation
import HL7v2

/// The messages that mutations begin with, by file.
///
/// A file is drawn first and then one of its messages, so that one file of a thousand messages does not drown the rest.
/// Messages made here are always among them; the scenarios of this repository and the public messages that lie beside
/// it are, where they can be found.
package struct FuzzCorpus: Sendable {
    package let files: [[[UInt8]]]

    /// `<project>/Tests`, from this file upward.
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

    /// `<project>/../shared/corpus`.
    package static let sharedFolder =
        tests.deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/corpus")

    /// What every machine has: the messages made here, and the scenarios.
    package static let own = FuzzCorpus(folders: [])

    package init(folders: [URL]) {
        let found = ([Self.tests.appending(path: "Fixtures/ADT")] + folders).flatMap(Self.messages(in:))
        files = found + SampleMessages.all.map { [$0] }
    }

    package var messages: Int { files.reduce(0) { $0 + $1.count } }

    /// One message.
    package func message(using generator: inout FuzzGenerator) -> [UInt8] {
        generator.pick(files).flatMap { generator.pick($0) } ?? []
    }

    /// The messages of each file below a folder, files in the order of their paths.
    private static func messages(in folder: URL) -> [[[UInt8]]] {
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []
        return found.compactMap { $0 as? URL }.filter { $0.pathExtension == "hl7" }.sorted { $0.path < $1.path }
            .compactMap { try? Data(contentsOf: $0) }
            .map { HL7Batch.split([UInt8]($0)).filter { $0.kind == .message }.map(\.bytes) }
            .filter { !$0.isEmpty }
    }
}
