import Admissions
import EventSourcing
import Postgres

/// The acts of one practice, by their streams: what the deciders make of them, and the rows that show it.
///
/// Pure; the live feed and a rebuild call the same. A stream is folded whole: the live feed takes all events of each
/// stream that a run touches. Refs are of the key that an act named: joins that a hospital tells later move no act.
struct ActFold: Sendable {
    let log: LogName
    private let key: ReferenceKey
    private var concerns: [StreamName: Concern] = [:]
    private var actions: [StreamName: HuddleAction] = [:]
    private var huddles: [StreamName: HuddleDay] = [:]
    private var scores: [StreamName: SymphonyScore] = [:]
    private(set) var poison: [PoisonEvent] = []

    init(log: LogName, key: ReferenceKey) {
        self.log = log
        self.key = key
    }

    /// How the names of the streams begin.
    static let prefixes: [String] = Kind.allCases.map(\.prefix)

    /// Whom open concerns are about.
    var subjectsOfOpenConcerns: Set<PatientSubject> {
        Set(concerns.values.filter { $0.state == .open }.compactMap(\.subject))
    }

    /// Whether this is an act of a practice that a view shows.
    static func shows(_ event: RecordedEvent) -> Bool { Kind(event.stream) != nil }

    private enum Kind: String, CaseIterable {
        case concern, action, huddle, symphony

        var prefix: String { rawValue + ":" }

        init?(_ stream: StreamName) {
            guard let kind = Self.allCases.first(where: { stream.rawValue.hasPrefix($0.prefix) }) else { return nil }
            self = kind
        }
    }

    /// Takes in the next event of the log, or of one of its streams; passes over what is no act.
    mutating func take(_ event: RecordedEvent) {
        do throws(JSONError) {
            switch Kind(event.stream) {
            case .concern: concerns[event.stream, default: Concern()].evolve(try StaffEvent(event))
            case .action: actions[event.stream, default: HuddleAction()].evolve(try StaffEvent(event))
            case .huddle: huddles[event.stream, default: HuddleDay()].evolve(try StaffEvent(event))
            case .symphony: scores[event.stream, default: SymphonyScore()].evolve(try StaffEvent(event))
            case nil: break
            }
        } catch {
            poison.append(
                PoisonEvent(
                    position: event.position, stream: event.stream, type: event.type, reason: "\(error)",
                    recordedAt: event.recordedAt))
        }
    }

    /// What the practice is told of some of the events that were taken in: one line each.
    ///
    func changes(of events: some Sequence<RecordedEvent>) -> [PracticeChange] {
        events.compactMap { event in
            guard let kind = Kind(event.stream) else { return nil }
            let type = ChangeType(ofEvent: event.type)
            let (subject, lists): (PatientSubject?, [String]) =
                switch kind {
                case .concern: (concerns[event.stream]?.subject, ["concerns", "huddle"])
                case .symphony: (scores[event.stream]?.subject, ["huddle", "symphony"])
                case .action: (actions[event.stream]?.subject, ["huddle"])
                // A line says on each list whether its patient has been discussed; a close opens all windows anew.
                case .huddle: (Self.discussed(event), [PracticeChange.allLists])
                }
            return PracticeChange(
                practice: log.rawValue, type: type, patientRef: subject.map(ref), lists: lists, toldAt: event.recordedAt)
        }
    }

    /// Whom the mark of a huddle is about; `nil` of its close.
    private static func discussed(_ event: RecordedEvent) -> PatientSubject? {
        switch (try? StaffEvent<HuddleFact>(event))?.fact {
        case .discussed(let subject), .discussionUndone(let subject): subject
        case .closed, nil: nil
        }
    }

    private func ref(_ subject: PatientSubject) -> String {
        key.patientRef(
            hospital: subject.hospital, patient: StateKey(subject.patient).rawValue, practice: log.rawValue)
    }

    /// What the tables show of all that was taken in.
    var rows: ActRows {
        let practice = log.rawValue
        func identifier(_ stream: StreamName, _ kind: Kind) -> String {
            String(stream.rawValue.dropFirst(kind.prefix.count))
        }
        var rows = ActRows(practice: practice)
        for (stream, concern) in concerns.sorted(by: { $0.key < $1.key }) {
            let id = identifier(stream, .concern)
            if let row = ConcernRow(concern, id: id, practice: practice, ref: ref) { rows.concerns.append(row) }
        }
        for (stream, action) in actions.sorted(by: { $0.key < $1.key }) {
            let id = identifier(stream, .action)
            if let row = ActionRow(action, id: id, practice: practice, ref: ref) { rows.actions.append(row) }
        }
        for (stream, huddle) in huddles.sorted(by: { $0.key < $1.key }) {
            rows.huddles.append(
                HuddleRow(huddle, day: identifier(stream, .huddle), practice: practice, ref: ref))
        }
        for score in scores.sorted(by: { $0.key < $1.key }).map(\.value) {
            if let row = SymphonyRow(score, practice: practice, ref: ref) {
                rows.scores.append(row)
            } else if let subject = score.subject {
                rows.scoresGone.append(ref(subject))
            }
        }
        return rows
    }
}
