extension HeldStates {
    /// Loads what is wanted from the state tables, by the lists of practices as far as they are taken; what is not
    /// found is new.
    mutating func load(
        _ wanted: Wanted, by taken: TakenLists, from tables: ProjectionTables, through channel: StatementChannel
    ) async throws {
        let hospital = fold.hospital
        let numbers = Array(wanted.numbers)
        var queries = [
            StateTables.selectEncounters(Array(wanted.encounters), of: hospital, from: tables.encounterState),
            StateTables.selectEncounters(ofPatients: Array(wanted.visitors), of: hospital, from: tables.encounterState),
            StateTables.selectPatients(Array(wanted.patients), of: hospital, from: tables.patientState),
            StateTables.selectPatients(bearing: numbers, of: hospital, from: tables.patientState),
            RegistrationTables.selectPoints(of: numbers, from: tables.registrationPoint),
        ]
        if !wanted.isPresentOnly {
            queries += [
                StateTables.selectEncounters(
                    formerlyOf: Array(wanted.formerVisitors), of: hospital, from: tables.encounterState),
                StateTables.selectPatients(
                    formerlyBearing: Array(wanted.formerNumbers), of: hospital, from: tables.patientState),
            ]
        }
        let results = try await channel.pipeline(queries)
        for result in results[..<2] + results[5...].prefix(1) {
            for stored in try StateTables.decodeEncounters(result) { try hold(stored) }
        }
        for result in results[2..<4] + results[5...].dropFirst() {
            for stored in try StateTables.decodePatients(result) { try hold(stored) }
        }
        // What was told and not taken yet counts from when it is.
        let points = try RegistrationTables.decodePoints(results[4], from: tables.registrationPoint)
        hold(points.filter(taken.covers).sorted())
        note(asked: wanted)
    }
}
