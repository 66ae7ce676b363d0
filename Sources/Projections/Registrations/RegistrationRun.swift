import Admissions
import EventSourcing

/// A run of a practice's events about its list, applied to what is known of the people whom they are about.
struct RegistrationRun: Sendable {
    let practice: ODSPracticeCode
    /// What is known of the people.
    private(set) var registrations: [NHSNumber: Registration] = [:]
    /// Whom the events changed.
    private(set) var touched: Set<NHSNumber> = []
    /// What they changed that says whose patient somebody is, in the order of the log.
    private(set) var points: [RegistrationPoint] = []

    init(practice: ODSPracticeCode) {
        self.practice = practice
    }

    /// Takes in what is known of a person.
    mutating func hold(_ registration: Registration) {
        registrations[registration.person] = registration
    }

    /// What is known of some people, by NHS number.
    func rows(of people: [NHSNumber]) -> [String: RegistrationRow] {
        var rows: [String: RegistrationRow] = [:]
        for person in people {
            if let known = registrations[person] { rows[person.digits] = RegistrationRow(known, at: practice) }
        }
        return rows
    }

    /// Takes in the next event.
    mutating func apply(_ event: RegistrationEvent, toldAt: Instant, position: Position) {
        let before = registrations[event.person]
        var after = before
        if before == nil { after = Registration(event) } else { after?.apply(event) }
        guard let after, after != before else { return }
        registrations[event.person] = after
        touched.insert(event.person)
        if let point = RegistrationPoint(from: before, to: after, at: practice, toldAt: toldAt, position: position) {
            points.append(point)
        }
    }
}
