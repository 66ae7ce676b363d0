/// The field of a message in which a time stood.
package enum TimeField: String, Sendable, CaseIterable {
    /// Recorded by the hospital.
    case recorded = "EVN-2"
    /// Event occurred.
    case happened = "EVN-6"
    /// Message made.
    case sent = "MSH-7"
    case admitted = "PV1-44"
    case discharged = "PV1-45"
}
