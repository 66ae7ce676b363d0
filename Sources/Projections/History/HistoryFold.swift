import Admissions
import EventSourcing

/// Makes a history of events: each by itself against what was known before it, then all together for what took back
/// what.
///
/// The fold is the views' own (`LogFold`), by hospital. Events come in the order of each log; those of other subjects
/// than the history's are welcome where they are tied to it.
struct HistoryFold {
    /// An event, and the message that told it.
    struct Told {
        let event: RecordedEvent
        let source: HistorySource?
        /// Whether its payload was taken out of the log.
        let isErased: Bool

        /// The same, without what names the hospital that sent it.
        var withoutSender: Told {
            var source = source
            source?.sender = nil
            return Told(event: event, source: source, isErased: isErased)
        }
    }

    private let reach: HistoryReach
    private let told: [Told]
    /// The meaning of all events together.
    private(set) var whole: [LogName: LogFold] = [:]
    private var facts: [LogName: [Position: ToldEvent]] = [:]

    init(_ told: [Told], reach: HistoryReach) {
        self.told = told
        self.reach = reach
        for one in told where one.event.isAboutSomebody && !one.isErased {
            guard let fact = try? ToldEvent(one.event) else { continue }
            facts[one.event.log, default: [:]][one.event.position] = fact
            whole[one.event.log, default: LogFold()].apply(fact)
        }
    }

    /// The encounters of a log, each by the number that counts, ascending.
    func encounters(of log: LogName) -> [EncounterKey] {
        guard let fold = whole[log] else { return [] }
        return Set(fold.encounters.keys.map { fold.root(of: $0) }).sorted()
    }

    /// The person that a record is, or whose an encounter is, as it stands at the end.
    func person(of stream: StreamName, in log: LogName) -> PatientKey? {
        guard let fold = whole[log] else { return nil }
        if let key = stream.encounterKey {
            return fold.whole(fold.root(of: key)).reading.patient.map { fold.root(of: $0) }
        }
        return stream.patientKey.map { fold.root(of: $0) }
    }

    /// How sensitive each event's encounter was just behind it, where it was at all.
    func sensitive(by policy: SensitivityPolicy) -> [LogName: [Position: Sensitivity]] {
        var found: [LogName: [Position: Sensitivity]] = [:]
        guard !policy.isEmpty else { return found }
        var folds: [LogName: LogFold] = [:]
        for one in told {
            let log = one.event.log
            guard let fact = facts[log]?[one.event.position] else { continue }
            folds[log, default: LogFold()].apply(fact)
            guard let key = fact.event.encounterKey, let fold = folds[log] else { continue }
            let level = policy.sensitivity(of: fold.whole(fold.root(of: key)).reading)
            if level > .normal { found[log, default: [:]][one.event.position] = level }
        }
        return found
    }

    /// The history.
    ///
    /// - Parameters:
    ///   - subjects: whose history it is, by log: people as they stand at the end.
    ///   - names: what each encounter is called, by its number that counts.
    ///   - isOfEncounter: leaves out of the patient's own events those that changed nothing.
    func history(
        subjects: [LogName: Set<PatientKey>], names: [LogName: [EncounterKey: String]], isOfEncounter: Bool
    ) -> History {
        var history = History()
        history.hidesPlace = reach.hidesPlace
        var folds: [LogName: LogFold] = [:]
        for one in told {
            let log = one.event.log
            var item = HistoryItem(
                log: reach.hidesPlace && log.practice == nil ? nil : log, position: one.event.position,
                type: one.event.type, words: one.event.words, toldAt: one.event.recordedAt)
            item.source = one.source
            item.isErased = one.isErased
            if let fact = facts[log]?[one.event.position], let end = whole[log] {
                item.happened = fact.event.occurred?.moment
                item.happenedField = fact.event.occurred?.field
                item.by = fact.event.by
                let key = fact.event.encounterKey.map { end.root(of: $0) }
                item.visit = key.flatMap { names[log]?[$0] }
                let whose = { (person: PatientKey?) in
                    person.map { subjects[log]?.contains(end.root(of: $0)) == true ? "this patient" : "another patient" }
                }
                item.changes = change(fact, in: &folds[log, default: LogFold()], whose: whose)
                if isOfEncounter, fact.event.encounterKey == nil, item.changes.isEmpty { continue }
            } else if !one.isErased {
                item.by = one.event.actor
                item.happened = one.event.occurredAt.map { Moment($0) }
                item.isUnreadable = one.event.isAboutSomebody
            }
            history.items.append(item)
        }
        strike(&history)
        for (log, fold) in whole.sorted(by: { $0.key < $1.key }) {
            for key in encounters(of: log) {
                guard let name = names[log]?[key] else { continue }
                history.visits.append(visit(key, name, of: fold, in: log))
            }
        }
        history.visits.sort { lhs, rhs in
            let (left, right) = (lhs.began?.instant, rhs.began?.instant)
            return left != right ? (left ?? .distantPast) < (right ?? .distantPast) : lhs.name < rhs.name
        }
        return history
    }

    // MARK: Before and after

