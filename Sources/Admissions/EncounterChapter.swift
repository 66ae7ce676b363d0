import EventSourcing

/// One use of a visit number: from an admission or arrival to its end or its cancel.
///
/// A number can be used again after a cancelled admission (domain.md 1.2); that begins another chapter. Facts come in
/// ascending order of `FactKey`, so "recorded before" is "came before".
///
/// ```
///            A04, A01 class E          A01, class changes to I
/// planned ─────────────────▶ arrived ──────── or A06 ─────────▶ in-progress ◀─A22, A52─▶ onleave
/// (A05)   ── A27, A38 ──┐       │ ▲  A03      ◀── A07 ──      A03 │ ▲       A21, A53
///                       ▼       ▼ │ A13                          ▼ │ A13
///                   cancelled finished                         finished      A11 at any time ─▶ cancelled
///                                                                            A23 at any time ─▶ entered-in-error
/// ```
struct EncounterChapter: Sendable {
    private(set) var current = EncounterCurrent()
    private(set) var encounterClass: EncounterClass?
    private(set) var classText: String?
    private(set) var patient: PatientKey?
    /// All whom a message named.
    private(set) var patientsNamed: Set<PatientKey> = []
    /// Arrival in the emergency department, or registration at a desk.
    private(set) var arrival: EncounterOpening?
    private(set) var arrivalClass: EncounterClass?
    private(set) var admission: EncounterOpening?
    private(set) var discharges: [EncounterDischarge] = []
    private(set) var sightings: [LocationSighting] = []
    private(set) var isCancelled = false
    /// Cancelled as never having been: A23.
    private(set) var isDeleted = false
    /// The encounter that went on where this one ended, or ended where this one went on (A06).
    private(set) var linkedTo: EncounterKey?
    private(set) var flags: Set<EncounterFlag> = []
    private(set) var factFlags: Set<String> = []
    /// Admissions taken back while the arrival stands.
    private var cancelledAdmissions: [EncounterOpening] = []
    private var leaves: [EncounterLeave] = []
    /// A05 or A14 was told.
    private var isPreadmitted = false
    /// Whose encounter it was said to be, wrongly, and whose it is (A44, A45).
    private var moves: [PatientKey: PatientKey] = [:]
    /// Discharges that a step into a bed made void; they stand again if the step is taken back.
    private var overtaken: Set<FactKey> = []
    /// The times by which a cancel named what we do not know.
    private var cancelledNames: [Moment] = []
    /// Who was in charge before, oldest first.
    private var consultantsBefore: [Clinician] = []

    /// How long after the message that tells it an implied discharge may lie: clocks differ.
    private static let futureMax = Duration.seconds(3_600)
    /// How far a cancel's admission time may lie from the one we know, if it names no other: times get corrected.
    private static let correctionMax = Duration.seconds(24 * 3_600)

    /// A chapter that nothing is known of yet.
    init() {}

    /// The chapter a fact begins, after one that was cancelled.
    init(after cancelled: EncounterChapter?, _ fact: EncounterFact) {
        if let cancelled, let moment = fact.encounter.admittedAt, cancelled.isNamed(by: moment) {
            flags.insert(.admittedAgainAfterCancel)
        }
    }

    /// The discharge that counts: the latest told by an A03, else the latest implied.
    var discharge: EncounterDischarge? {
        discharges.last { !$0.isVoid && !$0.isImplied } ?? discharges.last { !$0.isVoid }
    }

    /// Whether it ended with the person's death, and was not cancelled.
    var tellsDeath: Bool {
        !isCancelled && discharge?.tellsDeath(admitted: encounterClass?.isAdmission == true) == true
    }

    /// The facts whose place, end or leave does not stand.
    var voided: Set<FactKey> {
        var keys = Set(discharges.lazy.filter { $0.isVoid && !overtaken.contains($0.key) }.map(\.key))
        keys.formUnion(sightings.lazy.filter(\.isVoid).map(\.key))
        keys.formUnion(leaves.lazy.filter(\.isVoid).map(\.key))
        return keys
    }

