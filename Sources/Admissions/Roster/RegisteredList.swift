package import EventSourcing

/// A practice's list as it stands: the fold of the practice's own log.
///
/// Events are applied in the order of the log. Those that are about something else are passed over; one of a
/// registration that cannot be read throws, for a list with a hole in it would take people off.
package struct RegisteredList: Sendable, Equatable {
    /// Everybody who is or was on the list.
    package private(set) var registrations: [NHSNumber: Registration] = [:]
    /// The last time the practice told its list.
    package private(set) var lastImport: RosterImport?
    /// How many are on the list now.
    package private(set) var listedCount = 0

    /// Nobody yet.
    package init() {}

    /// Takes in the next event of the log.
    package mutating func apply(type: String, payload: [UInt8]) throws(JSONError) {
        if type == RosterImport.type {
            lastImport = try RosterImport(payload: payload)
        } else if RegistrationEvent.Change.Kind(rawValue: type) != nil {
            apply(try RegistrationEvent(type: type, payload: payload))
        }
    }

    /// Takes in the next event of a registration.
    package mutating func apply(_ event: RegistrationEvent) {
        guard var registration = registrations[event.person] else {
            registrations[event.person] = Registration(event)
            listedCount = listedCount + (registrations[event.person] == nil ? 0 : 1)
            return
        }
        let wasListed = registration.isListed
        registration.apply(event)
        registrations[event.person] = registration
        listedCount += (registration.isListed ? 1 : 0) - (wasListed ? 1 : 0)
    }

    /// Who is on the list now, ascending.
    package var listed: [NHSNumber] {
        registrations.values.lazy.filter(\.isListed).map(\.person).sorted()
    }
}
