package import EventSourcing

/// What the facts of an encounter mean together.
///
/// A pure function of the set of facts (domain.md 1.2): equal sets give equal readings, whatever the order of arrival.
package struct EncounterReading: Sendable, Equatable {
    package let key: EncounterKey
    package let status: EncounterStatus
    package let encounterClass: EncounterClass?
    /// PV1-2 as sent, where it is not one of the usual codes.
    package let classText: String?
    /// Whose encounter it is, as the latest message says.
    package let patient: PatientKey?
    /// All whom a message named, ascending.
    package let patientsNamed: [PatientKey]
    /// Arrival in the emergency department, or registration at a desk.
    package let arrived: ToldMoment?
    /// Admission to a bed.
    package let admitted: ToldMoment?
    /// The end that counts; `nil` while open, or after it was cancelled.
    package let discharged: ToldMoment?
    /// Where the patient is; where they were last, once gone.
    package let location: HospitalLocation?
    /// Where the patient has been, oldest first.
    package let stays: [Stay]
    package let consultant: Clinician?
    package let specialty: String?
    package let admissionMethod: String?
    package let admissionSource: String?
    package let dischargeMethod: String?
    package let dischargeDestination: String?
    package let disposal: String?
    /// PV1-36 as sent, where it is none of the above.
    package let disposition: String?
    package let reason: String?
    /// A date, `yyyy-mm-dd`.
    package let expectedAdmission: String?
    /// A date, `yyyy-mm-dd`.
    package let expectedDischarge: String?
    package let arrivalMode: String?
    package let patientType: String?
    package let medicallyFit: Bool?
    package let readyForDischarge: Moment?
    /// The discharge says that the person died.
    package let died: Bool
    /// The person came to the emergency department, whether or not a bed followed, and that was not cancelled.
    package let isAttendance: Bool
    /// The encounter that this one went on in, or came from, where a message says so (A06).
    package let linkedTo: EncounterKey?
    /// No admission or arrival was told as such.
    package let isInferred: Bool
    /// How many distinct facts there are: grows by one with each thing told.
    package let version: Int
    /// When we first heard anything.
    package let firstTold: Instant?
    /// When we last heard anything new.
    package let lastTold: Instant?
    /// What is odd, as codes, ascending: `EncounterFlag` and the flags of the messages.
    package let flags: [String]

    /// Reads the facts of an encounter.
    init(_ encounter: Encounter) {
        let chapters = Self.chapters(Self.standing(encounter.facts, of: encounter.key))
        let chapter = chapters.last { !$0.isCancelled } ?? chapters.last ?? EncounterChapter()
        let current = chapter.current
        let discharge = chapter.discharge
        key = encounter.key
        status = Self.status(chapter)
        encounterClass = chapter.encounterClass
        classText = chapter.classText
        patient = chapter.patient
        patientsNamed = chapter.patientsNamed.sorted()
        arrived = chapter.arrival?.told
        admitted = chapter.admission?.told
        discharged = discharge.map { discharge in
            var told = discharge.heard
            for other in chapter.discharges where !other.isVoid {
                guard (other.heard.toldAt, other.heard.position) < (told.toldAt, told.position) else { continue }
                told = other.heard
            }
            return ToldMoment(moment: discharge.moment, toldAt: told.toldAt, position: told.position)
        }
        stays = LocationSighting.stays(
            of: chapter.sightings, entry: chapter.arrival?.moment ?? chapter.admission?.moment, end: discharge?.moment)
        location = stays.last?.location
        consultant = current.consultant
        specialty = current.specialty
        admissionMethod = current.admissionMethod
        admissionSource = current.admissionSource
        dischargeMethod = discharge?.method
        dischargeDestination = discharge?.destination
        disposal = discharge?.disposal
        disposition = discharge?.disposition
        reason = current.reason
        expectedAdmission = current.expectedAdmission
        expectedDischarge = current.expectedDischarge
        arrivalMode = current.arrivalMode
        patientType = current.patientType
        medicallyFit = current.medicallyFit
        readyForDischarge = current.readyForDischarge
        died = chapter.tellsDeath
        isAttendance = !chapter.isCancelled && chapter.arrivalClass == .emergency
        linkedTo = chapter.linkedTo
        isInferred = !chapter.isExplicit && !chapter.isPlanned
        version = encounter.facts.count
        firstTold = encounter.facts.lazy.map(\.toldAt).min()
        lastTold = encounter.facts.lazy.map(\.toldAt).max()
        var flags = chapter.factFlags.union(chapter.flags.map(\.rawValue))
        if !chapter.isExplicit, !chapter.isCancelled, !chapter.isPlanned {
            flags.insert(EncounterFlag.inferred.rawValue)
        }
        self.flags = flags.sorted()
    }

    /// The flags, given who is whom: a patient named by two of their own numbers is no other patient.
    package func flags<Person: Hashable>(by person: (PatientKey) -> Person) -> [String] {
        guard flags.contains(EncounterFlag.patientChanged.rawValue), Set(patientsNamed.map(person)).count == 1 else {
            return flags
        }
        return flags.filter { $0 != EncounterFlag.patientChanged.rawValue }
    }

    /// In the hospital's care now.
    package var isOpen: Bool { status.isOpen }

    /// Of a person in a bed, or who was: shown among inpatients, admissions and discharges.
    package var isInpatient: Bool { !status.isVoid && status != .planned && encounterClass == .inpatient }

    /// Nights in a bed up to `instant`, or to the discharge: midnights passed in London; `nil` without a known
    /// admission day.
    package func nights(at instant: Instant) -> Int? {
        guard let from = admitted?.moment, from.precision != .year, from.precision != .month else { return nil }
        let end = min(instant, discharged?.moment?.asEnd ?? instant)
        return max(0, Int(LondonDay(of: end).number - LondonDay(of: from.instant).number))
    }

    private static func status(_ chapter: EncounterChapter) -> EncounterStatus {
        if chapter.isDeleted { return .enteredInError }
        if chapter.isCancelled { return .cancelled }
        if chapter.discharge != nil { return .finished }
        if chapter.isPlanned { return .planned }
        let isExpected = chapter.encounterClass == .preadmit || (!chapter.isExplicit && chapter.isExpectedByAccount)
        if isExpected { return .planned }
        if chapter.isOnLeave { return .onleave }
        return chapter.encounterClass?.isAdmission == true ? .inProgress : .arrived
    }

    // MARK: Chapters

    /// The facts without what opened in the same way, or ended, another visit before it was merged into this one (A35,
    /// A42): closing a duplicate before it is merged must not send anybody home, whether an A03 tells it or PV1-45 in
    /// passing. What is told under the old number afterwards counts, and so does a death.
    static func standing(_ facts: [EncounterFact], of key: EncounterKey) -> [EncounterFact] {
        var merged: [EncounterKey: FactKey] = [:]
        for fact in facts where fact.kind == .merged {
            if let before = fact.prior?.encounter { merged[before] = fact.key }
        }
        guard !merged.isEmpty else { return facts }
        let openings = Set(facts.lazy.filter { $0.encounter.key == key && $0.kind.opens }.map(\.kind))
        guard !openings.isEmpty else { return facts }
        let fatal = merged.filter { before, moment in
            chapters(facts.filter { $0.encounter.key == before && $0.key < moment }).contains(where: \.tellsDeath)
        }
        return facts.compactMap { fact in
            guard fact.encounter.key != key, let moment = merged[fact.encounter.key], fact.key < moment else {
                return fact
            }
            if openings.contains(fact.kind) { return nil }
            if fatal[fact.encounter.key] != nil { return fact }
            return fact.kind.ends ? nil : fact.withoutDischarge
        }
    }

    private static func chapters(_ facts: [EncounterFact]) -> [EncounterChapter] {
        var chapters: [EncounterChapter] = []
        for fact in facts { take(fact, in: &chapters) }
        return chapters
    }

    /// Takes in the next fact.
    static func take(_ fact: EncounterFact, in chapters: inout [EncounterChapter]) {
        switch fact.kind {
        case .admissionCancelled: return cancel(fact, in: &chapters)
        case .deleted, .preadmissionCancelled: return takeBack(fact, in: &chapters)
        default: break
        }
        if chapters.isEmpty || chapters[chapters.count - 1].isCancelled && begins(fact, after: chapters) {
            chapters.append(EncounterChapter(after: chapters.last, fact))
        }
        chapters[chapters.count - 1].take(fact)
    }

    /// Whether a fact recorded after a cancel speaks of another admission: an A01 or A04 does; others where they tell
    /// a time of admission that was not cancelled.
    private static func begins(_ fact: EncounterFact, after chapters: [EncounterChapter]) -> Bool {
        switch fact.kind {
        case .admitted, .registered, .preadmitted, .becameInpatient: return true
        case .merged, .renumbered, .moved, .continued: return false
        default:
            guard let moment = fact.encounter.admittedAt else { return false }
            return !chapters.contains { $0.isNamed(by: moment) }
        }
    }

    /// An A23, A27 or A38 takes back the chapter that its PV1-44 names, else the latest.
    private static func takeBack(_ fact: EncounterFact, in chapters: inout [EncounterChapter]) {
        if chapters.isEmpty { chapters.append(EncounterChapter()) }
        let named = fact.encounter.admittedAt.flatMap { name in chapters.lastIndex { $0.isNamed(by: name) } }
        let index = named ?? chapters.count - 1
        if fact.kind == .deleted { chapters[index].delete(fact) } else { chapters[index].cancelPreadmission(fact) }
    }

    /// An A11 takes back the admission or arrival it names (PV1-44, or EVN-6 where that is the time of one), else the
    /// latest; always one recorded before it (domain.md 1.2, 1.7).
    private static func cancel(_ fact: EncounterFact, in chapters: inout [EncounterChapter]) {
        guard !chapters.isEmpty else {
            var chapter = EncounterChapter()
            chapter.cancel(fact)
            chapters.append(chapter)
            return
        }
        let last = chapters.count - 1
        if let name = fact.encounter.admittedAt {
            if let index = chapters.lastIndex(where: { $0.isNamed(by: name) }) {
                chapters[index].cancel(fact)
            } else if chapters[last].mayBeCorrected(to: name) {
                chapters[last].cancel(fact)
            } else {
                chapters[last].passOver(fact)
            }
        } else if let name = fact.happened, let index = chapters.lastIndex(where: { $0.isNamed(by: name) }) {
            chapters[index].cancel(fact)
        } else {
            chapters[last].cancel(fact)
        }
    }
}

extension AdmissionEvent.Kind {
    fileprivate var opens: Bool { self == .admitted || self == .registered || self == .becameInpatient }

    fileprivate var ends: Bool {
        switch self {
        case .discharged, .dischargeCancelled, .admissionCancelled, .deleted, .preadmissionCancelled, .continued: true
        default: false
        }
    }
}
