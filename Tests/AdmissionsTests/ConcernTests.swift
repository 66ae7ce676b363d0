import Admissions
import EventSourcing
import Testing

/// Concerns of a practice.
@Suite struct ConcernTests {
    let raise = Concern.Intent.raise(
        .housing, about: Given.who, note: Given.note("stairs"), owner: .role(.practiceCoach), review: Given.day(30))

    private func course(closed: Bool = false) throws -> Course<Concern> {
        var course = Course<Concern>()
        try course.take(raise, by: Given.act(.practiceCoach, 1))
        if closed { try course.take(.close(reason: Given.note("moved")), by: Given.act(.practiceClinician, 2)) }
        return course
    }

    @Test func `a concern is open from its raising to its closing`() throws {
        let course = try course(closed: true)
        #expect(course.state.state == .closed && course.state.closingReason == Given.note("moved"))
        #expect(course.state.raised?.role == .practiceCoach && course.state.closed?.role == .practiceClinician)
        #expect(course.events.map(\.fact.type) == ["concern.raised.v1", "concern.closed.v1"])
        #expect(try Concern(folding: course.reread()) == course.state)
    }

    @Test func `from each state each command by each role does what the table says`() throws {
        let close = Concern.Intent.close(reason: Given.note())
        let states: [(Concern.State, Course<Concern>, ActRejection.Code?, ActRejection.Code?)] = [
            (.unraised, Course<Concern>(), nil, .notFound), (.open, try course(), .alreadyExists, nil),
            (.closed, try course(closed: true), .alreadyExists, .notAllowedInState),
        ]
        for (state, course, raising, closing) in states {
            #expect(course.state.state == state)
            for role in StaffRole.allCases {
                let act = Given.act(role, 100)
                let mayRaise = [.practiceClinician, .practiceCoach, .integration].contains(role)
                let mayClose = mayRaise
                #expect(course.refusal(of: raise, by: act)?.code == (mayRaise ? raising : .roleNotAllowed))
                #expect(course.refusal(of: close, by: act)?.code == (mayClose ? closing : .roleNotAllowed))
                let wordless = Concern.Intent.raise(.housing, about: Given.who, note: nil, owner: nil, review: nil)
                let mayRaiseWithoutWords = mayRaise || role == .practiceAdmin
                #expect(
                    course.refusal(of: wordless, by: act)?.code == (mayRaiseWithoutWords ? raising : .roleNotAllowed))
            }
        }
    }

    @Test func `what a concern must say is asked for`() throws {
        let act = Given.act(.practiceCoach, 100)
        let fresh = Course<Concern>()
        func raising(
            _ kind: ConcernKind, note: StaffNote? = nil, owner: Assignee? = nil, review: LondonDay? = nil
        ) -> ActRejection? {
            fresh.refusal(of: .raise(kind, about: Given.who, note: note, owner: owner, review: review), by: act)
        }
        #expect(raising(.fopas) == nil)
        #expect(raising(.other) == ActRejection(.reasonMissing, .note))
        #expect(raising(.fopas, owner: .role(.service)) == ActRejection(.valueOutOfRange, .owner))
        #expect(raising(.fopas, owner: .person("")) == ActRejection(.valueOutOfRange, .owner))
        #expect(raising(.fopas, review: Given.day(-1)) == ActRejection(.valueOutOfRange, .review))
        #expect(raising(.fopas, review: Given.day(367)) == ActRejection(.valueOutOfRange, .review))
        #expect(try course().refusal(of: .close(reason: nil), by: act) == ActRejection(.reasonMissing, .reason))
    }

    @Test func `a concern raised twice by one command is raised once`() throws {
        var course = try course()
        #expect(try course.take(raise, by: Given.act(.practiceCoach, 1, at: "09:07")).isEmpty)
        let reused = Given.act(.practiceCoach, 1, asking: "something else")
        #expect(course.refusal(of: raise, by: reused) == ActRejection(.commandIDReused))
        #expect(Concern.stream(Given.command(1)).rawValue == "concern:00000000-0000-4000-8000-000000000001")
    }
}