    /// Whether PV1-41 says that the person has yet to come.
    var isExpectedByAccount: Bool {
        current.accountStatus.map { Self.expectedAccounts.contains($0.uppercased()) } ?? false
    }

    private static let expectedAccounts: Set<String> = ["PREADMIT", "PENDING ARRIVAL", "PENDING", "PLANNED"]

    /// Booked, and nobody has told that the person came.
    var isPlanned: Bool { isPreadmitted && arrival == nil && admission == nil }

    /// Away on leave: the latest word on leave that stands says so.
    var isOnLeave: Bool { EncounterLeave.isAway(leaves) }

    /// Whether an A01, A04 or A06 was told.
    var isExplicit: Bool { admission?.isExplicit == true || arrival?.isExplicit == true }

    // MARK: Facts other than cancels of the admission

    /// Takes in the next fact: anything but what cancels the whole (A11, A23, A27, A38).
    mutating func take(_ fact: EncounterFact) {
        note(fact)
        guard !isCancelled else { return }
        let consultant = current.consultant
        switch fact.kind {
        case .admitted: takeAdmission(fact)
        case .registered: takeRegistration(fact)
        case .preadmitted: takePreadmission(fact)
        case .becameInpatient: takeStepIn(fact)
        case .becameOutpatient: takeStepOut(fact)
        case .continued: takeContinuation(fact)
        case .transferred: takeTransfer(fact)
        case .updated: takeUpdate(fact)
        case .discharged: takeDischarge(fact)
        case .dischargeCancelled: takeDischargeCancel(fact)
        case .transferCancelled: takeTransferCancel(fact)
        case .transferPlanned, .dischargePlanned, .clinicianChanged: takeSnapshot(fact)
        case .dischargePlanCancelled: current.expectedDischarge = nil
        case .leaveStarted, .leaveEnded: takeLeave(fact)
        case .leaveStartCancelled, .leaveEndCancelled: EncounterLeave.cancel(fact, in: &leaves)
        case .clinicianChangeCancelled: takeClinicianChangeCancel(fact)
        case .merged, .renumbered, .moved, .transferPlanCancelled: break
        case .admissionCancelled, .deleted, .preadmissionCancelled: break
        case .patientAdded, .patientUpdated, .patientRemoved, .patientMerged, .patientMoved, .patientRenumbered,
            .patientUnmerged, .messageQuarantined, .messageKept, .messageRefused, .messageRedriven, .messageDiscarded:
            break
        }
        if let consultant, consultant != current.consultant, fact.kind != .clinicianChangeCancelled {
            consultantsBefore.append(consultant)
        }
    }

    private mutating func note(_ fact: EncounterFact) {
        factFlags.formUnion(fact.flags)
        guard let told = fact.patient else { return }
        patientsNamed.insert(told)
        if fact.kind == .moved {
            for wrong in fact.prior?.patients ?? [] where wrong != told { moves[wrong] = told }
            moves[told] = nil
            if let patient, patient != told { flags.insert(.patientChanged) }
            patient = told
            return
        }
        guard !fact.kind.isCancel || patient == nil else { return }
        // Moved on and on: each move clears the entry of whom it leads to, so this ends.
        var meant = told
        while let next = moves[meant] { meant = next }
        if let patient, patient != meant { flags.insert(.patientChanged) }
        patient = meant
    }

    private mutating func takeAdmission(_ fact: EncounterFact) {
        var told = fact.encounter.encounterClass ?? encounterClass
        if told == nil {
            flags.insert(.classMissing)
            told = .inpatient
        }
        let isStep = told?.isAdmission == true && admission == nil && encounterClass?.isAdmission != true
        if discharge != nil, isExplicit {
            // An attendance that ended goes on as a spell; a spell that ended does not open again.
            guard isStep else {
                flags.insert(.admittedAfterDischarge)
                return
            }
            overtakeDischarges()
        }
        if let moment = fact.encounter.admittedAt, cancelledAdmissions.contains(where: { $0.isNamed(by: moment) }) {
            flags.insert(.admittedAgainAfterCancel)
        }
        current.take(fact.encounter)
        enter(told, fact, isExplicit: true)
        takeImpliedDischarge(fact)
    }

