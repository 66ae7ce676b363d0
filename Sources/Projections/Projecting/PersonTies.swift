import Admissions

/// Who was ever tied to whom, as far as memory knows: what the present state of a log no longer says.
struct PersonTies: Sendable {
    /// Those with whom a patient was ever joined, or from whom parted.
    private(set) var patients: [PatientKey: [PatientKey]] = [:]
    /// Those with which an encounter was ever joined.
    private(set) var encounters: [EncounterKey: [EncounterKey]] = [:]
    /// Who bore an NHS number once.
    private(set) var formerBearers: [NHSNumber: [PatientKey]] = [:]

    init(_ log: LogFold) {
        for (from, to) in log.identities.patients.pairs {
            patients[from, default: []].append(to)
            patients[to, default: []].append(from)
        }
        for (from, to) in log.identities.encounters.pairs {
            encounters[from, default: []].append(to)
            encounters[to, default: []].append(from)
        }
        for patient in log.patients.values {
            for number in patient.formerNumbers { formerBearers[number, default: []].append(patient.key) }
        }
    }
}
