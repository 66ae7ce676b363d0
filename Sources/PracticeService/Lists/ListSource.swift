package import Projections

/// Where the lists come from.
///
/// The routes need no more than this, so they run the same over PostgreSQL (`ListReader`) and over rows in memory.
/// Whatever is thrown is answered as 503, save a cursor that is not the list's own (`ProjectionError.cursorInvalid`)
/// and a window that holds too much (`.windowTooWide`).
package protocol ListSource: DenialRecorder {
    /// Reads one page of a list, not the huddle, and records who read it, in one transaction: no record, no rows.
    func page(_ question: ListQuestion, access: AccessRequest) async throws -> ListPage

    /// Reads the huddle, all sections at once, and records who read it, in one transaction.
    func huddle(window: ListQuestion.Window, filter: ListFilter, access: AccessRequest) async throws -> HuddlePage

    /// How fresh every feed is; a look like any other, recorded with no patient shown.
    func feeds(access: AccessRequest) async throws -> [FeedFreshness]

    /// Whether a list could be read now; answers within seconds.
    func isReachable() async -> Bool
}
