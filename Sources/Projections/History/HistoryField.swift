import Admissions

/// A part of what is known of an encounter or a patient, as a history names what an event changed.
///
/// The raw value is its name in answers; `allCases` is the order in which changes are shown.
package enum HistoryField: String, Sendable, CaseIterable {
    // The encounter.
    case status
    case encounterClass = "class"
    case whose
    case arrived, admitted, discharged
    case site, ward, bay, bed
    case consultant, specialty
    case admissionMethod = "admission_method"
    case admissionSource = "admission_source"
    case expectedDischarge = "expected_discharge"
    case dischargeMethod = "discharge_method"
    case dischargeDestination = "discharge_destination"
    case disposal, reason
    case medicallyFit = "medically_fit"
    case readyForDischarge = "ready_for_discharge"
    // The patient.
    case practice
    case nhsNumber = "nhs_number"
    case name, born, gender
    case deceased
    case died
    case restricted
    case removed
    case records

    /// Who may see what stands in it.
    enum Care {
        case open
        /// Tells where a restricted patient is.
        case place
        /// Tells who the patient is.
        case identity
        /// Another practice's name is not for a practice.
        case practice
    }

    var care: Care {
        switch self {
        case .site, .ward, .bay, .bed, .consultant, .specialty, .admissionSource, .dischargeDestination: .place
        // Free text says whatever somebody wrote.
        case .nhsNumber, .name, .born, .reason: .identity
        case .practice: .practice
        default: .open
        }
    }

    /// What it is called where people read it.
    package var label: String {
        switch self {
        case .encounterClass: "class"
        case .whose: "whose"
        case .nhsNumber: "NHS number"
        case .born: "date of birth"
        case .records: "hospital records joined"
        case .removed: "record out of use"
        default: rawValue.replacing("_", with: " ")
        }
    }
}
