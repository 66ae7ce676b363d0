import ADT
import EventSourcing
import HL7v2
import Ingest
import TestSupport
import Testing

/// One message from bytes to acknowledgement, over a log in memory.
@Suite struct ReceiverTests {
    let log = MemoryLog()
    let now = Instant(microseconds: 1_772_524_800_000_000)

    var receiver: Receiver {
        let now = now
        return Receiver(log: log, feeds: feeds, now: { now })
    }

    let district: LogName
    let unlisted: LogName

    init() throws {
        district = try #require(LogName("ZX901"))
        unlisted = try #require(LogName("UNLISTED"))
    }

    var feeds: FeedDirectory {
        FeedDirectory(
            feeds: [Feed(log: district, name: "southmoor", facilities: ["ZX901", "RXX01"])],
            unlisted: Feed(log: unlisted, name: "unlisted", facilities: []))
    }

    static func message(
        _ controlID: String = "M1", code: String = "ADT^A01", facility: String = "ZX901", processing: String = "P",
        acks: String = "|", visit: String = "V1", version: String = "2.4"
    ) -> String {
        """
        MSH|^~\\&|PAS|\(facility)|CONECT|RA4|20260303075911||\(code)|\(controlID)|\(processing)|\(version)|||\(acks)\r\
        EVN|A01|20260303075900\r\
        PID|1||9990000018^^^NHS^NH~P1^^^ZX901^MR||TESTER^ANNE^^^MRS||19380412|2\r\
        PD1|||TEST SURGERY^^L99901\r\
        PV1|1|I|7B^1^3^ZX901|21|||||||||||||||\(visit)^^^ZX901^VN\(String(repeating: "|", count: 25))20260303074500\r
        """
    }

