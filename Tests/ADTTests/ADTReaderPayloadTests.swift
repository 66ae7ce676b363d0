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
        let seeds = Corpus.messages + Self.withGroups
        for turn in 0..<20_000 {
            let pool = turn.isMultiple(of: 2) ? seeds : Self.withGroups
            guard var bytes = pool.randomElement(using: &generator), bytes.count > 8 else { continue }
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

    /// Every trigger event there may be, on a message that has what any of them needs, twice.
    private static let withGroups: [[UInt8]] = (0...64).map { number in
        let trigger = number < 10 ? "A0\(number)" : "A\(number)"
        return Array(
            [
                #"MSH|^~\&|PAS|ZX901|X|X|20260110213005||ADT^\#(trigger)|1|P|2.4"#, "EVN||20260110212955||||202601102116",
                "PID|1||9990000018^^^NHS^NH~123^^^ZX901^MR||TESTER^ANNE|||||||||||||F1^^^FIN", "PD1|||A^^L99901",
                "MRG|9990000026^^^NHS~456^^^ZX901^MR~7||F0^^^FIN||SP0", "PV1|1|I|W1^B^1||||C7|C8|C9||||||||||SP1^^^ZX901",
                "PID|2||321^^^^MR|654^^^X|A&B^\"\"", "MRG|Zoë|||\"\"|SP3", "PV1|1|E|||||||||||||||||SP2",
            ].joined(separator: "\r").utf8)
    }

    @Test func `every trigger event is read canonically`() throws {
        for bytes in Self.withGroups { try check(Self.reader.read(try HL7Message(bytes))) }
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
