import Admissions

extension PatientSummary {
    /// What rows show of a patient.
    init(ref: String, person: LogReading.Person) {
        let patient = person.patient
        self.init(ref: ref)
        nhsNumber = patient.nhsNumber?.digits
        let local = patient.identifiers.first
        localNumber = local.map { EncounterRow.clipped($0.value) }
        localIssuer = local.map { EncounterRow.clipped($0.issuer) }
        family = patient.name.map { EncounterRow.clipped($0.family) }
        given = EncounterRow.listed(patient.name?.given ?? [])
        prefix = patient.name?.prefix.map(EncounterRow.clipped)
        preferred = patient.preferredName.map(EncounterRow.clipped)
        born = patient.born.map(EncounterRow.clipped)
        gender = patient.gender?.rawValue
        isDeceased = person.isDeceased
        diedAt = person.diedAt?.instant
        diedPrecision = person.diedAt?.precision.rawValue
        deathToldAt = person.deathToldAt
        isRestricted = patient.isRestricted
    }
}