    func answer(_ text: String) async throws -> HL7Message {
        let answers = await receiver.receive(Array(text.utf8), from: "test")
        return try HL7Message(#require(answers.first).bytes)
    }

    @Test func `an admission is stored with its event and accepted`() async throws {
        let ack = try await answer(Self.message())
        #expect(ack.value("MSA-1") == "AA" && ack.value("MSA-2") == "M1")
        #expect(ack.value("MSH-10") == "ZX901-1")
        #expect(log.events(in: district).map(\.type) == ["encounter.admitted.v1"])
        let message = try #require(log.messages(in: district).first)
        #expect(message.disposition == .read && message.sender == "PAS|ZX901")
        #expect(message.bytes == Array(Self.message().utf8))
    }

    @Test func `the same bytes again are answered with the same bytes`() async {
        let first = await receiver.receive(Array(Self.message().utf8), from: "test")
        let second = await receiver.receive(Array(Self.message().utf8), from: "test")
        #expect(first == second)
        #expect(log.messages(in: district).count == 1)
    }

    @Test func `what cannot be read is kept in quarantine with a reason, and accepted`() async throws {
        let ack = try await answer(Self.message(visit: ""))
        #expect(ack.value("MSA-1") == "AA")
        let message = try #require(log.messages(in: district).first)
        #expect(message.disposition == .quarantined && message.reason == "visit-number-missing")
        #expect(log.events(in: district).map(\.type) == ["message.quarantined.v1"])
    }

    @Test(arguments: [("ORU^R01", "P", "200"), ("ADT^A01", "T", "202"), ("ADT^A01", "D", "202")])
    func `what is not for us is stored and refused`(code: String, processing: String, error: String) async throws {
        let ack = try await answer(Self.message(code: code, processing: processing))
        #expect(ack.value("MSA-1") == "AR")
        #expect(ack.bytes.contains(Array(error.utf8)))
        #expect(log.messages(in: district).map(\.disposition) == [.refused])
    }

    @Test func `bytes that are not HL7 are stored, refused, and end the line`() async throws {
        let answers = await receiver.receive(Array("GET / HTTP/1.1".utf8), from: "test")
        #expect(answers.map(\.closes) == [true])
        let ack = try HL7Message(#require(answers.first).bytes)
        #expect(ack.value("MSA-1") == "AR" && ack.value("MSA-2") == nil)
        #expect(log.messages(in: unlisted).map(\.reason) == ["not-hl7"])
    }

    @Test func `when nothing can be stored the sender is told to send again`() async throws {
        log.fail(with: .storageFailed(code: "53100"))
        let ack = try await answer(Self.message())
        #expect(ack.value("MSA-1") == "AR")
        #expect(ack.bytes.contains(Array("207".utf8)))
        #expect(log.logs.isEmpty)
    }

    @Test func `a sender in enhanced mode gets a commit acknowledgement`() async throws {
        #expect(try await answer(Self.message(acks: "AL|NE")).value("MSA-1") == "CA")
        #expect(try await answer(Self.message("M2", acks: "NE|AL")).value("MSA-1") == "AA")
    }

    @Test func `a sender that wants no answer gets none`() async {
        let answers = await receiver.receive(Array(Self.message(acks: "NE|NE").utf8), from: "test")
        #expect(answers.map(\.bytes) == [[]])
        #expect(log.messages(in: district).map(\.answer) == [""])
    }

    @Test func `a facility that is not listed fills the log of the unlisted`() async throws {
        _ = try await answer(Self.message(facility: "RQ9"))
        _ = try await answer(Self.message("M2", facility: "rxx01"))
        #expect(log.messages(in: unlisted).map(\.controlID) == ["M1"])
        #expect(log.messages(in: district).map(\.controlID) == ["M2"])
    }

    @Test func `the facility of a message that is not listed is told, that of a listed one is not`() async {
        let now = now
        let (told, telling) = AsyncStream.makeStream(of: String.self)
        let receiver = Receiver(log: log, feeds: feeds, now: { now }) { telling.yield($0) }
        for facility in ["RQ9", "ZX901"] {
            _ = await receiver.receive(Array(Self.message(facility, facility: facility).utf8), from: "test")
        }
        telling.finish()
        #expect(await told.reduce(into: []) { $0.append($1) } == ["RQ9"])
    }

    @Test func `a feed's messages are read by the named profile, else by the first that matches the sender`() throws {
        var loose = SenderProfile.ukDefault
        loose.name = "loose"
        var near = loose
        near.name = "near"
        let rules = [
            SenderRule(pattern: SenderPattern(application: "PAS*", facility: "RXX01"), profile: near),
            SenderRule(pattern: SenderPattern(application: "PAS"), profile: loose),
        ]
        func directory(_ profile: SenderProfile?) -> FeedDirectory {
            FeedDirectory(
                feeds: [Feed(log: district, name: "southmoor", facilities: ["ZX901", "RXX01"], profile: profile)],
                unlisted: Feed(log: unlisted, name: "unlisted", facilities: []), rules: rules)
        }
        let chosen = directory(nil)
        #expect(chosen.profile(application: "pas2", facility: "rxx01").name == "near")
        #expect(chosen.profile(application: "PAS", facility: "ZX901").name == "loose")
        #expect(chosen.profile(application: "ED", facility: "ZX901").name == "uk-default")
        #expect(chosen.profile(application: "PAS", facility: "RQ9").name == "loose")
        #expect(directory(.itk).profile(application: "PAS", facility: "ZX901").name == "itk")
    }

    @Test func `several messages in one frame are stored and answered one by one`() async throws {
        let batch =
            "FHS|^~\\&|PAS\rBHS|^~\\&|PAS\r" + Self.message("B1") + Self.message("B2", visit: "V2") + "BTS|2\rFTS|1\r"
        let answers = await receiver.receive(Array(batch.utf8), from: "test")
        #expect(try answers.map { try HL7Message($0.bytes).value("MSA-2") } == ["B1", "B2"])
        #expect(log.messages(in: district).map(\.controlID) == ["B1", "B2"])
    }

    @Test func `the answer to an oversize frame names the message it refuses`() throws {
        let ack = try HL7Message(receiver.refuseOversize(head: Array(Self.message("BIG").utf8.prefix(200))).bytes)
        #expect(ack.value("MSA-1") == "AR" && ack.value("MSA-2") == "BIG")
    }
}

extension [UInt8] {
    /// Whether these bytes stand somewhere in it.
    fileprivate func contains(_ part: [UInt8]) -> Bool {
        guard part.count <= count else { return false }
        return (0...(count - part.count)).contains { self[$0..<($0 + part.count)].elementsEqual(part) }
    }
}
