import Admissions
import EventSourcing
import Postgres

/// Whom a look at the past is to fold, and who of them is the practice's today.
struct AsAtPeople {
    /// Of each hospital in parts that may be folded at once; all of a patient is in one.
    private(set) var sought: [LogName: [AsAtHospital.Keys]] = [:]
    private var today: [LogName: AsAtHospital.Keys] = [:]
    private var restrictedToday: [LogName: AsAtHospital.Keys] = [:]
    /// What the practice had and has no more, whosever it is.
    private(set) var gone: [LogName: AsAtHospital.Keys] = [:]

    /// Nobody yet.
    init() {}

    /// Reads what `CandidateQuery.keysAsAt` and `keysGoneSince` give.
    init(_ results: [PostgresResult], adding subjects: Set<PatientSubject>) throws {
        for row in results.joined() {
            let (hospital, encounter, patient, isLive, isRestricted) = try row.decode(
                LogName.self, String.self, String.self, Bool.self, Bool.self)
            seek(encounter, patient, at: hospital)
            if isLive {
                today[hospital, default: .init()].take(encounter, patient)
            } else {
                gone[hospital, default: .init()].take(encounter, patient)
            }
            if isRestricted { restrictedToday[hospital, default: .init()].take(encounter, patient) }
        }
        for subject in subjects {
            seek(nil, StateKey(subject.patient).rawValue, at: subject.hospital)
        }
    }

    private mutating func seek(_ encounter: String?, _ patient: String, at hospital: LogName) {
        let subject = patient.isEmpty ? encounter ?? "" : patient
        let number = subject.utf8.reduce(0 as UInt32) { ($0 ^ UInt32($1)) &* 16_777_619 }
        let parts = Array(repeating: AsAtHospital.Keys(), count: Self.partsPerHospital)
        sought[hospital, default: parts][Int(number >> 8) % Self.partsPerHospital].take(encounter, patient)
    }

    /// As many as this and the database beside it keep busy.
    private static let partsPerHospital = 2

    /// Rows that are restricted today, of whichever practice, as `restrict` reads them.
    static let selectRestricted: SQL =
        "select e.hospital, e.encounter_key, e.patient_key from practice.encounter e where e.restricted"

    /// Takes in who is restricted by rows of today: a patient may be anybody's by now.
    mutating func restrict(by result: PostgresResult) throws {
        for row in result {
            let (hospital, encounter, patient) = try row.decode(LogName.self, String.self, String.self)
            restrictedToday[hospital, default: .init()].take(encounter, patient)
        }
    }

    /// The row as it may be shown; `nil` for not at all.
    func shown(_ row: EncounterRow, of hospital: LogName, in scope: AsAtScope) -> EncounterRow? {
        if scope == .thenAndToday {
            guard gone[hospital]?.encounters.contains(row.encounterKey) != true, today[hospital]?.holds(row) ?? false else {
                return nil
            }
        }
        var row = row
        if restrictedToday[hospital]?.holds(row) ?? false { row.patient.isRestricted = true }
        return row
    }
}

extension AsAtHospital.Keys {
    var isEmpty: Bool { encounters.isEmpty && patients.isEmpty }

    mutating func take(_ encounter: String?, _ patient: String) {
        if let encounter { encounters.insert(encounter) }
        if !patient.isEmpty { patients.insert(patient) }
    }

    func holds(_ row: EncounterRow) -> Bool {
        encounters.contains(row.encounterKey) || patients.contains(row.patientKey)
    }
}
