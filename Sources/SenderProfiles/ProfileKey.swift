/// The keys of a sender profile; what each means is written in `uk-default.yaml`, where all of them stand.
enum ProfileKey: String, CaseIterable {
    case name
    case title
    case extends
    case senders
    case nullSemantics = "null-semantics"
    case recordedTime = "recorded-time"
    case wardComponent = "ward-component"
    case nhsNumber = "nhs-number"
    case localIdentifier = "local-identifier"
    case visitNumber = "visit-number"
    case practicePaths = "practice-paths"
    case classes
    case patientTypes = "patient-types"
    case admissionMethods = "admission-methods"
    case dischargeDisposition = "discharge-disposition"
    case destinationCodes = "destination-codes"
    case triggers
    case wards
    case specialties

    /// Keys that a profile which extends nothing cannot do without: else it would read nothing.
    static let needed: [ProfileKey] = [.nhsNumber, .localIdentifier, .practicePaths, .classes]

    /// The keys below one that is a map of fixed keys.
    var below: [String] {
        switch self {
        case .nhsNumber: ["marks", "pid-19"]
        case .localIdentifier: ["types", "issuer"]
        case .visitNumber: ["pid-18"]
        case .wards: ["fopas", "virtual", "sensitive"]
        case .specialties: ["sensitive"]
        default: []
        }
    }
}
