import Admissions
import EventSourcing
import Testing

/// What a practice may tell of a person on its list.
struct Listing: Sendable {
    var practice: String
    var person: Person
    var born = "1931-12-25"

    func joined(on day: String? = nil) throws -> NewEvent {
        try event(.listed(RegisteredPatient(details: details), from: day.flatMap { LondonDay($0) }))
    }

    func left(on day: String = "2026-03-03") throws -> NewEvent {
        try event(.left(on: #require(LondonDay(day))))
    }

    /// The day of birth, and the day of joining where one is told, are these after all.
    func corrected(joined day: String? = nil) throws -> NewEvent {
        var details = try details
        details.registeredOn = day.flatMap { LondonDay($0) }
        return try event(.detailsChanged(details))
    }

    func scored(_ score: Int) throws -> NewEvent {
        try event(.symphonyScored(RegisteredPatient.Symphony(score)))
    }

    var log: LogName {
        get throws { try #require(LogName(practice)) }
    }

    private var details: RegisteredPatient.Details {
        get throws {
            RegisteredPatient.Details(born: try #require(LondonDay(born)), surname: person.family, given: person.given)
        }
    }

    private func event(_ change: RegistrationEvent.Change) throws -> NewEvent {
        RegistrationEvent(change, of: try #require(NHSNumber(person.nhsNumber)), by: "test")
            .newEvent(at: try #require(ODSPracticeCode(practice)))
    }
}

extension World {
    /// What a practice tells of its list.
    @discardableResult
    func tell(_ event: NewEvent, told: String? = nil, by listing: Listing) async throws -> Position {
        try await tell(event, told: told, by: listing.log)
    }
}
