/// Where an encounter stands (FHIR R4 EncounterStatus).
package enum EncounterStatus: String, Sendable, CaseIterable {
    /// Expected.
    case planned
    /// In the emergency department, or at the clinic's desk.
    case arrived
    /// In a bed.
    case inProgress = "in-progress"
    /// Away for a while, the bed kept.
    case onleave
    /// Gone: discharged, or dead.
    case finished
    /// The hospital took it back: it never took place.
    case cancelled
    /// Recorded in error.
    case enteredInError = "entered-in-error"

    /// Whether the person is in the hospital's care now.
    package var isOpen: Bool {
        switch self {
        case .arrived, .inProgress, .onleave: true
        case .planned, .finished, .cancelled, .enteredInError: false
        }
    }

    /// Whether the encounter is to be taken as never having been.
    package var isVoid: Bool { self == .cancelled || self == .enteredInError }
}
