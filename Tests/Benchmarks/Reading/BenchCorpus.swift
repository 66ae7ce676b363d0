import ADT
import Admissions
import EventSourcing
import Foundation
import HL7v2

/// What is read and folded: the messages of the scenarios that give events, and those events, read beforehand.
struct BenchCorpus {
    let messages: [[UInt8]]
    /// In the order of the messages.
    let told: [ToldEvent]
    /// The same in an order that is the same in every run.
    let shuffled: [ToldEvent]

    /// `<project>/Tests/Fixtures/ADT`, from this file upward.
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/ADT")

    init() throws {
        let found = FileManager.default.enumerator(at: Self.folder, includingPropertiesForKeys: nil)?.allObjects ?? []
        let files = found.compactMap { $0 as? URL }.filter { $0.pathExtension == "hl7" }.sorted { $0.path < $1.path }
        var messages: [[UInt8]] = []
        var told: [ToldEvent] = []
        for file in files {
            for piece in HL7Batch.split([UInt8](try Data(contentsOf: file))) where piece.kind == .message {
                guard let message = try? HL7Message(piece.bytes) else { continue }
                let reading = Work.reader.read(message)
                guard reading.disposition == .read else { continue }
                messages.append(piece.bytes)
                for event in reading.events {
                    let place = Int64(told.count + 1)
                    told.append(
                        ToldEvent(
                            try AdmissionEvent(type: event.type, payload: event.payload),
                            toldAt: Instant(microseconds: place * 1_000_000), position: Position(place)))
                }
            }
        }
        var generator = BenchGenerator()
        self.messages = messages
        self.told = told
        shuffled = told.shuffled(using: &generator)
    }

    var bytesMean: Int { messages.reduce(0) { $0 + $1.count } / max(messages.count, 1) }
}

/// The same numbers in every run (SplitMix64).
private struct BenchGenerator: RandomNumberGenerator {
    private var state: UInt64 = 1

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
