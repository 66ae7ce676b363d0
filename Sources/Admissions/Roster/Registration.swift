/// One person on one practice's list: since when, until when, and what the practice says of them.
///
/// The fold of the person's registration events in the order of the practice's log. Registrations are effective-dated:
/// a person who leaves and comes back has two periods.
package struct Registration: Sendable, Equatable {
    /// A time on the list, from the beginning of one day to the beginning of another.
    package struct Period: Sendable, Equatable {
        /// `nil` where nobody tells since when.
        package var from: LondonDay?
        /// `nil` while it lasts.
        package var to: LondonDay?

        package init(from: LondonDay?, to: LondonDay? = nil) {
            self.from = from
            self.to = to
        }

        /// Whether the person was on the list on this day.
        package func contains(_ day: LondonDay) -> Bool {
            from.map { $0 <= day } ?? true && to.map { day < $0 } ?? true
        }
    }

    package let person: NHSNumber
    /// What the practice said last; of someone who has left, what it said before.
    package private(set) var patient: RegisteredPatient
    /// In the order in which they were told.
    package private(set) var periods: [Period]

    /// Begins with the first event of a person; `nil` unless that is `listed`.
    package init?(_ event: RegistrationEvent) {
        guard case .listed(let patient, let from) = event.change else { return nil }
        person = event.person
        self.patient = patient
        periods = [Period(from: from)]
    }

    init(person: NHSNumber, patient: RegisteredPatient, periods: [Period]) {
        self.person = person
        self.patient = patient
        self.periods = periods
    }

    /// Since when the person is on the list, or was last; `nil` where nobody tells.
    package var listedFrom: LondonDay? { periods.last?.from }

    /// Takes in the next event of the same person; one that says again what is known changes nothing.
    package mutating func apply(_ event: RegistrationEvent) {
        guard event.person == person else { return }
        switch event.change {
        case .listed(let patient, let from):
            self.patient = patient
            if !isListed { periods.append(Period(from: from)) }
        case .left(let day):
            if isListed { periods[periods.count - 1].to = day }
        case .detailsChanged(let details):
            patient.details = details
            if isListed, let registered = details.registeredOn { periods[periods.count - 1].from = registered }
        case .symphonyScored(let symphony): patient.symphony = symphony
        case .careChanged(let care): patient.care = care
        }
    }

    /// Whether the person is on the list now.
    package var isListed: Bool { periods.last?.to == nil }

    /// Whether the person was on the list on this day, by what is known now.
    package func isListed(on day: LondonDay) -> Bool { periods.contains { $0.contains(day) } }

    /// The day on which the person left; `nil` for one who is on the list.
    package var leftOn: LondonDay? { periods.last?.to }
}
