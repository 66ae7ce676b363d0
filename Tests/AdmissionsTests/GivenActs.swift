import Admissions
import EventSourcing

/// Acts and subjects as tests tell them.
extension Given {
    static let hospital = sound(LogName("ZX901"))
    static let practice = sound(ODSPracticeCode("L99901"))
    static let who = PatientSubject(hospital: hospital, patient: PatientKey("ZX901|100"))
    static let other = PatientSubject(hospital: hospital, patient: PatientKey("ZX901|200"))
    static let subject = subject("SP1")
    static let ward = HospitalLocation(site: "ZX901", ward: "7B", bed: "3")
    static let finding = OnboardingFinding(
        .longStay, measured: 15, threshold: 14, evidence: [Evidence(log: hospital, position: Position(17))])

    static func subject(_ number: String, patient: String = "100") -> OnboardingSubject {
        OnboardingSubject(
            hospital: hospital, patient: PatientKey("ZX901|" + patient),
            encounter: EncounterKey(issuer: "ZX901", number: number))
    }

    static func note(_ text: String = "as agreed") -> StaffNote {
        sound((try? StaffNote.reading(text, in: .note)) ?? nil)
    }

    /// The command numbered so, asking for `content`.
    static func command(_ number: Int, asking content: String = "") -> CommandKey {
        let digits = String(number)
        let id = "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
        return sound(CommandKey(id: id, digest: Digest(of: Array(content.utf8))))
    }

    static func act(
        _ role: StaffRole, _ number: Int, at time: String = "09:00", by person: String = "kay",
        asking content: String = ""
    ) -> StaffAct {
        StaffAct(by: person, role: role, at: instant(time), command: command(number, asking: content))
    }

    /// The day of the tests, a Monday, and those around it.
    static func day(_ days: Int = 0) -> LondonDay { LondonDay(of: instant("12:00")) + days }

    private static func sound<Value>(_ value: Value?) -> Value {
        guard let value else {
            // A constant of the tests is not what it says: nothing else can be tested.
            fatalError("a test's own constant is malformed")
        }
        return value
    }
}

/// A decider and the events that brought it where it is.
struct Course<Subject: StaffDecider> {
    var state = Subject()
    var events: [StaffEvent<Subject.Fact>] = []

    /// Carries out a command, and gives what it came to.
    @discardableResult
    mutating func take(_ intent: Subject.Intent, by act: StaffAct) throws(ActRejection) -> [StaffEvent<Subject.Fact>] {
        let events = try state.decide(StaffCommand(intent, by: act))
        take(events)
        return events
    }

    mutating func take(_ events: [StaffEvent<Subject.Fact>]) {
        for event in events { state.evolve(event) }
        self.events += events
    }

    /// Why a command is refused; `nil` if it is not.
    func refusal(of intent: Subject.Intent, by act: StaffAct) -> ActRejection? {
        do throws(ActRejection) {
            _ = try state.decide(StaffCommand(intent, by: act))
            return nil
        } catch {
            return error
        }
    }

    /// The events after a trip through their JSON.
    func reread() throws -> [StaffEvent<Subject.Fact>] {
        try events.map { try StaffEvent(type: $0.fact.type, payload: $0.payload) }
    }
}
