import Admissions
import EventLog
import EventSourcing
import Postgres

/// A moment of the past as a history needs it: up to where each log counts, and which rows stood then.
///
/// The rows are folded anew by the fold that the projector uses (`AsAtHospital`), so that a practice is told of an
/// encounter by a moment only if it was the practice's then.
struct HistoryPast: Sendable {
    let cut: AsAtCut
    private let reader: AsAtReader
    private let ends: [LogName: Position]
    private let basis: ViewBasis

    /// Finds the moment.
    ///
    /// - Throws: `ProjectionError.momentUnknown` for a position that the log has not reached; `PostgresError`.
    init(_ asked: AsAtMoment, reader: AsAtReader) async throws {
        ends = try await reader.ends()
        cut = try await reader.cut(at: asked, ends)
        basis = try await ViewBasis.load(from: reader.archive)
        self.reader = reader
    }

    /// Whether an event had been told.
    func holds(_ event: RecordedEvent) -> Bool {
        event.position <= cut.positions[event.log] ?? .origin
    }

    /// How fresh the feeds were.
    func feeds() async throws -> [FeedFreshness] {
        try await FeedTable.feeds(at: cut, by: reader.rule, channel: .pool(reader.archive))
    }

    /// The rows in which these encounters of a hospital stood, in the order in which they came there.
    func rows(of encounters: [EncounterKey], in hospital: LogName) async throws -> [HistoryStatements.FoundRow] {
        guard !encounters.isEmpty else { return [] }
        var keys = AsAtHospital.Keys()
        keys.encounters = Set(encounters.map { StateKey($0).rawValue })
        let folded = try await AsAtHospital(
            keys, of: hospital, at: cut, knowing: .then, basis: basis,
            identities: try await reader.identities(of: hospital, through: ends), channel: .pool(reader.archive))
        return folded.rows.filter { keys.encounters.contains($0.encounterKey) }
            .map { HistoryStatements.FoundRow($0) }
            .sorted {
                ($0.row.shownSince, $0.row.practice, $0.row.encounterRef)
                    < ($1.row.shownSince, $1.row.practice, $1.row.encounterRef)
            }
    }
}

/// What a practice was to see of one hospital's log at a moment of the past: that of its rows, and of those whose
/// patients had moved on until they did.
struct HistoryRight {
    /// Before when a thing had to be told, by the encounter's key; `nil` is no end.
    private var ends: [String: Instant?] = [:]
    /// The same of the patient's own events: by whichever row lets the most be seen.
    private var end: Instant?

    /// - Parameter rows: the practice's own.
    init(_ rows: [HistoryStatements.FoundRow]) {
        for row in rows where row.isTold {
            ends.updateValue(row.row.withdrawnAt, forKey: row.encounterKey)
            end = end.map { max($0, row.row.withdrawnAt ?? .distantFuture) } ?? row.row.withdrawnAt ?? .distantFuture
        }
    }

    /// Whether an event was the practice's to see; `fold` says which encounter it is about.
    func holds(_ event: RecordedEvent, in fold: LogFold?) -> Bool {
        guard let key = event.stream.encounterKey else { return end.map { event.recordedAt < $0 } ?? false }
        guard let found = ends[StateKey(fold?.root(of: key) ?? key).rawValue] else { return false }
        return found.map { event.recordedAt < $0 } ?? true
    }
}

extension Instant {
    fileprivate static let distantFuture = Instant(microseconds: .max)
}