    private mutating func takeRegistration(_ fact: EncounterFact) {
        if discharge != nil, isExplicit {
            flags.insert(.admittedAfterDischarge)
            return
        }
        current.take(fact.encounter)
        // A04 registers and does not admit (domain.md 1.2): an inpatient class waits for the message that admits.
        let told = fact.encounter.encounterClass ?? .other
        enter(told.isAdmission ? .other : told, fact, isExplicit: true)
        takeImpliedDischarge(fact)
    }

    /// A booking: says who is expected, and opens nothing (domain.md 1.2, A05).
    private mutating func takePreadmission(_ fact: EncounterFact) {
        if discharge != nil, isExplicit {
            flags.insert(.admittedAfterDischarge)
            return
        }
        current.take(fact.encounter)
        isPreadmitted = true
        guard isPlanned else { return }
        encounterClass = fact.encounter.encounterClass ?? encounterClass ?? .preadmit
        classText = fact.encounter.classText
    }

    /// A06: an attendance or an outpatient goes to a bed.
    private mutating func takeStepIn(_ fact: EncounterFact) {
        let told = fact.encounter.encounterClass.flatMap { $0.isAdmission ? $0 : nil } ?? .inpatient
        if discharge != nil, isExplicit {
            guard admission == nil else {
                flags.insert(.admittedAfterDischarge)
                return
            }
            overtakeDischarges()
        }
        current.take(fact.encounter)
        linkedTo = fact.prior?.encounter ?? linkedTo
        enter(told, fact, isExplicit: true)
        takeImpliedDischarge(fact)
    }

    private mutating func overtakeDischarges() {
        for index in discharges.indices where !discharges[index].isVoid {
            overtaken.insert(discharges[index].key)
            discharges[index].isVoid = true
        }
    }

    /// A07: leaves the bed, and the visit goes on without it.
    private mutating func takeStepOut(_ fact: EncounterFact) {
        current.take(fact.encounter)
        let told = fact.encounter.encounterClass.flatMap { $0.isAdmission ? nil : $0 } ?? arrivalClass ?? .outpatient
        encounterClass = told
        classText = fact.encounter.classText
        if arrivalClass != .emergency { arrivalClass = told }
        let moment = fact.happened ?? fact.recorded
        if arrival == nil {
            var opening = EncounterOpening(fact)
            opening.imply(fact, at: moment)
            arrival = opening
        }
        see(fact, at: moment)
        takeImpliedDischarge(fact)
    }

    /// The other half of an A06 that gave the visit a new number: this one ended there.
    private mutating func takeContinuation(_ fact: EncounterFact) {
        linkedTo = fact.prior?.encounter ?? linkedTo
        guard discharge == nil else { return }
        flags.insert(.dischargeImplied)
        discharges.append(EncounterDischarge(fact, at: fact.happened ?? fact.recorded, isImplied: true))
    }

    private mutating func takeTransfer(_ fact: EncounterFact) {
        current.take(fact.encounter)
        var told = fact.encounter.encounterClass
        if told == nil, encounterClass == nil {
            // Only those in a bed are transferred: a first word without a class speaks of an inpatient.
            flags.insert(.classMissing)
            told = .inpatient
        }
        change(to: told, fact)
        see(fact, at: fact.happened ?? fact.recorded)
        takeImpliedDischarge(fact)
    }

