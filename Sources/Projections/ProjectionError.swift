/// Why a projection, a rebuild or a list could not be made.
///
/// Says where (hospital, position, column), never what stood there.
package enum ProjectionError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Another projector has moved the checkpoint: what was held in memory is stale.
    case checkpointMoved(hospital: String)
    /// The log gave other positions than the checkpoint asked for: a gap, or a log shorter than its checkpoint.
    case positionGap(hospital: String, expected: Int64, found: Int64)
    /// A stored state cannot be read by this version; a rebuild makes it again.
    case stateUnreadable(hospital: String, table: String)
    /// A row of a view does not decode.
    case rowUnreadable(table: String)
    /// There is no row in `practice.installation`: the schema has not been migrated.
    case installationMissing
    /// Another rebuild has taken the shadow tables.
    case rebuildOvertaken
    /// The shadow tables could not be swapped within the tries allowed.
    case swapRefused(tries: Int)
    /// The cursor was not made by this list.
    case cursorInvalid
    /// What follows the cursor is no longer kept.
    case cursorExpired
    /// `limit` is outside what the reader allows.
    case limitOutOfRange
    /// The log has not told so far: there is no such moment.
    case momentUnknown
    /// The window holds more encounters than one answer can weigh (`CandidateQuery.rowsMax`).
    case windowTooWide

    package var description: String {
        switch self {
        case .checkpointMoved(let hospital): "checkpoint-moved at \(hospital)"
        case .positionGap(let hospital, let expected, let found):
            "position-gap at \(hospital): expected \(expected), found \(found)"
        case .stateUnreadable(let hospital, let table): "state-unreadable in \(table) of \(hospital)"
        case .rowUnreadable(let table): "row-unreadable in \(table)"
        case .installationMissing: "installation-missing"
        case .rebuildOvertaken: "rebuild-overtaken"
        case .swapRefused(let tries): "swap-refused after \(tries) tries"
        case .cursorInvalid: "cursor-invalid"
        case .cursorExpired: "cursor-expired"
        case .limitOutOfRange: "limit-out-of-range"
        case .momentUnknown: "moment-unknown"
        case .windowTooWide: "window-too-wide"
        }
    }
}
