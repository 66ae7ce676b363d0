import Admissions

/// Which patients bore an NHS number once, of those in memory: what their present state no longer says.
struct FormerBearers: Sendable {
    private var patients: [NHSNumber: [PatientKey]] = [:]

    init(_ log: LogFold) {
        for patient in log.patients.values {
            for number in patient.formerNumbers { patients[number, default: []].append(patient.key) }
        }
    }

    func of(_ number: NHSNumber) -> [PatientKey] { patients[number] ?? [] }
}
