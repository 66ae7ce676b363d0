/// What a column of a practice's list file tells; the raw value names it in mapping files and in reports of faults.
package enum RosterColumn: String, Sendable, CaseIterable {
    case nhsNumber = "nhs-number"
    case born = "date-of-birth"
    case surname
    case given = "given-name"
    /// When the person joined the practice's list.
    case registered = "registered-on"
    /// The practice's own ODS code, for files that hold several practices.
    case practice
    case symphonyScore = "symphony-score"
    case symphonyDate = "symphony-date"
    /// Whether the person is on the complex care team's caseload.
    case caseload
    /// Yes, no, or the day of the consent.
    case consented
    case keyWorker = "key-worker"
    case usualGP = "usual-gp"
    /// The name of the care home, or yes.
    case careHome = "care-home"
    case fopasConcern = "fopas-concern"
    case reviewed = "reviewed-on"
    case reviewDue = "review-due"

    /// Columns without which a file is no list.
    package static let required: [RosterColumn] = [.nhsNumber, .born, .surname]

    /// Headings that mean this column without being told so: EMIS Web's and SystmOne's among them, compared by their
    /// letters and digits alone. None that might mean something else: a practice's name, another score or consent.
    package var usualHeadings: [String] {
        switch self {
        case .nhsNumber: ["NHS number", "NHS no", "NHS num", "Patient NHS number"]
        case .born: ["Date of birth", "DOB", "Birth date", "D.o.B.", "Patient date of birth"]
        case .surname: ["Surname", "Family name", "Last name", "Patient surname"]
        case .given: ["Given name", "Given names", "First name", "First names", "Forename", "Forenames"]
        case .registered:
            ["Registered on", "Registered date", "Registration date", "Date of registration", "Date registered"]
        case .practice:
            ["Practice code", "Organisation code", "ODS code", "Registered practice code"]
        case .symphonyScore: ["Symphony score", "Symphony"]
        case .symphonyDate: ["Symphony date", "Symphony score date", "Date of Symphony score"]
        case .caseload: ["Caseload", "On caseload", "Complex care", "Complex care caseload"]
        case .consented: ["Consented", "Consent date", "Consented on", "Date of consent"]
        case .keyWorker: ["Key worker", "Keyworker", "Key worker name"]
        case .usualGP: ["Usual GP", "Usual GP's full name", "Registered GP", "Named GP", "Named accountable GP"]
        case .careHome: ["Care home", "Care home name", "Nursing home", "Residential institution"]
        case .fopasConcern: ["FOPAS concern", "FOPAS"]
        case .reviewed: ["Reviewed on", "Last review", "Last review date", "Date of last review"]
        case .reviewDue: ["Review due", "Review due date", "Next review", "Next review date"]
        }
    }
}
