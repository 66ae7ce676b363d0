import Admissions
import EventLog
import EventSourcing
import Postgres

/// `practice.encounter_state` and `practice.patient_state`, as they are read and written.
enum StateTables {
    /// A stored encounter.
    struct StoredEncounter: Sendable, Hashable {
        let encounter: StateKey
        /// Whose it is; `nil`, stored as an empty text, while no message has named one.
        let patient: StateKey?
        /// Since when its row has stood under the practice where it stands.
        let shownSince: Instant
        let state: [UInt8]
    }

    /// A stored patient.
    struct StoredPatient: Sendable, Equatable {
        let patient: StateKey
        /// The NHS number of this record.
        let nhsNumber: String?
        let state: [UInt8]
    }

    static let encounterColumns: SQL = "encounter, patient, shown_since, state"
    static let patientColumns: SQL = "patient, nhs_number, state"

    static func selectEncounters(_ keys: [EncounterKey], of hospital: LogName, from table: String) -> SQL {
        """
        select \(encounterColumns) from practice.\(identifier: table)
        where hospital = \(hospital) and encounter = any (\(keys.map { StateKey($0).rawValue }))
        """
    }

    static func selectEncounters(ofPatients keys: [PatientKey], of hospital: LogName, from table: String) -> SQL {
        """
        select \(encounterColumns) from practice.\(identifier: table)
        where hospital = \(hospital) and patient = any (\(keys.map { StateKey($0).rawValue }))
        """
    }

    static func selectPatients(_ keys: [PatientKey], of hospital: LogName, from table: String) -> SQL {
        """
        select \(patientColumns) from practice.\(identifier: table)
        where hospital = \(hospital) and patient = any (\(keys.map { StateKey($0).rawValue }))
        """
    }

    static func selectPatients(bearing numbers: [NHSNumber], of hospital: LogName, from table: String) -> SQL {
        """
        select \(patientColumns) from practice.\(identifier: table)
        where hospital = \(hospital) and nhs_number = any (\(numbers.map(\.digits)))
        """
    }

    static func decodeEncounters(_ result: PostgresResult) throws(PostgresError) -> [StoredEncounter] {
        var stored: [StoredEncounter] = []
        stored.reserveCapacity(result.count)
        for row in result {
            let (encounter, patient, shownSince, state) = try row.decode(
                String.self, String.self, Instant.self, String.self)
            stored.append(
                StoredEncounter(
                    encounter: StateKey(stored: encounter),
                    patient: patient.isEmpty ? nil : StateKey(stored: patient), shownSince: shownSince,
                    state: Array(state.utf8)))
        }
        return stored
    }

    static func decodePatients(_ result: PostgresResult) throws(PostgresError) -> [StoredPatient] {
        var stored: [StoredPatient] = []
        stored.reserveCapacity(result.count)
        for row in result {
            let (patient, nhsNumber, state) = try row.decode(String.self, String?.self, String.self)
            stored.append(
                StoredPatient(patient: StateKey(stored: patient), nhsNumber: nhsNumber, state: Array(state.utf8)))
        }
        return stored
    }

    static func upsert(_ states: [StoredEncounter], of hospital: LogName, into table: String) -> SQL {
        """
        insert into practice.\(identifier: table) (hospital, encounter, patient, shown_since, state)
        select \(hospital), r.encounter, r.patient, r.shown_since, r.state
        from unnest(\(states.map(\.encounter.rawValue)), \(states.map { $0.patient?.rawValue ?? "" }), \
        \(states.map(\.shownSince)), \(states.map { String(decoding: $0.state, as: UTF8.self) }))
            as r (encounter, patient, shown_since, state)
        on conflict (hospital, encounter) do update set
            patient = excluded.patient, shown_since = excluded.shown_since, state = excluded.state
        """
    }

    static func upsert(_ states: [StoredPatient], of hospital: LogName, into table: String) -> SQL {
        """
        insert into practice.\(identifier: table) (hospital, patient, nhs_number, state)
        select \(hospital), r.patient, r.nhs_number, r.state
        from unnest(\(states.map(\.patient.rawValue)), \(states.map(\.nhsNumber)), \
        \(states.map { String(decoding: $0.state, as: UTF8.self) })) as r (patient, nhs_number, state)
        on conflict (hospital, patient) do update set nhs_number = excluded.nhs_number, state = excluded.state
        """
    }
}

extension StateTables.StoredEncounter {
    /// The state and where it belongs.
    init(_ encounter: Encounter, patient: PatientKey?, shownSince: Instant) {
        var writer = JSONWriter(reservingCapacity: 4_096)
        encounter.encode(into: &writer)
        self.init(
            encounter: StateKey(encounter.key), patient: patient.map { StateKey($0) }, shownSince: shownSince,
            state: writer.bytes)
    }
}

extension StateTables.StoredPatient {
    /// The state and where it belongs.
    init(_ patient: Patient) {
        var writer = JSONWriter(reservingCapacity: 2_048)
        patient.encode(into: &writer)
        self.init(patient: StateKey(patient.key), nhsNumber: patient.nhsNumber?.digits, state: writer.bytes)
    }
}
