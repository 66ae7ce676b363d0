/// Why a message gave no admission event; stable codes, for operators, metrics and redrive.
package enum ReasonCode: String, Error, Sendable, CaseIterable {
    /// The bytes are no HL7 v2 message.
    case notHL7 = "not-hl7"
    /// MSH-9.1 is not `ADT`.
    case notADT = "not-adt"
    /// MSH-11 is not `P`: training or debugging.
    case processingID = "processing-id"
    /// Neither MSH-9.2 nor EVN-1 tells a trigger event.
    case triggerMissing = "trigger-missing"
    /// A trigger event that we do not read yet.
    case triggerNotSupported = "trigger-not-supported"
    /// There is no PID segment.
    case pidMissing = "pid-missing"
    /// There is no PV1 segment, and the trigger event needs one.
    case pv1Missing = "pv1-missing"
    /// PV1-19 is empty, and the trigger event needs it.
    case visitNumberMissing = "visit-number-missing"
    /// Neither a local patient identifier nor an NHS number.
    case patientIdentifierMissing = "patient-identifier-missing"
    /// Two different sound NHS numbers in one PID.
    case nhsNumberConflict = "nhs-number-conflict"

    /// Where in a message the reason lies.
    package var place: String? {
        switch self {
        case .notHL7: nil
        case .notADT: "MSH-9.1"
        case .processingID: "MSH-11"
        case .triggerMissing, .triggerNotSupported: "MSH-9.2"
        case .pidMissing: "PID"
        case .pv1Missing: "PV1"
        case .visitNumberMissing: "PV1-19"
        case .patientIdentifierMissing, .nhsNumberConflict: "PID-3"
        }
    }
}