    private mutating func takeUpdate(_ fact: EncounterFact) {
        current.take(fact.encounter)
        // An update never opens what is only booked (domain.md 1.2, A08).
        if isPlanned { return }
        if discharge == nil || encounterClass == nil { change(to: fact.encounter.encounterClass, fact) }
        see(fact, at: fact.recorded)
        takeImpliedDischarge(fact)
        compareAdmissionTime(fact)
        guard let index = discharges.lastIndex(where: { !$0.isVoid }), discharges[index].key != fact.key else { return }
        discharges[index].take(fact.encounter)
        if let moment = fact.encounter.dischargedAt.value, !moment.agrees(with: discharges[index].moment) {
            flags.insert(.dischargedTimeDiffers)
        }
    }

    private mutating func takeDischarge(_ fact: EncounterFact) {
        current.take(fact.encounter)
        // A discharge may bring the first word of the stay in a bed, and never takes it back.
        if let told = fact.encounter.encounterClass, encounterClass == nil || told.isAdmission {
            change(to: told, fact)
        }
        let moment = fact.encounter.dischargedAt.value ?? fact.happened ?? fact.recorded
        discharges.append(EncounterDischarge(fact, at: moment, isImplied: false))
        see(fact, at: moment)
    }

    private mutating func takeDischargeCancel(_ fact: EncounterFact) {
        // A stub: only what it is about, and a place it names (domain.md 1.6).
        if encounterClass == nil { change(to: fact.encounter.encounterClass, fact) }
        if case .value = fact.encounter.location { see(fact, at: fact.recorded) }
        let name = fact.encounter.dischargedAt.value ?? fact.happened
        let named = discharges.indices.filter { index in
            name.map { discharges[index].moment.agrees(with: $0) } ?? false
        }
        // A discharge told again was a correction: taking the last back takes back all before it.
        guard let last = named.last ?? discharges.indices.last else { return }
        for index in discharges.indices where index <= last {
            discharges[index].isVoid = true
            overtaken.remove(discharges[index].key)
        }
    }

    /// What tells of the stay in passing, and moves nobody.
    private mutating func takeSnapshot(_ fact: EncounterFact) {
        current.take(fact.encounter)
        guard encounterClass == nil, !isPlanned else { return }
        change(to: fact.encounter.encounterClass ?? .inpatient, fact)
        see(fact, at: fact.recorded)
    }

    private mutating func takeLeave(_ fact: EncounterFact) {
        takeSnapshot(fact)
        leaves.append(EncounterLeave(fact))
    }

    /// Who was in charge before is in charge again: as the cancel names them, else as we knew.
    private mutating func takeClinicianChangeCancel(_ fact: EncounterFact) {
        if let told = fact.encounter.consultant.value {
            current.consultant = told
        } else if let before = consultantsBefore.popLast() {
            current.consultant = before
        }
    }

    /// An A12 takes back the transfer it names: by EVN-6, else by the place being left (PV1-6), else the latest told.
    private mutating func takeTransferCancel(_ fact: EncounterFact) {
        if encounterClass == nil { change(to: fact.encounter.encounterClass ?? .inpatient, fact) }
        let transfers = sightings.indices.filter { sightings[$0].kind == .transferred }
        var named = transfers.filter { index in
            fact.happened.map { sightings[index].moment.agrees(with: $0) } ?? false
        }
        if named.isEmpty, let place = fact.encounter.priorLocation {
            named = transfers.filter { sightings[$0].location == place }
        }
        if named.isEmpty { named = transfers.filter { !sightings[$0].isVoid } }
        guard let index = named.last else {
            // The transfer is not known: the place it went back to is.
            see(fact, at: fact.happened ?? fact.recorded)
            return
        }
        guard !sightings[index].isVoid else { return }
        let void = sightings[index]
        sightings[index].isVoid = true
        let isLatest = !sightings.contains {
            !$0.isVoid && $0.kind == .transferred && $0.moment.instant > void.moment.instant
        }
        for other in sightings.indices
        where !sightings[other].kind.isMove && sightings[other].location == void.location
            && sightings[other].moment.instant >= void.moment.instant
        {
            sightings[other].isVoid = true
        }
        guard isLatest else { return }
        if case .value(let place) = fact.encounter.location,
            sightings.last(where: { !$0.isVoid })?.location != place
        {
            see(fact, at: void.moment)
        }
    }

