import EventLog
import EventSourcing

/// A district as it stood at a moment of the past, folded whole.
package struct ReplayedDistrict: Sendable {
    let past: AsAtReader
    let fold: DistrictFold
    let window: ListQuestion.Window
    let feeds: [FeedFreshness]
    /// All practices that had or have a row, or a log of their own, ascending.
    package let practices: [String]

    /// The moment, and up to where each log was folded.
    package var cut: AsAtCut { fold.cut }
    /// How many events were folded.
    package var events: Int64 { fold.events }
    /// How many of them could not be read.
    package var unread: Int { fold.unread }

    /// One practice, with what its own log said by then, which is folded again for it: lists of people are too many to
    /// be held for all practices at once.
    ///
    /// - Parameter code: an ODS code, or `EncounterRow.unknownPractice`.
    package func practice(_ code: String) async throws -> ReplayedPractice {
        var own: FreshPracticeLog?
        if let log = LogName(code), let end = cut.positions[log], end > .origin {
            own = try await fold.practiceLog(log, through: end, from: EventReader(pool: past.archive))
        }
        return try await ReplayedPractice(district: self, practice: code, own: own)
    }
}
