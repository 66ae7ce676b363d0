import EventSourcing
import Postgres

/// What a run of events writes besides checkpoint, feed and poison.
struct StateChanges: Sendable {
    var encounters: [StateTables.StoredEncounter] = []
    var patients: [StateTables.StoredPatient] = []
    /// Rows to be written whole.
    var rows: [EncounterRow] = []
    /// Patients of whom all rows show something new.
    var shownPatients: [EncounterTable.PatientOfPractice] = []
    /// Rows that are gone without a trace.
    var departed: [EncounterTable.RowKey] = []
    /// What is left of rows that have gone to another practice.
    var withdrawn: [EncounterRow] = []
    /// Places from which rows are gone because their encounters came to be withheld.
    var hidden: Set<EncounterTable.RowKey> = []
    /// Hot onboarding cases.
    var cases: [OnboardingRow] = []
    /// What practices are told of all this.
    var told: [PracticeChange] = []
    /// Hot onboarding cases that have no row, or none any more.
    var casesGone: [String] = []

    /// What tells the practices: the last of a transaction, for it holds the counters of practices, for which other
    /// hospitals' projectors wait.
    var tellings: [SQL] {
        (hidden.isEmpty ? [] : [ChangeTable.unsay(hidden)]) + (told.isEmpty ? [] : [ChangeTable.tell(told)])
    }

    /// Takes over what practices are told by a replay beside; the same once.
    mutating func take(newsOf replay: StateChanges) {
        hidden.formUnion(replay.hidden)
        for change in replay.told {
            let same = told.firstIndex {
                $0.practice == change.practice && $0.type == change.type && $0.encounterRef == change.encounterRef
                    && $0.patientRef == change.patientRef
            }
            if let same {
                told[same].lists = Set(told[same].lists + change.lists).sorted()
            } else {
                told.append(change)
            }
        }
    }

    /// The statements that write them: what left first, then of patients in all their rows, then the rows that are written
    /// whole.
    func statements(for hospital: LogName, in tables: ProjectionTables) -> [SQL] {
        var statements: [SQL] = []
        if !encounters.isEmpty {
            statements.append(StateTables.upsert(encounters, of: hospital, into: tables.encounterState))
        }
        if !patients.isEmpty {
            statements.append(StateTables.upsert(patients, of: hospital, into: tables.patientState))
        }
        if !departed.isEmpty { statements.append(EncounterTable.delete(departed, from: tables.encounter)) }
        if !withdrawn.isEmpty { statements.append(EncounterTable.upsert(withdrawn, into: tables.encounter)) }
        if !shownPatients.isEmpty {
            statements.append(EncounterTable.updatePatients(shownPatients, in: tables.encounter))
        }
        if !rows.isEmpty { statements.append(EncounterTable.upsert(rows, into: tables.encounter)) }
        statements += OnboardingTable.upsert(cases, into: tables)
        statements += OnboardingTable.delete(casesGone, of: hospital, from: tables)
        return statements
    }
}
