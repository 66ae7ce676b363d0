package import EventSourcing

/// A section of the huddle list, in the order in which it is read (product.md 4.2); raw values as in answers.
package enum HuddleSection: String, Sendable, CaseIterable {
    /// A death first told since the last huddle.
    case deaths
    /// A stay first told since, still in or not.
    case admissions
    /// Other open stays.
    case inHospital = "in-hospital"
    /// A discharge first told since.
    case discharges
    /// An attendance told since, still there or gone, that did not lead to a stay.
    case attendances
    /// An open concern, raised by a person or found by a rule, of whichever kind.
    case concerns
    /// Frequent admissions, with an event in 30 days.
    case frequent
    /// A score in the highest band, and something changed in 7 days.
    case symphony
    /// Shown at an earlier huddle, and cancelled or withdrawn since.
    case corrected
}

/// Where a patient stands in the huddle.
package struct HuddlePlace: Sendable, Equatable {
    package let section: HuddleSection
    /// The encounter that the line shows.
    package let encounter: HuddleEncounter
    /// First told to us since the last huddle.
    package let isNew: Bool
}

extension HuddleRules {
    /// The first section that applies to a patient; `nil` for one who is not the huddle's affair.
    ///
    /// `since` is when the last huddle ended. What was told at that very instant belonged to it: windows that follow
    /// each other neither overlap nor leave a gap.
    package func place(of patient: HuddlePatient, since: Instant, now: Instant) -> HuddlePlace? {
        place(reading(patient, now: now), since: since)
    }

    /// The same, of a patient who has been read.
    package func place(_ reading: HuddleReading, since: Instant) -> HuddlePlace? {
        let patient = reading.patient
        func isNews(_ told: Instant?) -> Bool { told.map { $0 > since } ?? false }
        func latest(_ encounters: [HuddleEncounter]) -> HuddleEncounter? {
            encounters.max { ($0.startedAt, $0.ref) < ($1.startedAt, $1.ref) }
        }
        let counted = patient.encounters.filter(\.counts)
        if patient.isDeceased, isNews(patient.deathToldAt), let encounter = patient.foremost {
            return HuddlePlace(section: .deaths, encounter: encounter, isNew: true)
        }
        if let stay = latest(counted.filter { $0.isStay && isNews($0.admissionToldHere) }) {
            return HuddlePlace(section: .admissions, encounter: stay, isNew: true)
        }
        if let stay = latest(counted.filter(\.isOpenStay)) {
            return HuddlePlace(section: .inHospital, encounter: stay, isNew: false)
        }
        if let stay = latest(counted.filter { $0.isStay && isNews($0.endToldHere) }) {
            return HuddlePlace(section: .discharges, encounter: stay, isNew: true)
        }
        let attendances = counted.filter { encounter in
            encounter.isAttendance && encounter.encounterClass == "emergency" && encounter.linkedRef == nil
                && (isNews(encounter.arrivalToldHere) || isNews(encounter.endToldHere))
        }
        if let attendance = latest(attendances) {
            return HuddlePlace(section: .attendances, encounter: attendance, isNew: true)
        }
        if let foremost = patient.foremost, let section = standingSection(reading, foremost) {
            return HuddlePlace(section: section, encounter: foremost, isNew: false)
        }
        let gone = patient.encounters.filter { $0.shownSince <= since && isNews($0.correctedAt) }
        if let encounter = gone.max(by: { ($0.correctedAt, $0.ref) < ($1.correctedAt, $1.ref) }) {
            return HuddlePlace(section: .corrected, encounter: encounter, isNew: true)
        }
        return nil
    }

    /// The section of who has no news.
    private func standingSection(_ reading: HuddleReading, _ foremost: HuddleEncounter) -> HuddleSection? {
        let (patient, now) = (reading.patient, reading.now)
        guard !patient.isDeceased else { return nil }
        let flags = flags(of: foremost, reading)
        if !patient.concerns.isEmpty || !systemConcerns(reading).isEmpty
            || flags.contains(where: { $0.rule == .fopas })
        {
            return .concerns
        }
        if flags.contains(where: { $0.rule == .frequentAdmissions }),
            hasEvent(patient, inDays: settings.frequentEventDays, now: now)
        {
            return .frequent
        }
        if isInSymphonyBand(patient), hasEvent(patient, inDays: settings.symphonyChangedDays, now: now) {
            return .symphony
        }
        return nil
    }
}

private func < (lhs: (Instant?, String), rhs: (Instant?, String)) -> Bool {
    (lhs.0?.microseconds ?? 0, lhs.1) < (rhs.0?.microseconds ?? 0, rhs.1)
}
