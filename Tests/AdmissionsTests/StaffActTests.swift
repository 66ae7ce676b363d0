import Admissions
import EventSourcing
import Testing

/// What all acts of staff have in common.
@Suite struct StaffActTests {
    @Test func `an event reads as one line of canonical JSON`() throws {
        let event = StaffEvent(
            HuddleFact.discussed(Given.who), by: Given.act(.practiceCoach, 1, at: "08:01"),
            evidence: [Evidence(log: Given.hospital, position: Position(7))])
        let digest = Digest(of: []).hexadecimal
        let expected = [
            #"{"act":{"at":"2026-01-05T08:01:00Z","by":"kay","command":{"digest":"\#(digest)","#,
            #""id":"00000000-0000-4000-8000-000000000001"},"role":"practice-coach"},"#,
            #""evidence":[{"at":7,"log":"ZX901"}],"#,
            #""fact":{"subject":{"hospital":"ZX901","key":"ZX901|100"}}}"#,
        ]
        #expect(String(decoding: event.payload, as: UTF8.self) == expected.joined())
        #expect(try StaffEvent<HuddleFact>(type: "huddle.discussed.v1", payload: event.payload) == event)
    }

    @Test func `an event happened when it was done`() {
        let event = StaffEvent(HuddleFact.discussed(Given.who), by: Given.act(.practiceCoach, 1, at: "08:01"))
        let new = event.newEvent(in: HuddleDay.stream(Given.day()))
        #expect(new.stream.rawValue == "huddle:2026-01-05")
        #expect(new.type == "huddle.discussed.v1" && new.occurredAt == Given.instant("08:01"))
    }

    @Test func `an event of an unknown type is no event`() {
        let payload = StaffEvent(HuddleFact.discussed(Given.who), by: Given.act(.practiceCoach, 1)).payload
        #expect(throws: JSONError.self) { try StaffEvent<HuddleFact>(type: "huddle.discussed.v9", payload: payload) }
        #expect(throws: JSONError.self) { try StaffEvent<ConcernFact>(type: "huddle.discussed.v1", payload: payload) }
    }

    @Test func `an event cut short anywhere is refused`() {
        let event = StaffEvent(
            HotOnboardingFact.identified(Given.subject, [Given.finding]), by: Given.act(.service, 1))
        for length in 0..<event.payload.count {
            #expect(throws: JSONError.self) {
                try StaffEvent<HotOnboardingFact>(
                    type: "onboarding.identified.v1", payload: Array(event.payload.prefix(length)))
            }
        }
    }

    @Test(arguments: [
        "", "1", "00000000-0000-4000-8000-00000000000", "00000000-0000-4000-8000-0000000000000",
        "000000000000-4000-8000-000000000000000", "g0000000-0000-4000-8000-000000000000",
    ])
    func `what is no UUID names no command`(text: String) {
        #expect(CommandKey(id: text, digest: Digest(of: [])) == nil)
    }

    @Test func `a command is the same in upper case`() {
        let upper = CommandKey(id: "ABCDEF00-0000-4000-8000-000000000000", digest: Digest(of: []))
        #expect(upper?.id == "abcdef00-0000-4000-8000-000000000000")
    }

    @Test func `a digest is read from the text it gives`() {
        let digest = Digest(of: [1, 2, 3])
        #expect(Digest(hexadecimal: digest.hexadecimal) == digest)
        #expect(Digest(hexadecimal: digest.hexadecimal.uppercased()) == nil)
        #expect(Digest(hexadecimal: String(digest.hexadecimal.dropLast())) == nil)
        #expect(Digest(hexadecimal: digest.hexadecimal + "00") == nil)
    }

    @Test func `a note holds 500 characters and not one more`() throws {
        #expect(try StaffNote.reading(String(repeating: "é", count: 500), in: .note)?.text.count == 500)
        #expect(throws: ActRejection(.textTooLong, .note)) {
            try StaffNote.reading(String(repeating: "é", count: 501), in: .note)
        }
        // One character on the screen, as many bytes as one likes.
        let tower = "e" + String(repeating: "\u{301}", count: 3_000)
        #expect(throws: ActRejection(.textTooLong, .reason)) { try StaffNote.reading(tower, in: .reason) }
    }

    @Test func `a note loses the blanks at its ends, and blanks alone are no note`() throws {
        #expect(try StaffNote.reading(" \r\n rang her son \t", in: .note)?.text == "rang her son")
        #expect(try StaffNote.reading(" \r\n\t\u{A0}", in: .note) == nil)
        #expect(try StaffNote.reading("first line\r\nsecond", in: .note)?.text == "first line\r\nsecond")
    }

    @Test(arguments: ["a\u{0}b", "a\u{7F}b", "a\u{202E}b", "a\u{2066}b", "a\u{1B}[2Jb"])
    func `a note holds nothing that hides or turns round`(text: String) {
        #expect(throws: ActRejection(.textNotStorable, .note)) { try StaffNote.reading(text, in: .note) }
    }

    @Test func `nothing that was written is in an error or a description`() {
        #expect("\(Given.note("her daughter drinks"))" == "StaffNote")
        #expect("\(Given.who)" == "PatientSubject")
        #expect("\(Given.day())" == "LondonDay")
        #expect("\(ActRejection(.textTooLong, .note))" == "act.text-too-long at note")
        #expect("\(ActRejection(.roleNotAllowed))" == "act.role-not-allowed")
    }

    @Test func `a stream takes no more commands than it may, and what the log holds all the same`() {
        var course = Course<HuddleDay>()
        for number in 0..<CommandMemory.eventsMax {
            let fact: HuddleFact = number % 2 == 0 ? .discussed(Given.who) : .discussionUndone(Given.who)
            course.take([StaffEvent(fact, by: Given.act(.practiceCoach, number))])
        }
        #expect(
            course.refusal(of: .discuss(Given.who), by: Given.act(.practiceCoach, 9_999)) == ActRejection(.streamFull))
        #expect(course.refusal(of: .discuss(Given.who), by: Given.act(.practiceCoach, 4)) == nil)
        course.take([StaffEvent(.discussed(Given.who), by: Given.act(.practiceCoach, 9_999))])
        #expect(course.state.marks.count == 1)
    }

    @Test func `evidence is kept in order, each once, the newest where there is too much`() {
        let many = (1...50).shuffled().map { Evidence(log: Given.hospital, position: Position(Int64($0))) }
        let event = StaffEvent(
            HuddleFact.discussed(Given.who), by: .ofService(at: Given.instant("09:00")), evidence: many + many)
        #expect(event.evidence.map(\.position.rawValue) == Array(19...50))
    }

    @Test func `a day is written and read as it stands in the calendar`() {
        #expect(LondonDay("2026-03-03")?.text == "2026-03-03")
        #expect(LondonDay("1969-12-31")?.number == -1)
        #expect(LondonDay("2026-02-29") == nil && LondonDay("2026-3-3") == nil && LondonDay("20260303") == nil)
        #expect(LondonDay("2026-03-03T") == nil && LondonDay("") == nil)
        for weekend in ["2026-03-07", "2026-03-08", "1969-12-28"] { #expect(LondonDay(weekend)?.isWeekend == true) }
        for working in ["2026-03-06", "2026-03-09", "1969-12-29"] { #expect(LondonDay(working)?.isWeekend == false) }
    }
}
