import Admissions
import EventSourcing

/// Events in plain words, for who does not know the hospital's codes.
enum HistoryWords {
    static func of(_ kind: AdmissionEvent.Kind) -> String {
        switch kind {
        case .admitted: "Admitted"
        case .transferred: "Moved within the hospital"
        case .discharged: "Discharged"
        case .registered: "Arrived, or was registered"
        case .preadmitted: "Booked to come"
        case .becameInpatient: "Went from attendance to a bed"
        case .becameOutpatient: "Left the bed and stayed an outpatient"
        case .continued: "Went on under another visit number"
        case .updated: "Details updated"
        case .admissionCancelled: "Admission or arrival taken back"
        case .transferCancelled: "Move taken back"
        case .dischargeCancelled: "Discharge taken back"
        case .transferPlanned: "Move planned"
        case .transferPlanCancelled: "Planned move taken back"
        case .dischargePlanned: "Discharge planned"
        case .dischargePlanCancelled: "Planned discharge taken back"
        case .leaveStarted: "Went on leave"
        case .leaveStartCancelled: "Leave taken back"
        case .leaveEnded: "Came back from leave"
        case .leaveEndCancelled: "Return from leave taken back"
        case .deleted: "Entered in error: the visit never was"
        case .preadmissionCancelled: "Booking taken back"
        case .clinicianChanged: "Another clinician in charge"
        case .clinicianChangeCancelled: "Change of clinician taken back"
        case .merged: "Two visit numbers are one visit"
        case .renumbered: "Another visit number"
        case .moved: "The visit is another patient's"
        case .patientAdded: "Patient record added"
        case .patientUpdated: "Patient record updated"
        case .patientRemoved: "Patient record out of use"
        case .patientMerged: "Two patient records are one person's"
        case .patientMoved: "What stood under another number is this patient's"
        case .patientRenumbered: "Another hospital number"
        case .patientUnmerged: "Joined records parted again by an operator"
        case .messageQuarantined: "Message held back"
        case .messageKept: "Message without effect"
        case .messageRefused: "Message refused"
        case .messageRedriven: "Message read again"
        case .messageDiscarded: "Message discarded"
        }
    }

    /// An act of staff, or news of a practice's list: `concern.raised.v1` is "Concern raised".
    static func ofAct(_ type: String) -> String {
        let parts = type.split(separator: ".")
        guard parts.count >= 2 else { return type }
        let subject =
            switch parts[0] {
            case "registration": "practice's list:"
            case "onboarding": "hot onboarding:"
            default: String(parts[0])
            }
        let text = subject + " " + parts[1].replacing("-", with: " ")
        return text.prefix(1).uppercased() + text.dropFirst()
    }
}
