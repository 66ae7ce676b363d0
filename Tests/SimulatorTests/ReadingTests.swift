import ADT
import Admissions
import EventSourcing
import HL7v2
import Simulator
import Testing

/// What the reader makes of the messages.
@Suite struct ReadingTests {
    @Test func `every message is read, but for those that are faulty on purpose`() throws {
        let run = try Run.week.get()
        let reader = ADTReader(profile: .ukDefault)
        var wrong: [String: Int] = [:]
        var faulty = 0
        for message in run.messages {
            let reading = (try? HL7Message(message.bytes)).map(reader.read) ?? .unreadable
            if message.kind == .faulty {
                faulty += 1
                #expect(reading.disposition == .quarantined)
            } else if reading.disposition != .read {
                wrong[message.trigger + " " + (reading.reason?.rawValue ?? ""), default: 0] += 1
            } else {
                #expect(reading.trigger == "ADT^" + message.trigger)
            }
        }
        #expect(wrong.isEmpty)
        #expect(faulty > 0)
    }

    @Test func `headers say what the envelope says`() throws {
        for message in try Run.week.get().messages where message.kind != .faulty {
            let header = try HL7Message(message.bytes).header
            #expect(header.controlID == message.controlID)
            #expect(header.sendingFacility == message.hospital)
            #expect(header.sendingApplication == "SIMPAS")
            #expect(header.processingID == "P")
        }
    }

    @Test func `one hospital sends Latin-1 and its accents come through`() throws {
        let run = try Run.january.get()
        let castlemead = run.messages.filter { $0.hospital == "ZX902" && $0.kind != .faulty }
        #expect(castlemead.allSatisfy { (try? HL7Message($0.bytes).value("MSH-18")) == "8859/1" })
        let accented = castlemead.filter { $0.bytes.contains { $0 >= 0xC0 } }
        #expect(!accented.isEmpty)
        for message in accented.prefix(50) {
            let name = try HL7Message(message.bytes).value("PID-5.1") ?? ""
            #expect(!name.unicodeScalars.contains("\u{FFFD}"))
        }
    }

    @Test func `times of recording ascend, so that the order of telling can be read from the messages`() throws {
        var seen: [String: String] = [:]
        for message in try Run.week.get().messages
        where message.kind != .resend && !message.wasDelayed && message.kind != .faulty {
            let recorded = try #require(try HL7Message(message.bytes).value("EVN-2"))
            #expect(seen[message.hospital].map { $0 < recorded } ?? true)
            seen[message.hospital] = recorded
        }
    }
}
