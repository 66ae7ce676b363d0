extension HeldStates {
    /// Loads what is wanted from the state tables; what is not found is new.
    mutating func load(
        _ wanted: Wanted, from tables: ProjectionTables, through channel: StatementChannel
    ) async throws {
        let hospital = fold.hospital
        let results = try await channel.pipeline([
            StateTables.selectEncounters(Array(wanted.encounters), of: hospital, from: tables.encounterState),
            StateTables.selectEncounters(ofPatients: Array(wanted.visitors), of: hospital, from: tables.encounterState),
            StateTables.selectPatients(Array(wanted.patients), of: hospital, from: tables.patientState),
            StateTables.selectPatients(bearing: Array(wanted.numbers), of: hospital, from: tables.patientState),
        ])
        for result in results[..<2] {
            for stored in try StateTables.decodeEncounters(result) { try hold(stored) }
        }
        for result in results[2...] {
            for stored in try StateTables.decodePatients(result) { try hold(stored) }
        }
        note(asked: wanted)
    }
}
