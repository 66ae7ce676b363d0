package import EventSourcing

/// An event by which a practice tells its list, as it stands in the practice's log.
package struct ListEvent: Sendable, Equatable {
    /// Its place.
    package let position: Position
    /// `registration.listed.v1`, say.
    package let type: String
    /// Canonical JSON.
    package let payload: [UInt8]
}