    private func change(
        _ fact: ToldEvent, in fold: inout LogFold, whose: (PatientKey?) -> String?
    ) -> [HistoryChange] {
        let event = fact.event
        func encounter(_ fold: LogFold) -> HistorySnapshot {
            guard let key = event.encounterKey else { return HistorySnapshot() }
            let reading = fold.whole(fold.root(of: key)).reading
            return HistorySnapshot(reading, whose: whose(reading.patient))
        }
        func patient(_ fold: LogFold) -> HistorySnapshot {
            guard let key = event.patientKey else { return HistorySnapshot() }
            let root = fold.root(of: key)
            guard fold.patients[root] != nil || fold.patients[key] != nil else { return HistorySnapshot() }
            return HistorySnapshot(fold.patient(root), records: fold.identities(of: root).count)
        }
        let before = (encounter(fold), patient(fold))
        fold.apply(fact)
        return before.0.changes(to: encounter(fold), reach) + before.1.changes(to: patient(fold), reach)
    }

    // MARK: What took back what

    private func strike(_ history: inout History) {
        var takenBack: [LogName: [Position: Position]] = [:]
        var first: [LogName: [FactKey: Position]] = [:]
        for (log, fold) in whole {
            for root in encounters(of: log) {
                let encounter = fold.whole(root)
                for fact in encounter.facts { first[log, default: [:]][fact.key] = fact.position }
                for (fact, by) in EncounterCorrections(encounter).takenBack {
                    guard let place = first[log]?[fact], let other = first[log]?[by] else { continue }
                    takenBack[log, default: [:]][place] = other
                }
            }
            for (joined, parted) in partings(in: log) { takenBack[log, default: [:]][joined] = parted }
        }
        // An item without its log is of the one hospital that is withheld: places are matched by the event behind it.
        let logs = Dictionary(grouping: told, by: \.event.position).mapValues { $0.map(\.event.log) }
        for index in history.items.indices {
            let item = history.items[index]
            guard let log = item.log ?? logs[item.position]?.first(where: { facts[$0]?[item.position] != nil }) else {
                continue
            }
            history.items[index].takenBackBy = takenBack[log]?[item.position]
            guard let event = facts[log]?[item.position]?.event, event.kind.isAboutEncounter,
                let place = first[log]?[FactKey(event)], place != item.position
            else { continue }
            history.items[index].repeats = place
            if history.items[index].takenBackBy == nil {
                history.items[index].takenBackBy = takenBack[log]?[place]
            }
        }
    }

    /// Joins of records that an operator parted again, and by which event: the latest that names the same records.
    private func partings(in log: LogName) -> [(Position, Position)] {
        let facts = (facts[log] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
        return facts.filter { $0.event.kind == .patientUnmerged }.compactMap { parting in
            let others = Set(parting.event.prior?.patients ?? [])
            let join = facts.last { fact in
                fact.position < parting.position && fact.event.kind.joinsPatients
                    && fact.event.patientKey == parting.event.patientKey
                    && !others.isDisjoint(with: fact.event.prior?.patients ?? [])
            }
            return join.map { ($0.position, parting.position) }
        }
    }

    // MARK: Encounters

    private func visit(_ key: EncounterKey, _ name: String, of fold: LogFold, in log: LogName) -> HistoryVisit {
        let reading = fold.whole(key).reading
        return HistoryVisit(
            name: name, log: reach.hidesPlace ? nil : log, encounterClass: reading.encounterClass?.rawValue ?? "unknown",
            status: reading.status.rawValue, isVoid: reading.status.isVoid,
            began: reading.arrived?.moment ?? reading.admitted?.moment, ended: reading.discharged?.moment,
            otherNumbers: fold.identities(of: key).count - 1,
            places: reading.stays.map { stay in
                HistoryPlace(
                    text: reach.hidesPlace ? HistoryReach.withheld : stay.location?.shortText ?? "not known",
                    from: stay.from, to: stay.to)
            })
    }
}

extension HospitalLocation {
    /// `7B bed 3`, `RH501`, as far as it is told.
    fileprivate var shortText: String {
        let parts = [ward ?? site ?? description, bay.map { "bay \($0)" }, bed.map { "bed \($0)" }]
        return parts.compactMap(\.self).joined(separator: " ")
    }
}

extension Instant {
    fileprivate static let distantPast = Instant(microseconds: .min)
}

extension StreamName {
    /// The encounter whose events it holds.
    var encounterKey: EncounterKey? {
        rawValue.hasPrefix("encounter:") ? EncounterKey(String(rawValue.dropFirst("encounter:".count))) : nil
    }

    /// The patient whose events it holds.
    var patientKey: PatientKey? {
        rawValue.hasPrefix("patient:") ? PatientKey(String(rawValue.dropFirst("patient:".count))) : nil
    }
}

extension RecordedEvent {
    /// What it says, in plain words.
    fileprivate var words: String {
        AdmissionEvent.Kind(rawValue: type).map(HistoryWords.of) ?? HistoryWords.ofAct(type)
    }

    /// Whose act it is; `nil` where that cannot be read.
    fileprivate var actor: String? {
        switch type.prefix(while: { $0 != "." }) {
        case "concern": try? StaffEvent<ConcernFact>(self).act.by
        case "action": try? StaffEvent<HuddleActionFact>(self).act.by
        case "huddle": try? StaffEvent<HuddleFact>(self).act.by
        case "symphony": try? StaffEvent<SymphonyFact>(self).act.by
        case "onboarding": try? StaffEvent<HotOnboardingFact>(self).act.by
        case "registration": try? RegistrationEvent(type: type, payload: payload).by
        default: nil
        }
    }

    /// Of a huddle's event: the patient of whom it spoke.
    var huddlePatient: PatientSubject? {
        guard let fact = try? StaffEvent<HuddleFact>(self).fact else { return nil }
        return switch fact {
        case .discussed(let subject), .discussionUndone(let subject): subject
        case .closed: nil
        }
    }
}
