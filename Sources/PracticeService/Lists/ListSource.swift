package import EventSourcing
package import Projections

/// Where the lists come from.
///
/// The routes need no more than this, so they run the same over PostgreSQL (`ListReader`) and over rows in memory.
/// Whatever is thrown, save a cursor that is not the list's own (`ProjectionError.cursorInvalid`), is answered as 503.
package protocol ListSource: DenialRecorder {
    /// Reads one page of a list and records who read it, in one transaction: no record, no rows.
    ///
    /// - Parameters:
    ///   - since: only what was first told to us after it; without meaning for `in-hospital`.
    ///   - limit: 1 to 200.
    ///   - cursor: `nextCursor` of the page before.
    func rows(
        of list: PracticeList, access: AccessRequest, since: Instant?, limit: Int, cursor: String?
    ) async throws -> ListPage

    /// How fresh every feed is; a look like any other, recorded with no patient shown.
    func feeds(access: AccessRequest) async throws -> [FeedFreshness]

    /// Whether a list could be read now; answers within seconds.
    func isReachable() async -> Bool
}
