import ADT
import Admissions
import EventSourcing
import Foundation
import HL7v2
import Testing

/// A folder of messages under Fixtures/ADT, read in the order of their names.
///
/// The nth message is first heard n minutes after a fixed moment, whatever the order in which it is then folded.
struct Scenario: Sendable, CustomTestStringConvertible {
    let name: String
    let folder: URL

    static let all: [Scenario] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/ADT")
        let folders = (try? FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)) ?? []
        return folders.sorted { $0.path < $1.path }.map { Scenario(name: $0.lastPathComponent, folder: $0) }
    }()

    var testDescription: String { name }

    var expectedFile: URL { folder.appending(path: "expected.json") }

    /// The messages, in the order of their names.
    func messages() throws -> [[UInt8]] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "hl7" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .map { [UInt8](try Data(contentsOf: $0)) }
    }

    /// What is read of each, and when it was first heard.
    func readings() throws -> [Heard] {
        let reader = ADTReader(profile: .ukDefault)
        return try messages().enumerated().map { index, bytes in
            Heard(
                reading: reader.read(try HL7Message(bytes)),
                toldAt: Instant(microseconds: Self.start + Int64(index) * 60_000_000), position: Position(Int64(index) + 1))
        }
    }

    private static let start: Int64 = 1_798_761_600_000_000  // 2027-01-01T00:00:00Z, after all that the messages tell
}

/// A reading and when it was heard.
struct Heard: Sendable {
    let reading: Reading
    let toldAt: Instant
    let position: Position

    func told() throws -> ToldEvent {
        let event = reading.events[0]
        return ToldEvent(
            try AdmissionEvent(type: event.type, payload: event.payload), toldAt: toldAt, position: position)
    }

    /// The same, heard again a day later.
    var again: Heard {
        Heard(reading: reading, toldAt: toldAt + .seconds(86_400), position: Position(position.rawValue + 1_000))
    }
}
