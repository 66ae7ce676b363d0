package import EventSourcing

/// The rules that flag a patient's line in a list, with their thresholds (domain.md 6.1, product.md 4.3).
///
/// Pure: equal facts give equal flags, in the order of `HuddleRule.allCases`. Of a restricted patient nothing is said
/// that would tell where the patient is, was, or went: there no rule looks at a ward, a specialty, a source or a
/// destination.
package struct HuddleRules: Sendable, Equatable {
    package let settings: HuddleSettings

    package init(_ settings: HuddleSettings = HuddleSettings()) {
        self.settings = settings
    }

    /// The flags of the line that shows `encounter` of `patient`; none for what was cancelled or withdrawn.
    ///
    /// `similarName` is for who has the whole list (`SimilarNames`).
    package func flags(of encounter: HuddleEncounter, _ patient: HuddlePatient, now: Instant) -> [HuddleFlag] {
        flags(of: encounter, reading(patient, now: now))
    }

    /// Reads what is the same for all lines of a patient, once.
    package func reading(_ patient: HuddlePatient, now: Instant) -> HuddleReading {
        let history = HuddleHistory(of: patient, now: now)
        return HuddleReading(
            patient: patient, now: now, history: history,
            emergencyAdmissions: history.emergencyAdmissions(days: settings.historyDays),
            attendances: history.attendances(days: settings.historyDays),
            leftBeforeTreatment: history.leftBeforeTreatment(days: settings.leftBeforeTreatmentDays))
    }

    /// The flags of the line that shows `encounter` of a patient.
    package func flags(of encounter: HuddleEncounter, _ reading: HuddleReading) -> [HuddleFlag] {
        guard encounter.correctedAt == nil else { return [] }
        let (patient, history, now) = (reading.patient, reading.history, reading.now)
        return HuddleRule.allCases.flatMap { rule -> [HuddleFlag] in
            switch rule {
            case .deceased: patient.isDeceased ? [HuddleFlag(.deceased)] : []
            case .similarName: []
            case .longStay: longStay(encounter, now)
            case .readmitted: readmitted(encounter, history)
            case .readmissionRisk: readmissionRisk(encounter, history)
            case .symphony: symphony(patient, now)
            case .frequentAdmissions:
                counted(.frequentAdmissions, reading.emergencyAdmissions, settings.emergencyAdmissionsMin)
            case .frequentAttender:
                counted(.frequentAttender, reading.attendances, settings.attendancesMin)
            case .concern:
                patient.concerns.filter { $0.kind != ConcernKind.fopas.rawValue }.map {
                    HuddleFlag(.concern, .text($0.kind))
                }
            case .fopas: fopas(encounter, patient, now)
            case .selfDischarge: selfDischarge(encounter)
            case .leftBeforeTreatment:
                counted(.leftBeforeTreatment, reading.leftBeforeTreatment, settings.leftBeforeTreatmentMin)
            case .newCareHome: newCareHome(encounter)
            case .careHome: careHome(encounter, patient)
            case .virtualWard: virtualWard(encounter)
            case .onboarding: onboarding(encounter, patient)
            case .expectedDischarge: expectedDischarge(encounter, now)
            case .zeroStay:
                encounter.isEmergencyStay && !encounter.isOpen && encounter.nights(at: now) == 0
                    ? [HuddleFlag(.zeroStay, evidence: [encounter.evidence])] : []
            case .toldLate: toldLate(encounter)
            case .standing:
                encounter.doubt.map { [HuddleFlag(.standing, .text($0), evidence: [encounter.evidence])] } ?? []
            case .inferred: encounter.isInferred ? [HuddleFlag(.inferred, evidence: [encounter.evidence])] : []
            }
        }
    }

    /// What the service itself finds worrying about a patient: domain.md 6.1, Active Concerns. In the order of
    /// `HuddleRule.allCases`; of stays that are open or ended of late.
    package func systemConcerns(of patient: HuddlePatient, now: Instant) -> [HuddleFlag] {
        systemConcerns(reading(patient, now: now))
    }

    /// The same, of a patient who has been read.
    package func systemConcerns(_ reading: HuddleReading) -> [HuddleFlag] {
        let now = reading.now
        let recent = reading.patient.counted.filter { $0.isRecent(at: now, days: settings.recentDays) }
            .sorted { ($0.startedAt, $0.ref) < ($1.startedAt, $1.ref) }
        let found = recent.map { (encounter: $0, flags: flags(of: $0, reading)) }
        return HuddleRule.allCases.flatMap { rule -> [HuddleFlag] in
            switch rule {
            case .longStay:
                found.compactMap { found in
                    guard let nights = found.encounter.nights(at: now), found.encounter.isOpenStay,
                        nights >= settings.longStayConcernNights
                    else { return nil }
                    return found.flags.first { $0.rule == rule }
                }
            case .readmitted, .selfDischarge, .newCareHome, .standing:
                found.compactMap { found in found.flags.first { $0.rule == rule } }
            case .leftBeforeTreatment:
                counted(rule, reading.leftBeforeTreatment, settings.leftBeforeTreatmentMin)
            default: []
            }
        }
    }

    /// Whether it is open, or ended within the recent days.
    package func isRecent(_ encounter: HuddleEncounter, at now: Instant) -> Bool {
        encounter.isRecent(at: now, days: settings.recentDays)
    }

    /// Whether the score lies in the band of the highest.
    package func isInSymphonyBand(_ patient: HuddlePatient) -> Bool {
        patient.symphony.map { $0.score >= settings.symphonyBandMin } ?? false
    }

    /// Whether anything happened to the patient, or was told, in so many days.
    package func hasEvent(_ patient: HuddlePatient, inDays days: Int, now: Instant) -> Bool {
        let from = LondonDay(of: now) + -days
        return patient.counted.contains { $0.isOpenStay || LondonDay(of: $0.lastEventAt) >= from }
    }

    // MARK: The rules

    private func counted(_ rule: HuddleRule, _ encounters: [HuddleEncounter], _ least: Int) -> [HuddleFlag] {
        guard encounters.count >= least else { return [] }
        let newest = encounters.suffix(HuddleFlag.evidenceMax)
        return [HuddleFlag(rule, .number(encounters.count), evidence: newest.map(\.evidence))]
    }

    private func longStay(_ encounter: HuddleEncounter, _ now: Instant) -> [HuddleFlag] {
        guard encounter.isOpen, let nights = encounter.nights(at: now),
            let band = settings.longStayNights.last(where: { nights >= $0 })
        else { return [] }
        return [HuddleFlag(.longStay, .number(band), evidence: [encounter.evidence])]
    }

    private func readmitted(_ encounter: HuddleEncounter, _ history: HuddleHistory) -> [HuddleFlag] {
        guard let before = history.discharge(before: encounter), before.days <= settings.readmissionDaysMax else {
            return []
        }
        return [
            HuddleFlag(.readmitted, .number(before.days), evidence: [before.stay.evidence, encounter.evidence])
        ]
    }

    private func readmissionRisk(_ encounter: HuddleEncounter, _ history: HuddleHistory) -> [HuddleFlag] {
        guard encounter.isOpenAttendance,
            let before = history.lastDischarge(before: encounter.startedAt, except: encounter.ref),
            before.days <= settings.readmissionRiskDaysMax
        else { return [] }
        return [
            HuddleFlag(.readmissionRisk, .number(before.days), evidence: [before.stay.evidence, encounter.evidence])
        ]
    }

    private func symphony(_ patient: HuddlePatient, _ now: Instant) -> [HuddleFlag] {
        guard let score = patient.symphony else { return [] }
        var flag = HuddleFlag(.symphony, .number(score.score))
        flag.scoredOn = score.scoredOn?.text
        flag.isOld = score.scoredOn.map { $0 + settings.symphonyOldDays < LondonDay(of: now) } ?? false
        return [flag]
    }

    private func fopas(_ encounter: HuddleEncounter, _ patient: HuddlePatient, _ now: Instant) -> [HuddleFlag] {
        if patient.concerns.contains(where: { $0.kind == ConcernKind.fopas.rawValue }) {
            return [HuddleFlag(.fopas, .text("concern"))]
        }
        if patient.registration?.hasFOPASConcern == true { return [HuddleFlag(.fopas, .text("practice-list"))] }
        guard encounter.isRecent(at: now, days: settings.recentDays) else { return [] }
        let why: String? =
            if encounter.isRestricted {
                nil
            } else if encounter.ward.map(settings.fopasWards.contains) ?? false {
                "ward"
            } else if encounter.isEmergencyStay, encounter.specialty.map(settings.fopasFunctions.contains) ?? false {
                "specialty"
            } else if UKCodes.isStreamedToFrailtyService(disposal: encounter.disposal) {
                "streamed"
            } else {
                nil
            }
        if let why { return [HuddleFlag(.fopas, .text(why), evidence: [encounter.evidence])] }
        // Age alone says nothing: with it there must be a score of frailty.
        guard let frailty = patient.frailtyScore, frailty >= settings.frailtyScoreMin,
            let age = patient.age(on: LondonDay(of: now)), age >= settings.fopasAgeMin
        else { return [] }
        return [HuddleFlag(.fopas, .text("frailty"))]
    }

    private func selfDischarge(_ encounter: HuddleEncounter) -> [HuddleFlag] {
        guard encounter.isStay, UKCodes.isSelfDischarge(dischargeMethod: encounter.dischargeMethod) else { return [] }
        return [HuddleFlag(.selfDischarge, evidence: [encounter.evidence])]
    }

    private func newCareHome(_ encounter: HuddleEncounter) -> [HuddleFlag] {
        guard encounter.isStay, !encounter.isOpen, !encounter.isRestricted,
            UKCodes.isUsualResidence(admissionSource: encounter.admissionSource),
            UKCodes.isToCareHome(dischargeDestination: encounter.dischargeDestination)
        else { return [] }
        return [HuddleFlag(.newCareHome, evidence: [encounter.evidence])]
    }

    private func careHome(_ encounter: HuddleEncounter, _ patient: HuddlePatient) -> [HuddleFlag] {
        if patient.registration?.isInCareHome == true { return [HuddleFlag(.careHome, .text("practice-list"))] }
        guard !encounter.isRestricted, UKCodes.isFromCareHome(admissionSource: encounter.admissionSource) else {
            return []
        }
        return [HuddleFlag(.careHome, .text("source"), evidence: [encounter.evidence])]
    }

    /// Whether the ward is one whose patients are at home; a restricted patient is never found by it.
    package func isOnVirtualWard(_ encounter: HuddleEncounter) -> Bool {
        guard !encounter.isRestricted, encounter.counts else { return false }
        if encounter.isStay, let ward = encounter.ward { return settings.virtualWards.contains(ward) }
        return UKCodes.isToVirtualWard(dischargeDestination: encounter.dischargeDestination)
    }

    private func onboarding(_ encounter: HuddleEncounter, _ patient: HuddlePatient) -> [HuddleFlag] {
        guard let known = patient.onboarding, let word = known.state.boardWord else { return [] }
        let wasDeclined = known.state == .declined || known.state == .notSuitable
        guard known.state.isOpen || (wasDeclined && known.encounterRef == encounter.ref) else { return [] }
        return [HuddleFlag(.onboarding, .text(word))]
    }

    private func virtualWard(_ encounter: HuddleEncounter) -> [HuddleFlag] {
        isOnVirtualWard(encounter) ? [HuddleFlag(.virtualWard, evidence: [encounter.evidence])] : []
    }

    private func expectedDischarge(_ encounter: HuddleEncounter, _ now: Instant) -> [HuddleFlag] {
        guard encounter.isOpenStay else { return [] }
        if encounter.isMedicallyFit || (encounter.readyAt.map { $0 <= now } ?? false) {
            return [HuddleFlag(.expectedDischarge, .text("ready"), evidence: [encounter.evidence])]
        }
        // A day alone: its beginning may lie 48 hours ahead at most.
        guard let day = encounter.expectedDischarge,
            day.start <= now + .seconds(settings.expectedDischargeHours * 3_600)
        else { return [] }
        return [HuddleFlag(.expectedDischarge, .text(day.text), evidence: [encounter.evidence])]
    }

    private func toldLate(_ encounter: HuddleEncounter) -> [HuddleFlag] {
        let news = !encounter.isStay ? encounter.arrived : encounter.isOpen ? encounter.admitted : encounter.discharged
        guard let minutes = news.minutesUntilTold, minutes > settings.toldLateMinutes else { return [] }
        return [HuddleFlag(.toldLate, .number(minutes), evidence: [encounter.evidence])]
    }
}
