import Foundation
import Testing

@testable import HL7v2

/// Reads the public messages that lie beside the project, where they do.
@Suite struct CorpusTests {
    /// `<project>/../shared/corpus`, from this file upward.
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "shared/corpus")

    private static func files() -> [URL] {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
        return (files ?? []).filter { $0.pathExtension == "hl7" }.sorted { $0.path < $1.path }
    }

    private static func messages(in file: String) throws -> [HL7Message] {
        let bytes = [UInt8](try Data(contentsOf: folder.appending(path: file)))
        return try HL7Batch.split(bytes).filter { $0.kind == .message }.map { try HL7Message($0.bytes) }
    }

    private static var isThere: Bool {
        let isThere = FileManager.default.fileExists(atPath: folder.path)
        if !isThere { print("skipped: there is no corpus at \(folder.path)") }
        return isThere
    }

    @Test func `every file is divided and every message of it read`() throws {
        guard Self.isThere else { return }
        var messages = 0
        var strays = 0
        var generator = SplitMix64(seed: 9)
        for file in Self.files() {
            let bytes = [UInt8](try Data(contentsOf: file))
            for piece in HL7Batch.split(bytes) {
                guard piece.kind == .message else {
                    strays += 1
                    continue
                }
                let message = try HL7Message(piece.bytes)
                #expect(message.segments.count > 0 && message.headerCount == 1)
                messages += 1
                // The one large file has a thousand alike; every twentieth is read in full.
                if bytes.count < 100_000 || messages.isMultiple(of: 20) {
                    Everything.read(piece.bytes)
                    Everything.read(FuzzTests.mutated(piece.bytes, using: &generator))
                }
            }
        }
        print("corpus: \(messages) messages, \(strays) strays")
        #expect(messages > 1_200)
    }

    @Test func `known messages say what they are known to say`() throws {
        guard Self.isThere else { return }
        let doubled = try #require(try Self.messages(in: "uk-oxford-polaris/A38.hl7").first)
        #expect(doubled.header.triggerEvent == "A38")
        #expect(doubled.segment("PID")?.field(3).component(4).equals("NOC-MRN") == true)
        #expect(doubled.segment("PID")?.field(3).component(6).isNull == true)

        let zeros = try #require(try Self.messages(in: "uk-oxford-polaris/A12_zero_datetime.hl7").first)
        #expect(zeros.segment("PV1")?.field(44).hasValue == true)
        #expect(zeros.segment("PV1")?.field(44).timestamp == nil)

        let thirteenth = try #require(try Self.messages(in: "uk-itk-hscic/ITK_A31.hl7").first)
        #expect(thirteenth.segment("PID")?.field(7).timestamp == nil)

        let latin = try #require(try Self.messages(in: "uk-simhospital/latin1_name_8859_1.hl7").first)
        #expect(latin.characterSet.decoder == .latin1)
        #expect(latin.value("PID-5.3") == "José")

        #expect(try Self.messages(in: "uk-simhospital/messages.hl7").count == 1_013)
        #expect(try Self.messages(in: "uk-renalware/mse_clinic_sequence_A05_A38.hl7").count == 18)
        #expect(try Self.messages(in: "python-hl7/sample_file1.hl7").count == 3)
    }
}
