import Admissions
import EventLog
package import EventSourcing
import Postgres

/// Replays a whole district up to a moment of the past: every log, whole, without any index or view.
///
/// The other way to the same past as `AsAtReader`, which finds by today's rows whom a list may have shown and folds
/// those alone. Both end in one step (`AsAtLook`), so they must agree, line for line; where the views stand behind the
/// moment, or an index lies, they do not. Reads through the pools of an `AsAtReader`, whose archive needs two
/// connections.
package struct DistrictReplay: Sendable {
    let past: AsAtReader
    private let window: @Sendable (Instant) -> ListQuestion.Window

    /// - Parameter window: of all lists, by the moment.
    package init(_ past: AsAtReader, window: @escaping @Sendable (Instant) -> ListQuestion.Window) {
        self.past = past
        self.window = window
    }

    /// Folds everything that had been told by then.
    ///
    /// `progress` is told of events folded and of all that there are, at least every 5,000. Throws
    /// `ProjectionError.momentUnknown` for a position that the log has not reached, or `PostgresError`. Nobody is
    /// shown, and nothing recorded, until a list is asked for.
    package func run(
        to moment: AsAtMoment, progress: (_ done: Int64, _ total: Int64) -> Void = { _, _ in }
    ) async throws -> ReplayedDistrict {
        let cut = try await past.cut(at: moment, try await past.ends())
        let channel = StatementChannel.pool(past.archive)
        let window = window(cut.moment)
        var fold = DistrictFold(
            cut: cut, basis: try await ViewBasis.load(from: channel), window: window, settings: past.rules.settings)
        let total = fold.total
        var done: Int64 = 0
        progress(done, total)
        try await fold.fold(from: EventReader(pool: past.archive)) { count in
            done += count
            progress(done, total)
        }
        let today = try await past.archive.query(PracticesToday.select)
        return ReplayedDistrict(
            past: past, fold: fold, window: window,
            feeds: try await FeedTable.feeds(at: cut, by: past.rule, channel: channel),
            practices: fold.practices.union(try today.map { try $0.decode(0, as: String.self) })
                .subtracting([EncounterRow.unknownPractice]).sorted())
    }
}
