/// A change as it stands in a practice's journal.
package struct JournalledChange: Sendable, Hashable {
    /// Its number among the changes of the practice.
    package var count: Int64
    /// What changed.
    package var change: PracticeChange
}

/// One page of a practice's journal.
package struct ChangePage: Sendable, Hashable {
    /// The changes, in order.
    package var changes: [JournalledChange]
    /// Behind the last of them; where there is none, where it was asked from.
    package var next: ChangeCursor
    /// Whether there was nothing behind `next` when the page was read.
    package var isCaughtUp: Bool
}

/// From where a journal is read.
package enum ChangeStart: Sendable, Hashable {
    /// Behind the newest change: what comes from now on.
    case now
    /// From the oldest change that is kept.
    case oldest
    /// Behind a cursor.
    case after(ChangeCursor)
}
