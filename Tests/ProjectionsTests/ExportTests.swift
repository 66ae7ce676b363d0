import ADT
import Admissions
import Audit
import EventSourcing
import Foundation
import HL7v2
import Ingest
import Postgres
import Projections
import TestSupport
import Testing

/// What is exported, and what is left of a person where identifiers are taken out.
@Suite struct ExportTests {
    private static let look = AuditLook(
        practice: nil, subject: "ig-lead", client: "tests", reason: "research 4711", route: "export/test",
        requestID: "export-1")

    @Test func `nothing that names a person of any scenario is left in an export without identifiers`() async throws {
        try await World.with { world in
            let messages = try Self.corpus()
            let feeds = FeedDirectory(
                feeds: [Feed(log: World.hospital, name: "southmoor", facilities: ["ZX901"])],
                unlisted: Feed(log: World.other, name: "unlisted", facilities: []))
            let receiver = Receiver(log: world.log, feeds: feeds, now: { instant("2026-03-03T08:00:00Z") })
            for message in messages { _ = await receiver.receive(message, from: "test") }
            try await world.project()
            try await world.owner.query(
                """
                insert into practice.concern (practice, concern_id, hospital, patient_ref, kind, state, raised_at, raised_by,
                                              note, owner, version)
                values ('L99901', 'c1', 'ZX901', 'pt_0123456789abc', 'other', 'open', now(), 'tester', 'Anne TESTER fell',
                        'Dr Zebedee', 1)
                """)
            let names = Self.identifiers(of: messages)
            #expect(names.count > 60)
            let subjects: [ExportSubject] =
                [.events(log: nil, since: nil, until: nil), .messages(log: nil, since: nil, until: nil)]
                + FieldRules.views.keys.sorted().map { .view($0, practice: nil) }

            try await Self.reading(world) { reader in
                let full = try await Self.text(subjects, of: reader, without: nil)
                let words = Self.words(of: full)
                // The search can find: what it looks for stands in the export with identifiers.
                #expect(names.filter { words.contains($0) }.count > names.count / 2)

                for format in ExportFormat.allCases {
                    let text = try await Self.text(subjects, of: reader, without: Pseudonymiser(), format: format)
                    let left = names.intersection(Self.words(of: text))
                    #expect(left.isEmpty, "\(left.sorted())")
                    #expect(!text.contains("Zebedee") && !text.contains("fell") && !text.contains("pt_"))
                    #expect(text.contains("encounter.admitted.v1") && text.contains("1938") && text.contains("x_"))
                }
                // One person is one pseudonym throughout an export, and another in the next.
                let one = try await Self.text([.view("encounter", practice: nil)], of: reader, without: Pseudonymiser())
                let two = try await Self.text([.view("encounter", practice: nil)], of: reader, without: Pseudonymiser())
                #expect(one.utf8.count == two.utf8.count && one != two)
            }
            let recorded = try await world.owner.query(
                "select a.purpose from audit.access a where a.role = 'auditor' and a.route = 'export/test'")
            #expect(recorded.count == subjects.count * 4 + 2)
            // Whom an export with identifiers shows stands in its record.
            let shown = try await world.count(
                "select count(*) from audit.shown s where s.practice = 'DISTRICT' and 'pt_0123456789abc' = any (s.refs)")
            #expect(shown == 1)
        }
    }

    @Test func `every rule is of a column that there is, and nothing is exported of a view without rules`() async throws {
        try await World.with { world in
            for (view, rules) in FieldRules.views {
                let columns = try await world.owner.query(
                    "select column_name::text from information_schema.columns where table_schema = 'practice' and table_name = \(view)")
                let names = Set(try columns.map { try $0.decode(0, as: String.self) })
                #expect(Set(rules.keys).isSubset(of: names), "\(view): \(Set(rules.keys).subtracting(names))")
            }
            try await Self.reading(world) { reader in
                let key = try await Self.text([.view("installation", practice: nil)], of: reader, without: nil)
                #expect(key.isEmpty)
            }
        }
    }

    // MARK: What is told, and what must not come out

    private static func corpus() throws -> [[UInt8]] {
        let folder = URL(filePath: PostgresFixture.schemaDirectory).deletingLastPathComponent()
            .appending(path: "Tests/Fixtures/ADT")
        var messages: [[UInt8]] = []
        for scenario in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: scenario).path)
            for file in files.sorted() where file.hasSuffix(".hl7") {
                messages.append(Array(try Data(contentsOf: folder.appending(path: scenario).appending(path: file))))
            }
        }
        return messages
    }

    /// Names, addresses, telephone numbers, local and NHS numbers and birth dates as the messages tell them, in small letters.
    private static func identifiers(of messages: [[UInt8]]) -> Set<String> {
        var found: Set<String> = []
        for message in messages {
            let segments = String(decoding: message, as: UTF8.self).split { $0 == "\r" || $0 == "\n" || $0 == "\r\n" }
            for segment in segments {
                let fields = segment.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
                let wanted: [Int] =
                    switch fields[0] {
                    case "PID": [3, 5, 7, 9, 11, 13, 14, 19]
                    case "NK1": [2, 4, 5]
                    case "MRG": [1, 7]
                    default: []
                    }
                for index in wanted where index < fields.count {
                    for part in fields[index].split(whereSeparator: { "^~&\\".contains($0) }) {
                        let text = part.lowercased()
                        if index == 7, fields[0] == "PID", text.count >= 8 {
                            let digits = Array(text.prefix(8))
                            found.insert(String(digits))
                            found.insert("\(String(digits[0..<4]))-\(String(digits[4..<6]))-\(String(digits[6..<8]))")
                        }
                        // Words of a code system are no names, and short numbers stand in times too.
                        for word in text.split(separator: " ") where word.count >= 4 && !known.contains(String(word)) {
                            if word.allSatisfy(\.isNumber), word.count < 7 { continue }
                            found.insert(String(word))
                        }
                    }
                }
            }
        }
        return found
    }

    /// Codes of organisations and of code systems that stand among the numbers and names.
    private static let known: Set<String> = [
        "nhsnumber", "zx901", "zx902", "zx905", "rxx01", "nhsnbr", "number", "l99901", "other",
    ]

    private static func words(of text: String) -> Set<String> {
        Set(
            text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "'" || $0 == ".") }
                .map(String.init))
    }

    private static func text(
        _ subjects: [ExportSubject], of reader: ExportReader, without pseudonymiser: Pseudonymiser?,
        format: ExportFormat = .ndjson
    ) async throws -> String {
        var bytes: [UInt8] = []
        for subject in subjects {
            var writer = ExportWriter(format, columns: pseudonymiser == nil ? nil : subject.rules.keys.sorted())
            try await reader.each(subject, without: pseudonymiser, look: look) { rows in bytes += writer.bytes(rows) }
            bytes += writer.end
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func reading(_ world: World, _ body: (ExportReader) async throws -> Void) async throws {
        let pool = PostgresPool(world.database.configuration(user: "primary_conect_auditor"))
        do {
            try await body(ExportReader(pool: pool))
            await pool.close()
        } catch {
            await pool.close()
            throw error
        }
    }
}
