package import EventSourcing

/// A list as a practice saw it at a moment, beside what is known now of that moment.
package struct AsAtComparison: Sendable, Hashable {
    /// All lines of one side, in the order of the list.
    package struct Side: Sendable, Hashable {
        /// After when a thing had to be told; `nil` where the list has no window.
        package var since: Instant?
        package var items: [ListItem]
    }

    package var list: PracticeList
    package var practice: String
    package var cut: AsAtCut
    /// As the feeds were then.
    package var feeds: [FeedFreshness]
    /// What was shown.
    package var then: Side
    /// What is known now.
    package var now: Side
    /// The access record that it was read under: its id as text.
    package var accessID: String

    /// Encounters that were shown and, as is known now, should not have been.
    package var onlyThen: [String] { Self.refs(then).filter { !Set(Self.refs(now)).contains($0) } }
    /// Encounters that were not shown and, as is known now, should have been.
    package var onlyNow: [String] { Self.refs(now).filter { !Set(Self.refs(then)).contains($0) } }
    /// Encounters of both of which something else is known now.
    package var changed: [String] {
        let shown = Dictionary(then.items.map { ($0.row.encounterRef, $0) }) { first, _ in first }
        return now.items.filter { item in
            shown[item.row.encounterRef].map { Self.content($0) != Self.content(item) } ?? false
        }.map(\.row.encounterRef)
    }

    private static func refs(_ side: Side) -> [String] { side.items.map(\.row.encounterRef) }

    /// What a line says of the patient, apart from how often and when that was told.
    private static func content(_ item: ListItem) -> EncounterRow {
        var row = item.row
        row.version = 0
        row.firstToldAt = Instant(microseconds: 0)
        row.lastToldAt = Instant(microseconds: 0)
        row.shownSince = Instant(microseconds: 0)
        row.admitted.toldAt = nil
        row.arrived.toldAt = nil
        row.discharged.toldAt = nil
        return row
    }
}
