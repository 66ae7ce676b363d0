package import EventSourcing

extension OnboardingFacts {
    /// What the hospital's own telling says of a patient in one of its stays; scores and concerns are the caller's to
    /// add.
    ///
    /// - Parameters:
    ///   - stay: the stay that is looked at; the facts are of an open inpatient only while it is one.
    ///   - visits: all encounters of the person, this one among them.
    ///   - born: `yyyy-mm-dd`, or its beginning.
    ///   - fopasWards: wards, or treatment functions, of the FOPAS service.
    package init(
        of stay: EncounterReading, among visits: [LogReading.Visit], born: String?, in hospital: LogName,
        fopasWards: Set<String> = [], at now: Instant
    ) {
        let evidence = { (moment: ToldMoment?) in
            moment.map { [Evidence(log: hospital, position: $0.position)] } ?? []
        }
        self.init(isOpenInpatient: stay.isOpen && stay.isInpatient, admission: evidence(stay.admitted))
        isEmergency = UKCodes.isEmergency(admissionMethod: stay.admissionMethod)
        nights = stay.nights(at: now)
        age = born.flatMap { Self.years(since: $0, at: LondonDay(of: now)) }
        let yearAgo = LondonDay(of: now) + -365
        let readings = visits.map(\.reading)

        let stays = Self.continuous(readings.filter { $0.isInpatient && $0.admitted != nil })
        let emergencies = stays.filter { stay in
            UKCodes.isEmergency(admissionMethod: stay.admissionMethod)
                && (stay.admitted?.moment).map { LondonDay(of: $0.instant) > yearAgo } == true
        }
        emergencyAdmissions = Measure(emergencies.count, emergencies.flatMap { evidence($0.admitted) })

        let attended = readings.filter { reading in
            guard !reading.status.isVoid, reading.isAttendance, let arrived = reading.arrived else { return false }
            return LondonDay(of: arrived.moment?.instant ?? arrived.toldAt) > yearAgo
        }
        attendances = Measure(attended.count, attended.flatMap { evidence($0.arrived) })

        if let admitted = stay.admitted?.moment {
            let earlier = readings.filter { $0.isInpatient && $0.key != stay.key && !$0.died && $0.discharged != nil }
            let last = earlier.compactMap { reading in
                reading.discharged?.moment.map { (day: LondonDay(of: $0.instant), reading: reading) }
            }.filter { $0.day <= LondonDay(of: admitted.instant) }.max { $0.day < $1.day }
            daysSinceDischarge = last.map { last in
                let gap = LondonDay(of: admitted.instant).number - last.day.number
                return Measure(Int(gap), evidence(last.reading.discharged))
            }
        }
        if let ward = stay.location?.ward, fopasWards.contains(ward) { fopas = Measure(1, admission) }
        if let function = stay.specialty, fopasWards.contains(function) { fopas = Measure(1, admission) }
    }

    /// Stays without those that go on with the one before: a transfer that begins at most a day after it ended
    /// (domain.md 6.1), and without births.
    private static func continuous(_ stays: [EncounterReading]) -> [EncounterReading] {
        let begin = { (stay: EncounterReading) in
            ((stay.admitted?.moment?.instant ?? stay.admitted?.toldAt)?.microseconds ?? .min, stay.key)
        }
        let ordered = stays.sorted { begin($0) < begin($1) }
        var kept: [EncounterReading] = []
        var lastEnd: LondonDay?
        for stay in ordered where !UKCodes.isNewborn(admissionMethod: stay.admissionMethod) {
            let begins = (stay.admitted?.moment?.instant).map { LondonDay(of: $0) }
            let isTransfer = ["2B", "81"].contains(stay.admissionMethod)
            var goesOn = false
            if let begins, let lastEnd { goesOn = begins.number - lastEnd.number <= 1 }
            if !(isTransfer && goesOn) { kept.append(stay) }
            lastEnd = (stay.discharged?.moment?.instant).map { LondonDay(of: $0) }
        }
        return kept
    }

    /// Whole years since a birth; of one told by month or year, so many as they can be at least.
    static func years(since born: String, at today: LondonDay) -> Int? {
        let parts = born.split(separator: "-").compactMap { Int($0) }
        let now = today.text.split(separator: "-").compactMap { Int($0) }
        guard let year = parts.first, now.count == 3, (1...3).contains(parts.count) else { return nil }
        let month = parts.count > 1 ? parts[1] : 12
        let day = parts.count > 2 ? parts[2] : 31
        let hasHadBirthday = (now[1], now[2]) >= (month, day)
        let years = now[0] - year - (hasHadBirthday ? 0 : 1)
        return years >= 0 ? years : nil
    }
}
