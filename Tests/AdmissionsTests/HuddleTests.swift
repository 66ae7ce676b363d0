import Admissions
import EventSourcing
import Testing

/// A huddle's day, its actions and its scores.
@Suite struct HuddleTests {
    @Test func `a patient is marked once, and the second who tries learns by whom`() throws {
        var day = Course<HuddleDay>()
        try day.take(.discuss(Given.who), by: Given.act(.practiceClinician, 1, at: "08:01", by: "sam"))
        #expect(
            day.refusal(of: .discuss(Given.who), by: Given.act(.practiceCoach, 2)) == ActRejection(.alreadyDiscussed))
        #expect(day.state.marks[Given.who]?.by == "sam")
        #expect(day.state.marks[Given.who]?.at == Given.instant("08:01"))
        try day.take(.discuss(Given.other), by: Given.act(.practiceAdmin, 3))
        #expect(day.state.marks.count == 2)
    }

    @Test func `an undo takes back the mark that was seen, not a later one`() throws {
        var day = Course<HuddleDay>()
        try day.take(.discuss(Given.who), by: Given.act(.practiceCoach, 1))
        try day.take(.undo(Given.who, mark: Given.command(1).id), by: Given.act(.practiceCoach, 2))
        #expect(day.state.marks.isEmpty)
        let undo = HuddleDay.Intent.undo(Given.who, mark: Given.command(1).id)
        #expect(day.refusal(of: undo, by: Given.act(.practiceCoach, 3)) == ActRejection(.markChanged))
        try day.take(.discuss(Given.who), by: Given.act(.practiceCoach, 4))
        #expect(day.refusal(of: undo, by: Given.act(.practiceCoach, 5)) == ActRejection(.markChanged))
        // The first mark's command, sent again by a tired network, does not set it anew.
        #expect(try day.take(.discuss(Given.who), by: Given.act(.practiceCoach, 1)).isEmpty)
    }

    @Test func `a closed huddle is closed, and nothing in it changes`() throws {
        var day = Course<HuddleDay>()
        try day.take(.discuss(Given.who), by: Given.act(.practiceCoach, 1))
        try day.take(.close(attendees: ["sam", "kay"], notDiscussed: 2), by: Given.act(.practiceCoach, 2, at: "08:20"))
        #expect(day.state.closed?.at == Given.instant("08:20") && day.state.closed?.notDiscussed == 2)
        #expect(day.state.closed?.attendees == ["sam", "kay"])
        let act = Given.act(.practiceCoach, 3)
        for intent in [
            HuddleDay.Intent.discuss(Given.other), .undo(Given.who, mark: Given.command(1).id),
            .close(attendees: [], notDiscussed: 0),
        ] {
            #expect(day.refusal(of: intent, by: act) == ActRejection(.notAllowedInState))
        }
        #expect(try HuddleDay(folding: day.reread()) == day.state)
    }

    @Test func `only the huddle and its system mark, close and act`() {
        let huddle: [StaffRole] = [.practiceClinician, .practiceCoach, .practiceAdmin, .integration]
        for role in StaffRole.allCases {
            let code: ActRejection.Code? = huddle.contains(role) ? nil : .roleNotAllowed
            let act = Given.act(role, 1)
            #expect(Course<HuddleDay>().refusal(of: .discuss(Given.who), by: act)?.code == code)
            #expect(Course<HuddleDay>().refusal(of: .close(attendees: [], notDiscussed: 0), by: act)?.code == code)
            #expect(Course<HuddleAction>().refusal(of: add, by: act)?.code == code)
        }
    }

    @Test func `too many people, the same twice, and no number at all are refused`() {
        let day = Course<HuddleDay>()
        let act = Given.act(.practiceCoach, 1)
        let crowd = (0...HuddleDay.attendeesMax).map { "p\($0)" }
        #expect(day.refusal(of: .close(attendees: crowd, notDiscussed: 0), by: act)?.code == .wrongCount)
        #expect(day.refusal(of: .close(attendees: ["kay", "kay"], notDiscussed: 0), by: act)?.code == .wrongCount)
        #expect(day.refusal(of: .close(attendees: ["Zoë"], notDiscussed: 0), by: act)?.code == .valueOutOfRange)
        #expect(day.refusal(of: .close(attendees: [], notDiscussed: -1), by: act)?.code == .valueOutOfRange)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `whatever is marked, undone and sent twice, the events give the same day`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var day = Course<HuddleDay>()
        for step in 0..<80 {
            let who = Bool.random(using: &random) ? Given.who : Given.other
            let mark = day.state.marks[who]?.command ?? Given.command(0).id
            let intent: HuddleDay.Intent =
                switch Int.random(in: 0..<30, using: &random) {
                case 0: .close(attendees: ["kay"], notDiscussed: step)
                case 1..<15: .undo(who, mark: mark)
                default: .discuss(who)
                }
            // A command of before, now and then.
            let number = Int.random(in: 0..<4, using: &random) == 0 ? Int.random(in: 0...step, using: &random) : step
            let before = day.state
            do throws(ActRejection) {
                try day.take(intent, by: Given.act(.practiceCoach, number))
                #expect((0...1).contains(day.events.count - before.memory.eventCount))
            } catch {
                #expect(day.state == before)
            }
            #expect(Set(day.events.compactMap(\.act.command?.id)).count == day.events.count)
        }
        #expect(try HuddleDay(folding: day.reread()) == day.state)
    }

    // MARK: Actions

    let add = HuddleAction.Intent.add(
        .call, about: Given.who, who: .person("kay"), due: Given.day(3), note: Given.note("ring her son"))

    @Test func `an action is open until done, whoever it passes to`() throws {
        var course = Course<HuddleAction>()
        try course.take(add, by: Given.act(.practiceAdmin, 1))
        try course.take(.assign(.role(.practiceClinician)), by: Given.act(.practiceCoach, 2))
        #expect(try course.take(.assign(.role(.practiceClinician)), by: Given.act(.practiceCoach, 3)).isEmpty)
        #expect(course.state.who == .role(.practiceClinician) && course.state.state == .open)
        #expect(!course.state.isOverdue(at: Given.instant("+3 23:59")))
        #expect(course.state.isOverdue(at: Given.instant("+4 00:00")))
        try course.take(.complete(note: nil), by: Given.act(.practiceClinician, 4, at: "+5 09:00"))
        #expect(course.state.state == .done && !course.state.isOverdue(at: Given.instant("+9 00:00")))
        try course.take(.reopen, by: Given.act(.practiceClinician, 5, at: "+5 09:01"))
        #expect(course.state.state == .open && course.state.completed == nil)
        #expect(
            course.events.map(\.fact.type) == [
                "action.added.v1", "action.assigned.v1", "action.completed.v1", "action.reopened.v1",
            ])
        #expect(try HuddleAction(folding: course.reread()) == course.state)
    }

    @Test func `from each state each command on an action does what the table says`() throws {
        var open = Course<HuddleAction>()
        try open.take(add, by: Given.act(.practiceCoach, 1))
        var done = open
        try done.take(.complete(note: Given.note("done")), by: Given.act(.practiceCoach, 2))
        let rest: [HuddleAction.Intent] = [.assign(.person("sam")), .complete(note: nil)]
        let act = Given.act(.practiceCoach, 100)
        for intent in rest {
            #expect(Course<HuddleAction>().refusal(of: intent, by: act) == ActRejection(.notFound))
            #expect(open.refusal(of: intent, by: act) == nil)
            #expect(done.refusal(of: intent, by: act) == ActRejection(.notAllowedInState))
        }
        #expect(Course<HuddleAction>().refusal(of: .reopen, by: act) == ActRejection(.notFound))
        #expect(open.refusal(of: .reopen, by: act) == ActRejection(.notAllowedInState))
        #expect(done.refusal(of: .reopen, by: act) == nil)
        #expect(Course<HuddleAction>().refusal(of: add, by: act) == nil)
        for course in [open, done] { #expect(course.refusal(of: add, by: act) == ActRejection(.alreadyExists)) }
        #expect(try open.take(add, by: Given.act(.practiceCoach, 1)).isEmpty)
    }

    @Test func `an action is due within a year, and says what it is`() {
        let act = Given.act(.practiceCoach, 1)
        func adding(_ kind: HuddleAction.Kind, due: Int) -> ActRejection? {
            Course<HuddleAction>().refusal(
                of: .add(kind, about: Given.who, who: .role(.practiceAdmin), due: Given.day(due), note: nil), by: act)
        }
        #expect(adding(.letter, due: 0) == nil && adding(.letter, due: 366) == nil)
        #expect(adding(.letter, due: -1) == ActRejection(.valueOutOfRange, .due))
        #expect(adding(.letter, due: 367) == ActRejection(.valueOutOfRange, .due))
        #expect(adding(.other, due: 1) == ActRejection(.reasonMissing, .note))
    }

    // MARK: Scores

    @Test func `the score of the latest day counts, and an earlier one once it is removed`() throws {
        var course = Course<SymphonyScore>()
        func record(_ score: Int, _ day: Int, _ number: Int) throws {
            let scoring = SymphonyScore.Intent.record(score, scoredOn: Given.day(day), of: Given.who)
            try course.take(scoring, by: Given.act(.practiceCoach, number))
        }
        try record(7, -10, 1)
        try record(9, -2, 2)
        try record(4, -5, 3)
        #expect(course.state.current?.score == 9)
        try record(8, -2, 4)
        #expect(course.state.current?.score == 8)
        try course.take(.remove(reason: Given.note("wrong patient")), by: Given.act(.practiceClinician, 5))
        try course.take(.remove(reason: Given.note("wrong patient")), by: Given.act(.practiceClinician, 6))
        #expect(course.state.current?.score == 4)
        #expect(try SymphonyScore(folding: course.reread()) == course.state)
        #expect(SymphonyScore.stream(of: Given.who).rawValue == "symphony:ZX901|ZX901|100")
    }

    @Test func `a score is 1 to 10, of one patient, of a day that has come`() throws {
        var course = Course<SymphonyScore>()
        let act = Given.act(.practiceCoach, 1)
        for score in [0, 11, -1] {
            let intent = SymphonyScore.Intent.record(score, scoredOn: Given.day(), of: Given.who)
            #expect(course.refusal(of: intent, by: act) == ActRejection(.valueOutOfRange, .score))
        }
        for day in [1, -367] {
            let intent = SymphonyScore.Intent.record(5, scoredOn: Given.day(day), of: Given.who)
            #expect(course.refusal(of: intent, by: act) == ActRejection(.valueOutOfRange, .scoredOn))
        }
        #expect(course.refusal(of: .remove(reason: Given.note()), by: act) == ActRejection(.notFound))
        let sound = SymphonyScore.Intent.record(5, scoredOn: Given.day(), of: Given.who)
        #expect(course.refusal(of: sound, by: Given.act(.practiceAdmin, 1)) == ActRejection(.roleNotAllowed))
        try course.take(sound, by: act)
        #expect(course.refusal(of: .remove(reason: nil), by: Given.act(.practiceCoach, 2))?.code == .reasonMissing)
        let other = SymphonyScore.Intent.record(5, scoredOn: Given.day(), of: Given.other)
        #expect(course.refusal(of: other, by: Given.act(.practiceCoach, 2)) == ActRejection(.subjectDiffers, .patient))
    }
}
