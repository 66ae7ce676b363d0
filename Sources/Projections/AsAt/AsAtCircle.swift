import Admissions
import EventLog
import EventSourcing
import Postgres

/// All patients, encounters and NHS numbers of a hospital's log that were ever tied to some of them: whoever bore the
/// same number once, whose encounter it once was, who was joined and parted again.
///
/// Closed: no fact told so far ties it to anything else. Found by the columns of the projector's memory; the states
/// themselves are not read but where a key may not be the whole of one.
struct AsAtCircle: Sendable {
    private(set) var patients: Set<PatientKey> = []
    private(set) var encounters: Set<EncounterKey> = []
    private(set) var numbers: Set<NHSNumber> = []

    private let hospital: LogName
    /// Who is whom, and nothing else.
    private let identities: LogFold
    private var newPatients: Set<PatientKey> = []
    private var newEncounters: Set<EncounterKey> = []
    private var newNumbers: Set<NHSNumber> = []

    /// Looks for them. The channel's role may read the projector's memory.
    init(
        around keys: AsAtHospital.Keys, of hospital: LogName, identities: LogFold, channel: StatementChannel
    ) async throws {
        self.hospital = hospital
        self.identities = identities
        let tables = ProjectionTables.live
        try await read(
            [StateTables.selectEncounterTies(
                where: "encounter = any (\(keys.encounters.sorted()))", of: hospital, from: tables.encounterState)],
            [StateTables.selectPatientTies(
                where: "patient = any (\(keys.patients.sorted()))", of: hospital, from: tables.patientState)], channel)
        while !(newPatients.isEmpty && newEncounters.isEmpty && newNumbers.isEmpty) {
            let of = newPatients.map { StateKey($0).rawValue }
            let named = newEncounters.map { StateKey($0).rawValue }
            let bearing = newNumbers.map(\.digits)
            (newPatients, newEncounters, newNumbers) = ([], [], [])
            try await read(
                ["encounter = any (\(named))", "patient = any (\(of))", "formerly && \(of)"].map {
                    StateTables.selectEncounterTies(where: $0, of: hospital, from: tables.encounterState)
                },
                ["patient = any (\(of))", "nhs_number = any (\(bearing))", "formerly && \(bearing)"].map {
                    StateTables.selectPatientTies(where: $0, of: hospital, from: tables.patientState)
                }, channel)
        }
    }

    /// The streams in which all that was told of them stands.
    var streams: [StreamName] {
        encounters.map { StreamName("encounter:" + $0.rawValue) } + patients.map { StreamName("patient:" + $0.rawValue) }
    }

    private mutating func read(
        _ encounterTies: [SQL], _ patientTies: [SQL], _ channel: StatementChannel
    ) async throws {
        let results = try await channel.pipeline(encounterTies + patientTies)
        for row in results[..<encounterTies.count].joined() {
            let (encounter, patient, formerly, state) = try row.decode(
                String.self, String.self, [String]?.self, String?.self)
            if let state {
                let known = try Encounter(stored: Array(state.utf8), of: hospital)
                take(known.key)
                for patient in known.patientsNamed { take(patient) }
            } else {
                take(EncounterKey(encounter))
            }
            // What may be the beginning of a key is told whole by the state.
            for patient in [patient] + (formerly ?? [])
            where !patient.isEmpty && !StateKey(stored: patient).isMaybeClipped { take(PatientKey(patient)) }
        }
        for row in results[encounterTies.count...].joined() {
            let (patient, number, formerly, state) = try row.decode(
                String.self, String?.self, [String]?.self, String?.self)
            take(try state.map { try Patient(stored: Array($0.utf8), of: hospital).key } ?? PatientKey(patient))
            for number in [number].compactMap(\.self) + (formerly ?? []) {
                if let number = NHSNumber(number), numbers.insert(number).inserted { newNumbers.insert(number) }
            }
        }
    }

    private mutating func take(_ key: PatientKey) {
        guard patients.insert(key).inserted else { return }
        newPatients.insert(key)
        for other in identities.identities.patients.everTied(to: key) { take(other) }
    }

    private mutating func take(_ key: EncounterKey) {
        guard encounters.insert(key).inserted else { return }
        newEncounters.insert(key)
        for other in identities.identities.encounters.everTied(to: key) { take(other) }
    }
}
