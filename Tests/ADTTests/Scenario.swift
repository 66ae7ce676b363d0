import ADT
import Foundation
import HL7v2
import Testing

/// A folder of messages under Fixtures/ADT, read in the order of their names, and what they come to (`expected.json`).
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

    /// The messages, in the order of their names; a file may hold several.
    func messages() throws -> [[UInt8]] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "hl7" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .flatMap { HL7Batch.split([UInt8](try Data(contentsOf: $0))).map(\.bytes) }
    }

    /// What the messages come to, told in this order.
    static func report(_ messages: [[UInt8]]) -> [UInt8] {
        let reader = ADTReader(profile: .ukDefault)
        var journey = Journey()
        for message in messages { journey.hear(message, reader: reader) }
        return JourneyReport(journey).json
    }

    func expected() throws -> String {
        try Self.pretty(try Data(contentsOf: expectedFile))
    }

    /// JSON with sorted keys, broken into lines.
    static func pretty(_ json: Data) throws -> String {
        let object = try JSONSerialization.jsonObject(with: json)
        let data = try JSONSerialization.data(
            withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self) + "\n"
    }
}