    /// PV1-45 without an A03: a discharge, if it is news and not of the future (domain.md 1.2, A08).
    private mutating func takeImpliedDischarge(_ fact: EncounterFact) {
        guard let moment = fact.encounter.dischargedAt.value, discharge == nil,
            !discharges.contains(where: { $0.moment.agrees(with: moment) })
        else { return }
        // A step into a bed may still carry the end of the attendance before it.
        if let began = admission?.moment, moment.asEnd <= began.instant { return }
        if moment.instant > fact.recorded.last + Self.futureMax {
            flags.insert(.dischargeInFuture)
            return
        }
        flags.insert(.dischargeImplied)
        discharges.append(EncounterDischarge(fact, at: moment, isImplied: true))
    }

    // MARK: Openings

    /// A change of class told in passing (A02, A03, A08, A13).
    private mutating func change(to told: EncounterClass?, _ fact: EncounterFact) {
        guard let told else { return }
        if told == .preadmit, encounterClass != nil { return }
        if told.isAdmission, admission == nil, !cancelledAdmissions.isEmpty {
            // What was cancelled stays so until it is told with a time of its own.
            guard let moment = fact.encounter.admittedAt,
                !cancelledAdmissions.contains(where: { $0.isNamed(by: moment) })
            else { return }
        }
        enter(told, fact, isExplicit: false)
    }

    private mutating func enter(_ told: EncounterClass?, _ fact: EncounterFact, isExplicit: Bool) {
        guard let told else { return }
        let wasAdmitted = encounterClass?.isAdmission == true
        // Registering somebody who is in a bed does not take them out of it.
        if fact.kind != .registered || !wasAdmitted {
            encounterClass = told
            classText = fact.encounter.classText
        }
        if told.isAdmission {
            enterAdmission(fact, isExplicit: isExplicit)
        } else if told != .preadmit {
            enterArrival(told, fact, isExplicit: isExplicit)
        }
    }

    private mutating func enterArrival(_ told: EncounterClass, _ fact: EncounterFact, isExplicit: Bool) {
        let isNew = arrival == nil
        var opening = arrival ?? EncounterOpening(fact)
        if isExplicit {
            let moment = fact.encounter.admittedAt ?? (opening.explicit == nil ? fact.happened ?? fact.recorded : nil)
            opening.tell(fact, at: moment)
            opening.note(fact.happened)
            see(fact, at: opening.moment ?? fact.recorded)
        } else if isNew || !opening.isExplicit {
            opening.imply(fact, at: fact.encounter.admittedAt)
        }
        arrival = opening
        if arrivalClass != .emergency { arrivalClass = told }
    }

    private mutating func enterAdmission(_ fact: EncounterFact, isExplicit: Bool) {
        let isStep = admission == nil
        var opening = admission ?? EncounterOpening(fact)
        if isExplicit {
            let moment = stepTime(fact) ?? (opening.explicit == nil ? fact.happened ?? fact.recorded : nil)
            if opening.isExplicit, let moment { correctEntry(to: moment, fact) }
            opening.tell(fact, at: moment)
            opening.note(fact.encounter.admittedAt)
            opening.note(fact.happened)
            see(fact, at: moment ?? opening.moment ?? fact.recorded)
        } else if isStep, arrival != nil {
            opening.imply(fact, at: stepTime(fact) ?? fact.recorded)
        } else {
            opening.imply(fact, at: arrival == nil && !opening.isExplicit ? fact.encounter.admittedAt : nil)
            opening.note(fact.encounter.admittedAt)
        }
        admission = opening
    }

    /// The same admission told again: where and when the stay began is as told last.
    private mutating func correctEntry(to moment: Moment, _ fact: EncounterFact) {
        for index in sightings.indices where sightings[index].kind == fact.kind {
            if fact.encounter.location.isAbsent {
                sightings[index].moment = moment
            } else {
                sightings[index].isVoid = true
            }
        }
    }

