import Admissions
import Projections

extension BoardFlag {
    /// `enc-….los`; of a person rather than an encounter `pt-….symphony`, of a concern with its kind.
    var fhirID: String {
        let subject = FHIRText.id(ref: isOfPerson ? patientRef : encounterRef)
        guard flag.rule == .concern, case .text(let kind)? = flag.value else {
            return "\(subject).\(flag.rule.rawValue)"
        }
        return "\(subject).\(flag.rule.rawValue).\(kind)"
    }

    /// The categories that flags have.
    static let categories: Set<String> = ["clinical", "admin"]

    /// The code of flag-category (R4): about care, or about the data.
    var category: String {
        switch flag.rule {
        case .toldLate, .standing, .inferred, .similarName: "admin"
        default: "clinical"
        }
    }

    /// In words.
    var text: String {
        let value: String? =
            switch flag.value {
            case .number(let number)?: String(number)
            case .text(let text)?: text
            case nil: nil
            }
        return switch flag.rule {
        case .deceased: "The hospital has told of the death"
        case .similarName: "Another patient has a similar name"
        case .longStay: "\(value ?? "7") nights or more in hospital"
        case .readmitted: "Readmitted \(value ?? "some") days after a discharge"
        case .readmissionRisk: "In A&E, \(value ?? "some") days after a discharge"
        case .symphony: "Symphony score \(value ?? "not known")"
        case .frequentAdmissions: "\(value ?? "Many") emergency admissions in a year"
        case .frequentAttender: "\(value ?? "Many") attendances of A&E in a year"
        case .concern: "Open concern: \(value ?? "other")"
        case .fopas: "Of the service for frail older people"
        case .selfDischarge: "Left hospital against advice or on their own account"
        case .leftBeforeTreatment: "Left A&E before treatment \(value ?? "several") times in 30 days"
        case .newCareHome: "Discharged to a care home, and came from their own home"
        case .careHome: "Lives in a care home"
        case .virtualWard: "In hospital care at home"
        case .onboarding: "Hot onboarding: \(value ?? "begun")"
        case .expectedDischarge:
            value == "ready" ? "Ready to leave hospital" : "Expected to leave on \(value ?? "a day soon")"
        case .zeroStay: "An emergency stay without a night"
        case .toldLate: "Told \(value ?? "many") minutes after it happened"
        case .standing: "May have ended without our hearing of it: \(value ?? "unconfirmed")"
        case .inferred: "Known only from a message that told something else"
        }
    }
}
