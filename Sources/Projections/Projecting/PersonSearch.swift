import Admissions

/// Looks for everybody and everything that a fact can touch, as far as memory knows.
///
/// A fact names patients and encounters. A patient leads to their other identities, to all who bear the same NHS number
/// and to their encounters; an encounter to its other numbers and to all whom its messages named.
///
/// A thorough search goes on to whatever was ever so tied: who bore the same number once, whose encounter it once was,
/// who was joined and parted again. What it finds is closed: no fact told so far ties it to anything else.
struct PersonSearch {
    private let log: LogFold
    private let asked: HeldStates.Wanted
    /// Who bore a number once; `nil` for a search that is not thorough.
    private let formerBearers: FormerBearers?
    /// What the search met and memory lacks.
    private(set) var missing = HeldStates.Wanted()
    private(set) var patientsSeen: Set<PatientKey> = []
    private(set) var encountersSeen: Set<EncounterKey> = []
    private(set) var numbersSeen: Set<NHSNumber> = []

    /// Makes a search; with former bearers a thorough one.
    init(log: LogFold, asked: HeldStates.Wanted, formerBearers: FormerBearers? = nil) {
        self.log = log
        self.asked = asked
        self.formerBearers = formerBearers
    }

    /// Follows what one event names.
    mutating func begin(_ event: AdmissionEvent) {
        var patients = event.patientsNamed
        if let number = event.patient?.nhsNumber { patients += bearers(of: number) }
        follow(patients, [event.encounterKey, event.prior?.encounter].compactMap(\.self))
    }

    /// Follows patients and encounters.
    mutating func begin(patients: [PatientKey], encounters: [EncounterKey]) {
        follow(patients, encounters)
    }

    /// Follows an NHS number.
    mutating func begin(_ number: NHSNumber) {
        follow(bearers(of: number), [])
    }

    private mutating func follow(_ patients: [PatientKey], _ encounters: [EncounterKey]) {
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
        guard formerBearers != nil else { return }
        if !asked.formerVisitors.contains(key) { missing.formerVisitors.insert(key) }
        patients += log.identities.patients.everTied(to: key)
        for number in log.patients[key]?.numbersTold ?? [] { patients += bearers(of: number) }
    }

    private mutating func follow(
        _ key: EncounterKey, _ patients: inout [PatientKey], _ encounters: inout [EncounterKey]
    ) {
        guard encountersSeen.insert(key).inserted else { return }
        encounters += log.identities(of: log.root(of: key))
        if !asked.encounters.contains(key) { missing.encounters.insert(key) }
        if let known = log.encounters[key] { patients += known.patientsNamed }
        if formerBearers != nil { encounters += log.identities.encounters.everTied(to: key) }
    }

    private mutating func bearers(of number: NHSNumber) -> [PatientKey] {
        guard numbersSeen.insert(number).inserted else { return [] }
        if !asked.numbers.contains(number) { missing.numbers.insert(number) }
        guard let formerBearers else { return Array(log.patients(bearing: number)) }
        if !asked.formerNumbers.contains(number) { missing.formerNumbers.insert(number) }
        return log.patients(bearing: number) + formerBearers.of(number)
    }
}
