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
        /// Other patients whom a message named as its own.
        let formerly: [StateKey]
        let state: [UInt8]
    }

    /// A stored patient.
    struct StoredPatient: Sendable, Equatable {
        let patient: StateKey
        /// The NHS number of this record.
        let nhsNumber: String?
        /// NHS numbers told of it that are not its own now.
        let formerly: [String]
        /// When anything was last told that names it.
        let lastTold: Instant
        let state: [UInt8]
    }

    static let encounterColumns: SQL = "encounter, patient, shown_since, formerly, state"
    static let patientColumns: SQL = "patient, nhs_number, formerly, last_told, state"

    static func selectEncounters(_ keys: [EncounterKey], of hospital: LogName, from table: String) -> SQL {
        """
        select \(encounterColumns) from practice.\(identifier: table)
        where hospital = \(hospital) and encounter = any (\(keys.map { StateKey($0).rawValue }))
        """
    }

    /// Those that are stored under these keys.
    static func selectEncounters(stored keys: [String], of hospital: LogName, from table: String) -> SQL {
        """
        select \(encounterColumns) from practice.\(identifier: table)
        where hospital = \(hospital) and encounter = any (\(keys))
        """
    }

    /// Those that are stored under these keys.
    static func selectPatients(stored keys: [String], of hospital: LogName, from table: String) -> SQL {
        """
        select \(patientColumns) from practice.\(identifier: table)
        where hospital = \(hospital) and patient = any (\(keys))
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

    /// Those of which a message named one of these patients as its own, and another later.
    static func selectEncounters(formerlyOf keys: [PatientKey], of hospital: LogName, from table: String) -> SQL {
        """
        select \(encounterColumns) from practice.\(identifier: table)
        where hospital = \(hospital) and formerly && \(keys.map { StateKey($0).rawValue })
        """
    }

    /// Those of which one of these numbers was told, and another later.
    static func selectPatients(formerlyBearing numbers: [NHSNumber], of hospital: LogName, from table: String) -> SQL {
        """
        select \(patientColumns) from practice.\(identifier: table)
        where hospital = \(hospital) and formerly && \(numbers.map(\.digits))
        """
    }

    /// Those of these numbers that a patient of the hospital bears, or bore.
    static func selectNumbers(borneOf numbers: [NHSNumber], in hospital: LogName, from table: String) -> SQL {
        """
        select nhs_number from practice.\(identifier: table)
        where hospital = \(hospital) and nhs_number = any (\(numbers.map(\.digits)))
        union select unnest(formerly) from practice.\(identifier: table)
        where hospital = \(hospital) and formerly && \(numbers.map(\.digits))
        """
    }

    /// Of encounters for which a condition holds: key, patient, whose they were once, and the state where these may not be
    /// all that is to be known of who is named.
    static func selectEncounterTies(where condition: SQL, of hospital: LogName, from table: String) -> SQL {
        """
        select encounter, patient, formerly, case when formerly is not null or octet_length(encounter) > 250
            or octet_length(patient) > 250 or encounter ~ '\u{2400}' or patient ~ '\u{2400}' then state end
        from practice.\(identifier: table) where hospital = \(hospital) and \(condition)
        """
    }

    /// Of patients for which a condition holds: key, NHS number, those of once, and the state where the key may be another.
    static func selectPatientTies(where condition: SQL, of hospital: LogName, from table: String) -> SQL {
        """
        select patient, nhs_number, formerly,
            case when octet_length(patient) > 250 or patient ~ '\u{2400}' then state end
        from practice.\(identifier: table) where hospital = \(hospital) and \(condition)
        """
    }

    static func decodeEncounters(_ result: PostgresResult) throws(PostgresError) -> [StoredEncounter] {
        var stored: [StoredEncounter] = []
        stored.reserveCapacity(result.count)
        for row in result {
            let (encounter, patient, shownSince, formerly, state) = try row.decode(
                String.self, String.self, Instant.self, [String]?.self, String.self)
            stored.append(
                StoredEncounter(
                    encounter: StateKey(stored: encounter),
                    patient: patient.isEmpty ? nil : StateKey(stored: patient), shownSince: shownSince,
                    formerly: (formerly ?? []).map(StateKey.init(stored:)), state: Array(state.utf8)))
        }
        return stored
    }

    static func decodePatients(_ result: PostgresResult) throws(PostgresError) -> [StoredPatient] {
        var stored: [StoredPatient] = []
        stored.reserveCapacity(result.count)
        for row in result {
            let (patient, nhsNumber, formerly, lastTold, state) = try row.decode(
                String.self, String?.self, [String]?.self, Instant.self, String.self)
            stored.append(
                StoredPatient(
                    patient: StateKey(stored: patient), nhsNumber: nhsNumber, formerly: formerly ?? [],
                    lastTold: lastTold, state: Array(state.utf8)))
        }
        return stored
    }

    /// Writes states in place of those with the same key.
    static func upsert(_ states: [StoredEncounter], of hospital: LogName, into table: String) -> SQL {
        """
        \(insert(states, of: hospital, into: table))
        on conflict (hospital, encounter) do update set
            patient = excluded.patient, shown_since = excluded.shown_since, formerly = excluded.formerly,
            state = excluded.state
        """
    }

    /// Writes states where none with the same key stand.
    static func insert(_ states: [StoredEncounter], of hospital: LogName, into table: String) -> SQL {
        """
        insert into practice.\(identifier: table) (hospital, encounter, patient, shown_since, formerly, state)
        select \(hospital), r.encounter, r.patient, r.shown_since, string_to_array(r.formerly, chr(31)), r.state
        from unnest(\(states.map(\.encounter.rawValue)), \(states.map { $0.patient?.rawValue ?? "" }), \
        \(states.map(\.shownSince)), \(states.map { joined($0.formerly.map(\.rawValue)) }), \
        \(states.map { String(decoding: $0.state, as: UTF8.self) }))
            as r (encounter, patient, shown_since, formerly, state)
        """
    }

    /// Writes states in place of those with the same key.
    static func upsert(_ states: [StoredPatient], of hospital: LogName, into table: String) -> SQL {
        """
        \(insert(states, of: hospital, into: table))
        on conflict (hospital, patient) do update set
            nhs_number = excluded.nhs_number, formerly = excluded.formerly, last_told = excluded.last_told,
            state = excluded.state
        """
    }

    /// Writes states where none with the same key stand.
    static func insert(_ states: [StoredPatient], of hospital: LogName, into table: String) -> SQL {
        """
        insert into practice.\(identifier: table) (hospital, patient, nhs_number, formerly, last_told, state)
        select \(hospital), r.patient, r.nhs_number, string_to_array(r.formerly, chr(31)), r.last_told, r.state
        from unnest(\(states.map(\.patient.rawValue)), \(states.map(\.nhsNumber)), \
        \(states.map { joined($0.formerly) }), \(states.map(\.lastTold)), \
        \(states.map { String(decoding: $0.state, as: UTF8.self) }))
            as r (patient, nhs_number, formerly, last_told, state)
        """
    }

    /// One text for several; `nil`, which is stored as null and is not in the index, for none.
    private static func joined(_ texts: [String]) -> String? {
        texts.isEmpty ? nil : texts.joined(separator: EncounterTable.separator)
    }
}

extension StateTables.StoredEncounter {
    /// The state and where it belongs.
    init(_ encounter: Encounter, patient: PatientKey?, shownSince: Instant) {
        var writer = JSONWriter(reservingCapacity: 4_096)
        encounter.encode(into: &writer)
        self.init(
            encounter: StateKey(encounter.key), patient: patient.map { StateKey($0) }, shownSince: shownSince,
            formerly: Self.others(than: patient, in: encounter).map { StateKey($0) }
                .filter { !$0.rawValue.contains(EncounterTable.separator) },
            state: writer.bytes)
    }

    /// All others whom messages named as its patient, ascending.
    private static func others(than patient: PatientKey?, in encounter: Encounter) -> [PatientKey] {
        let others = encounter.facts.compactMap(\.patient).filter { $0 != patient }
        return others.isEmpty ? [] : Set(others).sorted()
    }
}

extension StateTables.StoredPatient {
    /// The state and where it belongs.
    init(_ patient: Patient, lastTold: Instant) {
        var writer = JSONWriter(reservingCapacity: 2_048)
        patient.encode(into: &writer)
        self.init(
            patient: StateKey(patient.key), nhsNumber: patient.nhsNumber?.digits,
            formerly: patient.formerNumbers.map(\.digits), lastTold: lastTold, state: writer.bytes)
    }
}

extension Encounter {
    /// Reads a state as its table holds it.
    init(stored state: [UInt8], of hospital: LogName) throws(ProjectionError) {
        do throws(JSONError) {
            var reader = JSONReader(state)
            try self.init(reading: &reader)
        } catch {
            throw .stateUnreadable(hospital: hospital.rawValue, table: "practice.encounter_state")
        }
    }
}

extension Patient {
    /// Reads a state as its table holds it.
    init(stored state: [UInt8], of hospital: LogName) throws(ProjectionError) {
        do throws(JSONError) {
            var reader = JSONReader(state)
            try self.init(reading: &reader)
        } catch {
            throw .stateUnreadable(hospital: hospital.rawValue, table: "practice.patient_state")
        }
    }
}
