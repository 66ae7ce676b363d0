import Foundation

/// The checkout as text: what the house tests read.
struct SourceTree {
    let root: URL

    /// The checkout this test was compiled from.
    static let own = SourceTree(
        root: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent())

    struct SwiftFile {
        let path: String
        let target: String
        let lines: [String]

        /// The modules this file imports, whatever the access level or attributes of the import.
        var imports: [String] {
            lines.compactMap { line in
                guard let match = line.wholeMatch(of: importLine) else { return nil }
                return String(match.output.1)
            }
        }
    }

    func swiftFiles(under folder: String) throws -> [SwiftFile] {
        let base = root.appending(path: folder)
        guard let walk = FileManager.default.enumerator(atPath: base.path) else { return [] }
        return try walk.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted().map { path in
            let text = try String(contentsOf: base.appending(path: path), encoding: .utf8)
            return SwiftFile(
                path: "\(folder)/\(path)", target: String(path.prefix { $0 != "/" }),
                lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        }
    }

    func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    func entries(of folder: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path).sorted()
    }
}

/// `import X`, `package import X`, `@_spi(Log) import X`, `import struct X.Y`.
private nonisolated(unsafe) let importLine =
    // A regular expression literal is immutable; only the type lacks the conformance.
    /^(?:@\S+ )*(?:public |package |internal |fileprivate |private )?import (?:(?:struct|class|enum|protocol|func|var|let|typealias) )?([A-Za-z0-9_]+).*$/
