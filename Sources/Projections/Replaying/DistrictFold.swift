import Admissions
import EventLog
import EventSourcing

/// All logs of a district folded whole, each from its first event up to a moment of the past, in memory.
///
/// The fold is the rebuild's (`FreshFold`): practices' logs first, for whose patient somebody is, then one hospital
/// after the other. Of a hospital's fold, some two kilobytes an encounter, only rows stay: those of the year that lists
/// look at, and what is open.
struct DistrictFold: Sendable {
    let cut: AsAtCut
    let basis: ViewBasis
    /// Events folded.
    private(set) var events: Int64 = 0
    /// Events that could not be read.
    private(set) var unread = 0
    private var rows: [String: [EncounterTable.RowKey: EncounterRow]] = [:]
    private var cases: [String: [OnboardingCaseRow]] = [:]
    /// Since when a row must have been of any moment to stay.
    private let reach: Instant
    private var points: [RegistrationPoint] = []
    /// Patients with a Symphony score by form: counted however long they were away.
    private var scored: Set<String> = []

    /// - Parameter window: of all lists that will be asked for.
    init(cut: AsAtCut, basis: ViewBasis, window: ListQuestion.Window, settings: HuddleSettings) {
        self.cut = cut
        self.basis = basis
        let year = cut.moment - .seconds((settings.historyDays + CandidateQuery.historyMarginDays) * 86_400)
        reach =
            switch window {
            case .always: Instant(microseconds: .min)
            case .after(let since): min(year, since)
            case .afterLastHuddle(let otherwise): min(year, otherwise)
            }
    }

    /// How many events there are to fold.
    var total: Int64 { cut.positions.values.reduce(0) { $0 + $1.rawValue } }

    /// Practices with a row, or with a log of their own; not that of nobody's patients.
    var practices: Set<String> {
        let told = cut.positions.filter { $0.key.practice != nil && $0.value > .origin }.map(\.key.rawValue)
        return Set(rows.keys).union(told).subtracting([EncounterRow.unknownPractice])
    }

    /// The rows that stood under a practice.
    func rows(of practice: String) -> [EncounterTable.RowKey: EncounterRow] { rows[practice] ?? [:] }

    /// The hot onboarding cases of a practice's patients.
    func cases(of practice: String) -> [OnboardingCaseRow] { cases[practice] ?? [] }

    /// Folds everything, once.
    ///
    /// - Parameter progress: told of events as they are folded, some thousand at a time.
    mutating func fold(from reader: EventReader, progress: (Int64) -> Void) async throws {
        let logs = cut.positions.filter { $0.value > .origin }.sorted { $0.key < $1.key }
        for (log, end) in logs {
            guard let fold = try await practiceLog(log, through: end, from: reader, progress: progress)
            else { continue }
            points += fold.run.points
            scored.formUnion(fold.acts.rows.scores.map(\.patientRef))
            unread += fold.poison.count
            events += end.rawValue
        }
        points.sort()
        for (log, end) in logs where log.practice == nil {
            var fold = FreshFold(hospital: log, basis: basis, points: points)
            try await fold.fold(through: end, from: reader, progress: progress)
            unread += fold.poison.count
            events += end.rawValue
            take(&fold)
        }
        points = []
    }

    /// What a practice's own log said; `nil` of what is no practice's.
    func practiceLog(
        _ log: LogName, through end: Position, from reader: EventReader, progress: (Int64) -> Void = { _ in }
    ) async throws -> FreshPracticeLog? {
        guard let practice = log.practice else { return nil }
        var fold = FreshPracticeLog(log: log, practice: practice, basis: basis)
        try await fold.fold(through: end, from: reader, progress: progress)
        return fold
    }

    private mutating func take(_ fold: inout FreshFold) {
        for row in fold.onboardingRows() { cases[row.shown.practice, default: []].append(row.shown) }
        var practices = fold.practices
        let hospital = practices.hospital
        practices.eachRow { row in
            if isKept(row) { rows[row.practice, default: [:]][EncounterTable.RowKey(row, of: hospital)] = row }
        }
    }

    /// Whether any list can look at a row.
    private func isKept(_ row: EncounterRow) -> Bool {
        let moments = [row.startedAt, row.endedAt, row.lastToldAt, row.shownSince, row.correctedAt].compactMap(\.self)
        if row.isOpen || moments.contains(where: { $0 > reach }) { return true }
        return scored.contains(row.patient.ref) || row.patient.formerRefs.contains(where: scored.contains)
    }
}
