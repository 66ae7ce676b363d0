import Foundation
import Testing

/// Holds the tree itself: what lies at the top, how files are named, what may not be written.
@Suite struct TreeTests {
    let tree = SourceTree.own

    @Test func `nothing lies at the top level but the six and dotfiles`() throws {
        let allowed: Set<String> = ["Package.swift", "README.md", "Sources", "Tests", "schema", "deploy"]
        let found = try tree.entries().filter { !$0.hasPrefix(".") && $0 != "Package.resolved" }
        #expect(Set(found).isSubset(of: allowed), "\(Set(found).subtracting(allowed))")
    }

    @Test func `no file is called a helper`() throws {
        let vague = ["Utils", "Util", "Helper", "Helpers", "Manager", "Impl", "Misc", "Common"]
        for file in try tree.swiftFiles(under: "Sources") {
            let name = file.path.split(separator: "/").last.map(String.init) ?? ""
            #expect(!vague.contains { name.contains($0) }, "\(file.path)")
        }
    }

    @Test func `no line is left for later`() throws {
        let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X:", "HA" + "CK"]
        for file in try tree.swiftFiles(under: "Sources") + tree.swiftFiles(under: "Tests") {
            for (number, line) in file.lines.enumerated() {
                #expect(!marks.contains { line.contains($0) }, "\(file.path):\(number + 1)")
            }
        }
    }

    @Test func `no test sleeps`() throws {
        let sleeps = ["Task." + "sleep", "usle" + "ep(", "Thread." + "sleep", " sle" + "ep("]
        for file in try tree.swiftFiles(under: "Tests") {
            for (number, line) in file.lines.enumerated() {
                #expect(!sleeps.contains { line.contains($0) }, "\(file.path):\(number + 1)")
            }
        }
    }

    @Test func `every unsafe word has its reason on the line above`() throws {
        let words = ["try!", "as!", "@unchecked Sendable", "nonisolated(unsafe)", "fatalError(", "precondition("]
        for file in try tree.swiftFiles(under: "Sources") {
            for (number, line) in file.lines.enumerated() where words.contains(where: line.contains) {
                if line.trimmingCharacters(in: .whitespaces).hasPrefix("//") { continue }
                let above = number > 0 ? file.lines[number - 1].trimmingCharacters(in: .whitespaces) : ""
                #expect(above.hasPrefix("//"), "\(file.path):\(number + 1)")
            }
        }
    }

    @Test func `the scripts of the README can be run`() throws {
        let readme = try tree.text("README.md")
        for script in ["deploy/run", "deploy/test", ".ci/run"] {
            #expect(FileManager.default.isExecutableFile(atPath: tree.root.appending(path: script).path), "\(script)")
        }
        #expect(readme.contains("deploy/run") && readme.contains("deploy/test"))
        #expect(try tree.text(".ci/run").contains("deploy/test"))
    }
}
