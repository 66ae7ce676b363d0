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

    @Test func `bytes that are no message have a reading as well`() throws {
        #expect(Reading.unreadable.disposition == .quarantined)
        #expect(Reading.unreadable.reason == .notHL7)
        try check(Reading.unreadable)
    }

    private func check(_ reading: Reading) throws {
        #expect(reading.events.count == 1)
        for event in reading.events {
            let back = try AdmissionEvent(type: event.type, payload: event.payload)
            #expect(String(decoding: back.payload, as: UTF8.self) == String(decoding: event.payload, as: UTF8.self))
            #expect(back.newEvent == event)
            #expect((reading.disposition == .read) == (reading.reason == nil))
        }
    }
}
