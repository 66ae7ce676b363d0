import ADT
import Admissions
import EventSourcing
import HL7v2
import Testing

/// The reader writes payloads straight from the bytes: they must be those the event itself would write.
@Suite struct ADTReaderPayloadTests {
    private static let reader = ADTReader(profile: .ukDefault)

    @Test func `every payload read from the corpus is the canonical payload of its event`() throws {
        #expect(!Corpus.messages.isEmpty)
        for bytes in Corpus.messages {
            guard let message = try? HL7Message(bytes) else { continue }
            try check(Self.reader.read(message))
        }
    }

    @Test func `reading twice gives the same`() throws {
        for bytes in Corpus.messages {
            guard let message = try? HL7Message(bytes) else { continue }
            #expect(Self.reader.read(message) == Self.reader.read(message))
        }
    }

    @Test func `mutated messages are read without a trap, and canonically`() throws {
        var generator = SeededGenerator(seed: 7)
        let interesting: [UInt8] = [0, 0x0A, 0x0D, 0x20, 0x22, 0x26, 0x5C, 0x5E, 0x7C, 0x7E, 0x80, 0x92, 0xC3, 0xFF]
        for _ in 0..<20_000 {
            guard var bytes = Corpus.messages.randomElement(using: &generator), bytes.count > 8 else { continue }
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<5, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes[place] = interesting.randomElement(using: &generator) ?? 0
                case 2: bytes.insert(interesting.randomElement(using: &generator) ?? 0, at: place)
                case 3: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...20, using: &generator)))
                default:
                    let end = min(bytes.count, place + Int.random(in: 1...40, using: &generator))
                    bytes.insert(contentsOf: bytes[place..<end], at: place)
                }
                if bytes.isEmpty { bytes = [0] }
            }
            guard let message = try? HL7Message(bytes) else { continue }
            try check(Self.reader.read(message))
        }
    }

    @Test func `bytes that are no message have a reading as well`() throws {
        #expect(Reading.unreadable.disposition == .quarantined)
        #expect(Reading.unreadable.reason == .notHL7)
        try check(Reading.unreadable)
    }

    private func check(_ reading: Reading) throws {
        #expect(!reading.events.isEmpty)
        #expect(reading.disposition == .read || reading.events.count == 1)
        for event in reading.events {
            let back = try AdmissionEvent(type: event.type, payload: event.payload)
            #expect(String(decoding: back.payload, as: UTF8.self) == String(decoding: event.payload, as: UTF8.self))
            #expect(back.newEvent == event)
            #expect((reading.disposition == .read) == (reading.reason == nil))
        }
    }
}
