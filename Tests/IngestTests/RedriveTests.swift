import ADT
import EventSourcing
import HL7v2
import Ingest
import TestSupport
import Testing

/// A message read again is what it would have been when it came.
@Suite struct RedriveTests {
    let district: LogName
    let unlisted: LogName

    init() throws {
        district = try #require(LogName("ZX901"))
        unlisted = try #require(LogName("UNLISTED"))
    }

    func redrive(facilities: Set<String> = ["ZX901"]) -> Redrive {
        Redrive(
            feeds: FeedDirectory(
                feeds: [Feed(log: district, name: "southmoor", facilities: facilities)],
                unlisted: Feed(log: unlisted, name: "unlisted", facilities: [])))
    }

    @Test func `a message that is understood gives the events that the receiver would have stored`() async throws {
        let log = MemoryLog()
        let feeds = FeedDirectory(
            feeds: [Feed(log: district, name: "southmoor", facilities: ["ZX901"])],
            unlisted: Feed(log: unlisted, name: "unlisted", facilities: []))
        let bytes = Array(ReceiverTests.message().utf8)
        _ = await Receiver(log: log, feeds: feeds, now: { Instant(microseconds: 0) }).receive(bytes, from: "test")
        guard case .understood(let events) = redrive().read(bytes, in: district) else {
            Issue.record("not understood")
            return
        }
        #expect(events.map(\.payload) == log.events(in: district).map(\.payload))
        #expect(events.map(\.stream) == log.events(in: district).map(\.stream))
    }

    @Test func `what is still not understood waits, and says why and where`() {
        let bytes = Array(ReceiverTests.message(visit: "").utf8)
        let verdict = redrive().read(bytes, in: district)
        #expect(verdict == .waits(reason: "visit-number-missing", place: "PV1-19"))
        #expect(redrive().read(Array("no HL7".utf8), in: unlisted) == .waits(reason: "not-hl7", place: nil))
    }

    @Test func `what would be refused now is not read either`() {
        let bytes = Array(ReceiverTests.message(code: "ORU^R01").utf8)
        #expect(redrive().read(bytes, in: district) == .waits(reason: "not-adt", place: "MSH-9.1"))
    }

    @Test func `a sender that was listed since does not fill the log of the unlisted`() {
        let bytes = Array(ReceiverTests.message().utf8)
        #expect(redrive().read(bytes, in: unlisted) == .belongs(to: district))
    }
}
