package import EventSourcing

/// A stay or attendance as the huddle's rules see it.
///
/// Codes as sent. Of a restricted patient the place must not be found by a rule that shows (`isRestricted`).
package struct HuddleEncounter: Sendable, Hashable {
    package var ref: String
    /// Number of distinct facts told.
    package var version: Int64
    /// `inpatient`, `emergency` and so on.
    package var encounterClass: String
    /// `in-progress`, `finished` and so on.
    package var status: String
    /// Whether the person came to the emergency department, whether or not a bed followed.
    package var isAttendance = false
    package var isInferred = false
    package var isRestricted = false
    /// Admitted, else arrived, else first told.
    package var startedAt: Instant
    package var admitted = HuddleMoment()
    package var arrived = HuddleMoment()
    package var discharged = HuddleMoment()
    /// Discharged, a day alone counted to its end, else discharge told; `nil` while open.
    package var endedAt: Instant?
    package var admissionMethod: String?
    package var admissionSource: String?
    package var dischargeMethod: String?
    package var dischargeDestination: String?
    package var disposal: String?
    package var site: String?
    package var ward: String?
    package var specialty: String?
    package var expectedDischarge: LondonDay?
    package var isMedicallyFit = false
    package var readyAt: Instant?
    package var lastToldAt: Instant
    /// The attendance that the stay came out of, or the stay that the attendance led to.
    package var linkedRef: String?
    /// How an open encounter is doubted: `stale`, `presumed-closed`, `unconfirmed`; `nil` if it is not.
    package var doubt: String?
    /// Since when its line stood with the practice.
    package var shownSince: Instant
    /// Of what was cancelled or withdrawn: when that was told.
    package var correctedAt: Instant?

    package init(
        ref: String, version: Int64, encounterClass: String, status: String, startedAt: Instant, lastToldAt: Instant
    ) {
        self.ref = ref
        self.version = version
        self.encounterClass = encounterClass
        self.status = status
        self.startedAt = startedAt
        self.lastToldAt = lastToldAt
        shownSince = startedAt
    }
}

extension HuddleEncounter {
    /// What ended so long before its line came to a practice is the past there, and no news.
    package static let newsReachDays = 30

    /// When this practice was told of the admission: if that was before the line came to it, and the stay was not over
    /// then, when the line came.
    package var admissionToldHere: Instant? { toldHere(admitted, ifEndedAfter: shownSince) }
    /// The same of an arrival.
    package var arrivalToldHere: Instant? { toldHere(arrived, ifEndedAfter: shownSince) }
    /// The same of the end, unless that is the past.
    package var endToldHere: Instant? {
        toldHere(discharged, ifEndedAfter: shownSince - .seconds(Self.newsReachDays * 86_400))
    }

    private func toldHere(_ moment: HuddleMoment, ifEndedAfter limit: Instant) -> Instant? {
        guard endedAt.map({ $0 > limit }) ?? true else { return moment.toldAt }
        return moment.toldAt.map { max($0, shownSince) }
    }

    /// Whether it happened and happened to this patient: not planned, cancelled, entered in error or withdrawn.
    package var counts: Bool { isOpen || status == "finished" }
    package var isOpen: Bool { ["arrived", "in-progress", "onleave"].contains(status) }
    /// A person in a bed, or who was.
    package var isStay: Bool { encounterClass == "inpatient" && counts }
    package var isOpenStay: Bool { isStay && isOpen }
    /// In A&E, as far as we still believe it.
    package var isOpenAttendance: Bool {
        isAttendance && encounterClass == "emergency" && isOpen && doubt != "presumed-closed"
    }
    package var isEmergencyStay: Bool {
        isStay && UKCodes.isEmergency(admissionMethod: admissionMethod)
            && !UKCodes.isNewborn(admissionMethod: admissionMethod)
    }
    /// The stay ended with the death of the patient, or with a stillbirth.
    var endedInDeath: Bool {
        DeathCodes.tellsDeath(
            method: dischargeMethod, destination: dischargeDestination, disposal: nil, admitted: true)
    }

    /// London midnights from the admission to the end, or to `now` while open; `nil` without a known admission, or end.
    package func nights(at now: Instant) -> Int? {
        guard encounterClass != "emergency", let from = admitted.day else { return nil }
        guard let until = isOpen ? LondonDay(of: now) : discharged.day else { return nil }
        return max(0, Int(until.number - from.number))
    }

    /// Open, or ended so few days ago.
    func isRecent(at now: Instant, days: Int) -> Bool {
        guard !isOpen else { return true }
        guard counts, let endedAt else { return false }
        return LondonDay(of: endedAt) >= LondonDay(of: now) + -days
    }

    /// The latest thing that happened in it, or was told of it.
    var lastEventAt: Instant { [startedAt, endedAt, lastToldAt].compactMap(\.self).max() ?? startedAt }

    var evidence: HuddleFlag.Evidence { HuddleFlag.Evidence(encounterRef: ref, version: version) }
}
