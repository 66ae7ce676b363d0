import Foundation
import Testing

/// Holds the `import` lines against the table of the README: no arrow runs upstream, and what is pure stays pure.
@Suite struct ArrowTests {
    /// Which of our targets each may import. This is the table of the README, by test.
    static let arrows: [String: Set<String>] = [
        "EventSourcing": [],
        "HL7v2": [],
        "Admissions": ["EventSourcing"],
        "ADT": ["HL7v2", "Admissions", "EventSourcing"],
        "SenderProfiles": ["ADT", "Admissions"],
        "Simulator": ["ADT", "HL7v2", "Admissions", "EventSourcing"],
        "CLibpq": [],
        "Postgres": ["CLibpq"],
        "MLLP": [],
        "EventLog": ["EventSourcing", "Postgres"],
        "Ingest": ["HL7v2", "ADT", "Admissions", "EventSourcing"],
        "Projections": ["Admissions", "EventSourcing", "EventLog", "Postgres"],
        "Audit": ["EventSourcing", "EventLog", "Admissions", "Postgres"],
        "PracticeService": ["Audit", "Projections", "Admissions", "EventSourcing"],
        "primary-conect": [
            "EventSourcing", "HL7v2", "Admissions", "ADT", "Simulator", "Postgres", "MLLP", "EventLog", "Ingest",
            "Projections", "Audit", "PracticeService", "SenderProfiles",
        ],
    ]

    static let pure: Set<String> = ["EventSourcing", "HL7v2", "Admissions", "ADT", "SenderProfiles", "Simulator"]

    @Test func `every folder of Sources is a room of the house`() throws {
        #expect(try Set(SourceTree.own.entries(of: "Sources")) == Set(Self.arrows.keys))
    }

    @Test func `no file imports a target that the table does not allow`() throws {
        let ours = Set(Self.arrows.keys)
        for file in try SourceTree.own.swiftFiles(under: "Sources") {
            let allowed = try #require(Self.arrows[file.target], "\(file.path) stands in no room")
            let imported = Set(file.imports).intersection(ours)
            #expect(imported.subtracting(allowed).isEmpty, "\(file.path) imports \(imported.subtracting(allowed))")
        }
    }

    @Test func `what is pure imports nothing that reads a clock, a file or a socket`() throws {
        let doors: Set<String> = [
            "Foundation", "FoundationEssentials", "Glibc", "Dispatch", "NIOCore", "NIOPosix", "Logging", "CLibpq",
        ]
        for file in try SourceTree.own.swiftFiles(under: "Sources") where Self.pure.contains(file.target) {
            #expect(doors.isDisjoint(with: file.imports), "\(file.path) imports \(file.imports)")
        }
    }

    @Test func `only a log can make a receipt`() throws {
        let spelling = "provenBy" + "CommitTo:"
        let makers = try (SourceTree.own.swiftFiles(under: "Sources") + SourceTree.own.swiftFiles(under: "Tests"))
            .filter { $0.lines.contains { $0.contains(spelling) } }
            .map { $0.path.split(separator: "/").prefix(2).joined(separator: "/") }
        #expect(Set(makers).isSubset(of: ["Sources/EventLog", "Tests/Support"]))
    }

    @Test func `only the acknowledgement of a receipt is an accepting one`() throws {
        let makers = try SourceTree.own.swiftFiles(under: "Sources")
            .filter { $0.lines.contains { $0.contains("HL7Acknowledgement(") } }
            .map(\.path)
        #expect(
            makers.allSatisfy { $0.hasPrefix("Sources/HL7v2/") || $0 == "Sources/Ingest/Acknowledgement.swift" },
            "\(makers)")
    }

    @Test func `the table of the README is the table of this test`() throws {
        let readme = try SourceTree.own.text("README.md")
        for (target, imports) in Self.arrows {
            let row = readme.split(separator: "\n").first { $0.hasPrefix("| `\(target)` |") }
            let cells = try #require(row, "README.md has no row for \(target)").split(separator: "|").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            let told =
                cells.last == "all"
                ? Self.arrows["primary-conect"] ?? []
                : Set(
                    (cells.last ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
                        .filter { $0 != "–" })
            #expect(told == imports, "README.md says \(told) for \(target)")
        }
    }
}