    /// When an attendance became a stay: PV1-44 if that is later than the arrival, else EVN-6 (domain.md 1.2, A06).
    private func stepTime(_ fact: EncounterFact) -> Moment? {
        guard let came = arrival?.moment else { return fact.encounter.admittedAt }
        if let told = fact.encounter.admittedAt, told.instant > came.instant { return told }
        if let happened = fact.happened, happened.instant > came.instant { return happened }
        return nil
    }

    private mutating func compareAdmissionTime(_ fact: EncounterFact) {
        guard let told = fact.encounter.admittedAt else { return }
        let known = [admission?.moment, arrival?.moment].compactMap(\.self)
        if !known.isEmpty, !known.contains(where: { $0.agrees(with: told) }) { flags.insert(.admittedTimeDiffers) }
    }

    private mutating func see(_ fact: EncounterFact, at moment: Moment) {
        let location: HospitalLocation?
        switch fact.encounter.location {
        case .absent: return
        case .null: location = nil
        case .value(let told): location = told
        }
        sightings.append(
            LocationSighting(
                location: location, moment: moment, recorded: fact.recorded, key: fact.key,
                kind: fact.kind))
    }

    // MARK: Cancels of the admission

    /// Whether a cancel that tells this time may mean this chapter.
    func isNamed(by moment: Moment) -> Bool {
        let openings = [admission, arrival].compactMap(\.self) + cancelledAdmissions
        return openings.contains { $0.isNamed(by: moment) } || cancelledNames.contains { $0.agrees(with: moment) }
    }

    /// Whether the time may be a correction of the one we know; so too if we know none.
    func mayBeCorrected(to moment: Moment) -> Bool {
        guard let known = admission?.moment ?? arrival?.moment else { return true }
        let distance = known.instant - moment.instant
        return distance <= Self.correctionMax && distance >= .zero - Self.correctionMax
    }

    /// Takes the chapter back, or its step into a bed where only that is meant.
    mutating func cancel(_ fact: EncounterFact) {
        note(fact)
        guard !isCancelled else { return }
        guard let arrival else {
            isCancelled = true
            if let name = fact.encounter.admittedAt ?? fact.happened { cancelledNames.append(name) }
            return
        }
        let name = fact.encounter.admittedAt ?? fact.happened
        let isOfArrival = fact.encounter.encounterClass.map { !$0.isAdmission } ?? false
        guard let admission else {
            // The step was taken back before: only a cancel that means the arrival goes on to take that back.
            let isRepeat = cancelledAdmissions.contains { step in name.map { step.isNamed(by: $0) } ?? true }
            if isOfArrival || !isRepeat { isCancelled = true }
            return
        }
        let namesArrival = name.map { arrival.isNamed(by: $0) } ?? false
        let namesAdmission = name.map { admission.isNamed(by: $0) } ?? false
        if isOfArrival || (namesArrival && !namesAdmission) {
            isCancelled = true
            return
        }
        cancelledAdmissions.append(admission)
        self.admission = nil
        encounterClass = arrivalClass
        for index in discharges.indices { discharges[index].isVoid = !overtaken.contains(discharges[index].key) }
        overtaken = []
    }

    /// Takes the chapter back as never having been (A23).
    mutating func delete(_ fact: EncounterFact) {
        note(fact)
        isCancelled = true
        isDeleted = true
    }

    /// Takes a booking back (A27, A38); one whose person came stands.
    mutating func cancelPreadmission(_ fact: EncounterFact) {
        guard !isCancelled else { return }
        guard arrival == nil, admission == nil else {
            passOver(fact)
            return
        }
        note(fact)
        isCancelled = true
    }

    /// Takes note of a cancel that means another admission than this.
    mutating func passOver(_ fact: EncounterFact) {
        factFlags.formUnion(fact.flags)
        flags.insert(.cancelUnmatched)
    }
}
