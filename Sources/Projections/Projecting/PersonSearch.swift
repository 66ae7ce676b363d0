import Admissions

/// Looks for everybody and everything that a fact can touch, as far as memory knows.
///
/// A fact names patients and encounters. A patient leads to their other identities, to all who bear the same NHS number
/// and to their encounters; an encounter to its other numbers and to all whom its messages named.
struct PersonSearch {
    private let log: LogFold
    private let asked: HeldStates.Wanted
    /// What the search met and memory lacks.
    private(set) var missing = HeldStates.Wanted()
    private var patientsSeen: Set<PatientKey> = []
    private var encountersSeen: Set<EncounterKey> = []
    private var numbersSeen: Set<NHSNumber> = []

    init(log: LogFold, asked: HeldStates.Wanted) {
        self.log = log
        self.asked = asked
    }

    /// Follows what one event names.
    mutating func begin(_ event: AdmissionEvent) {
        var patients = [event.patientKey].compactMap(\.self) + (event.prior?.patients ?? [])
        if let number = event.patient?.nhsNumber { patients += bearers(of: number) }
        begin(patients: patients, encounters: [event.encounterKey, event.prior?.encounter].compactMap(\.self))
    }

    /// Follows patients and encounters.
    mutating func begin(patients: [PatientKey], encounters: [EncounterKey]) {
        var (patients, encounters) = (patients, encounters)
        while true {
            if let key = patients.popLast() {
                follow(key, &patients, &encounters)
            } else if let key = encounters.popLast() {
                follow(key, &patients, &encounters)
            } else {
                return
            }
        }
    }

    private mutating func follow(_ key: PatientKey, _ patients: inout [PatientKey], _ encounters: inout [EncounterKey]) {
        guard patientsSeen.insert(key).inserted else { return }
        patients += log.identities(of: log.root(of: key))
        if !asked.patients.contains(key) { missing.patients.insert(key) }
        if !asked.visitors.contains(key) { missing.visitors.insert(key) }
        if let number = log.patients[key]?.nhsNumber { patients += bearers(of: number) }
        encounters += log.visitsNaming(key)
    }

    private mutating func follow(
        _ key: EncounterKey, _ patients: inout [PatientKey], _ encounters: inout [EncounterKey]
    ) {
        guard encountersSeen.insert(key).inserted else { return }
        encounters += log.identities(of: log.root(of: key))
        if !asked.encounters.contains(key) { missing.encounters.insert(key) }
        if let known = log.encounters[key] { patients += known.patientsNamed }
    }

    private mutating func bearers(of number: NHSNumber) -> [PatientKey] {
        guard numbersSeen.insert(number).inserted else { return [] }
        if !asked.numbers.contains(number) { missing.numbers.insert(number) }
        return Array(log.patients(bearing: number))
    }
}
