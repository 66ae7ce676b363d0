/// Why a message gave no admission event; stable codes, for operators, metrics and redrive.
package enum ReasonCode: String, Error, Sendable, CaseIterable {
    /// The bytes are no HL7 v2 message.
    case notHL7 = "not-hl7"
    /// MSH-9.1 is not `ADT`.
    case notADT = "not-adt"
    /// An acknowledgement, which is never answered: two that answer each other would go on for ever.
    case acknowledgement
    /// MSH-11 is not `P`: training or debugging.
    case processingID = "processing-id"
    /// Neither MSH-9.2 nor EVN-1 tells a trigger event.
    case triggerMissing = "trigger-missing"
    /// A trigger event that nobody knows.
    case triggerNotSupported = "trigger-not-supported"
    /// A trigger event that the sender profile asks to ignore.
    case triggerIgnored = "trigger-ignored"
    /// A trigger event that changes nothing here.
    case triggerWithoutEffect = "trigger-without-effect"
    /// A trigger event that asks a question (A19).
    case query
    /// There is no PID segment.
    case pidMissing = "pid-missing"
    /// There is no PV1 segment, and the trigger event needs one.
    case pv1Missing = "pv1-missing"
    /// PV1-19 is empty, and the trigger event needs it.
    case visitNumberMissing = "visit-number-missing"
    /// Neither a local patient identifier nor an NHS number.
    case patientIdentifierMissing = "patient-identifier-missing"
    /// Nothing but an NHS number that fails its check, or is nobody's.
    case nhsNumberInvalid = "nhs-number-invalid"
    /// Two different sound NHS numbers in one PID.
    case nhsNumberConflict = "nhs-number-conflict"
    /// An NHS number of the test range, where real patients are read.
    case testNumberInLive = "test-number-in-live"
    /// There is no MRG segment, and the trigger event needs one.
    case mergeMissing = "mrg-missing"
    /// MRG-1 names nobody.
    case priorIdentifierMissing = "prior-identifier-missing"
    /// Neither MRG-5 nor MRG-3 names a visit.
    case priorVisitMissing = "prior-visit-missing"
    /// MRG-1 names nobody but the patient in PID-3.
    case mergeIntoItself = "merge-into-itself"
    /// MRG-1 names another patient than PID-3, in a message about two visits of one patient.
    case visitOfAnotherPatient = "visit-of-another-patient"
    /// An NHS number of the test range in MRG-1, where real patients are read.
    case priorTestNumberInLive = "prior-test-number-in-live"
    /// MRG-5 names the visit in PV1-19.
    case visitMergeIntoItself = "visit-merge-into-itself"
    /// More patients or visits in one message than are read.
    case groupsTooMany = "groups-too-many"

    /// Where in a message the reason lies.
    package var place: String? {
        switch self {
        case .notHL7: nil
        case .notADT, .acknowledgement: "MSH-9.1"
        case .processingID: "MSH-11"
        case .triggerMissing, .triggerNotSupported, .triggerIgnored, .triggerWithoutEffect, .query: "MSH-9.2"
        case .pidMissing, .groupsTooMany: "PID"
        case .pv1Missing: "PV1"
        case .visitNumberMissing: "PV1-19"
        case .patientIdentifierMissing, .nhsNumberInvalid, .nhsNumberConflict, .testNumberInLive: "PID-3"
        case .mergeMissing: "MRG"
        case .priorIdentifierMissing, .mergeIntoItself, .visitOfAnotherPatient, .priorTestNumberInLive: "MRG-1"
        case .priorVisitMissing, .visitMergeIntoItself: "MRG-5"
        }
    }
}
