import Admissions
import EventLog
import EventSourcing

/// One joining or parting, as a log tells it.
struct IdentityTelling {
    let position: Position
    let toldAt: Instant
    let event: AdmissionEvent

    /// Reads an event; `nil` for one that cannot be read or names nobody.
    init?(_ stored: IdentityEvent) {
        guard let event = try? AdmissionEvent(type: stored.type, payload: stored.payload), event.patientKey != nil,
            event.prior != nil
        else { return nil }
        position = stored.position
        toldAt = stored.recordedAt
        self.event = event
    }

    /// What was done, as one word.
    var word: String {
        switch event.kind {
        case .patientMoved: "moved"
        case .patientRenumbered: "renumbered"
        case .patientUnmerged: "unmerged"
        default: "merged"
        }
    }
}
