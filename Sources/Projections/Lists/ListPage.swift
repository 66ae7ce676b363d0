package import EventSourcing

/// One page of a list, with what it needs to be understood: how far it counts, and how fresh each feed is.
package struct ListPage: Sendable, Hashable {
    /// The list.
    package var list: PracticeList
    /// The practice.
    package var practice: String
    /// The lines, in the order of the list.
    package var items: [ListItem]
    /// How many lines the whole list has.
    package var total: Int
    /// Opaque; asks for the next page. `nil` on the last.
    package var nextCursor: String?
    /// After when a thing had to be told; `nil` where the list has no window, or an endless one.
    package var since: Instant?
    /// All feeds, in the order of their hospitals.
    package var feeds: [FeedFreshness]
    /// When the page was made.
    package var madeAt: Instant
    /// The access record that the page was read under: its id as text.
    package var accessID: String
    /// The moment of the past that the page shows; `nil` for the present.
    package var cut: AsAtCut?

    /// Up to when the page counts what was told.
    package var toldThrough: Instant? { feeds.toldThrough }
    /// Whether nothing is missing, as far as the feeds go.
    package var isComplete: Bool { feeds.isComplete }
}
