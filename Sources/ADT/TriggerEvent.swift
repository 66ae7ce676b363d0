import Admissions

/// A trigger event that is read, and what it means (domain.md 1.2).
struct TriggerEvent {
    /// `A01`.
    let code: String
    /// `ADT^A01`.
    let messageType: String
    let kind: AdmissionEvent.Kind

    private init(_ code: String, _ messageType: String, _ kind: AdmissionEvent.Kind) {
        self.code = code
        self.messageType = messageType
        self.kind = kind
    }

    /// `nil` for any other.
    init?(_ code: String) {
        switch code {
        case "A01": self.init("A01", "ADT^A01", .admitted)
        case "A02": self.init("A02", "ADT^A02", .transferred)
        case "A03": self.init("A03", "ADT^A03", .discharged)
        case "A04": self.init("A04", "ADT^A04", .registered)
        case "A08": self.init("A08", "ADT^A08", .updated)
        case "A11": self.init("A11", "ADT^A11", .admissionCancelled)
        case "A13": self.init("A13", "ADT^A13", .dischargeCancelled)
        case "A28": self.init("A28", "ADT^A28", .patientAdded)
        case "A31": self.init("A31", "ADT^A31", .patientUpdated)
        default: return nil
        }
    }

    /// Reads MSH-9.2.
    init?(_ piece: Piece, of source: borrowing MessageSource) {
        self.init(source.text(piece))
    }
}
