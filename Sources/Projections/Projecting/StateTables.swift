import EventLog
import EventSourcing
import Postgres

/// `practice.encounter_state` and `practice.patient_state`, as they are read and written.
enum StateTables {
    /// A stored encounter.
    struct StoredEncounter: Sendable, Equatable {
        let encounter: StateKey
        /// `nil`, stored as an empty text, while no message has named one.
        let patient: StateKey?
        let practice: String
        let state: [UInt8]
    }

    /// A stored patient.
    struct StoredPatient: Sendable, Equatable {
        let patient: StateKey
        let practice: String
        let state: [UInt8]
    }

    static func selectEncounters(_ keys: [StateKey], of hospital: LogName, from table: String) -> SQL {
        """
        select encounter, patient, practice, state from practice.\(identifier: table)
        where hospital = \(hospital) and encounter = any (\(keys.map(\.rawValue)))
        """
    }

    static func selectEncounters(ofPatients keys: [StateKey], of hospital: LogName, from table: String) -> SQL {
        """
        select encounter, patient, practice, state from practice.\(identifier: table)
        where hospital = \(hospital) and patient = any (\(keys.map(\.rawValue)))
        """
    }

    static func selectPatients(_ keys: [StateKey], of hospital: LogName, from table: String) -> SQL {
        """
        select patient, practice, state from practice.\(identifier: table)
        where hospital = \(hospital) and patient = any (\(keys.map(\.rawValue)))
        """
    }

    static func decodeEncounters(_ result: PostgresResult) throws(PostgresError) -> [StoredEncounter] {
        var stored: [StoredEncounter] = []
        stored.reserveCapacity(result.count)
        for row in result {
            let (encounter, patient, practice, state) = try row.decode(
                String.self, String.self, String.self, String.self)
            stored.append(
                StoredEncounter(
                    encounter: StateKey(stored: encounter),
                    patient: patient.isEmpty ? nil : StateKey(stored: patient), practice: practice,
                    state: Array(state.utf8)))
        }
        return stored
    }

    static func decodePatients(_ result: PostgresResult) throws(PostgresError) -> [StoredPatient] {
        var stored: [StoredPatient] = []
        stored.reserveCapacity(result.count)
        for row in result {
            let (patient, practice, state) = try row.decode(String.self, String.self, String.self)
            stored.append(
                StoredPatient(patient: StateKey(stored: patient), practice: practice, state: Array(state.utf8)))
        }
        return stored
    }

    static func upsert(_ states: [StoredEncounter], of hospital: LogName, into table: String) -> SQL {
        """
        insert into practice.\(identifier: table) (hospital, encounter, patient, practice, state)
        select \(hospital), r.encounter, r.patient, r.practice, r.state
        from unnest(\(states.map(\.encounter.rawValue)), \(states.map { $0.patient?.rawValue ?? "" }), \
        \(states.map(\.practice)), \(states.map { String(decoding: $0.state, as: UTF8.self) })) as r (encounter, patient, practice, state)
        on conflict (hospital, encounter) do update set
            patient = excluded.patient, practice = excluded.practice, state = excluded.state
        """
    }

    static func upsert(_ states: [StoredPatient], of hospital: LogName, into table: String) -> SQL {
        """
        insert into practice.\(identifier: table) (hospital, patient, practice, state)
        select \(hospital), r.patient, r.practice, r.state
        from unnest(\(states.map(\.patient.rawValue)), \(states.map(\.practice)), \
        \(states.map { String(decoding: $0.state, as: UTF8.self) })) as r (patient, practice, state)
        on conflict (hospital, patient) do update set practice = excluded.practice, state = excluded.state
        """
    }
}
