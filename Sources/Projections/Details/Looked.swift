package import EventSourcing

/// What one look has found, with what it needs to be understood: how far it counts, and how fresh each feed is.
package struct Looked<Found: Sendable>: Sendable {
    /// What was found.
    package var found: Found
    /// The practice on whose behalf.
    package var practice: String
    /// All feeds, in the order of their hospitals.
    package var feeds: [FeedFreshness]
    /// When the look was made.
    package var madeAt: Instant
    /// The access record that it was made under: its id as text.
    package var accessID: String
    /// The moment of the past that it shows; `nil` is the present.
    package var cut: AsAtCut?

    package init(
        found: Found, practice: String, feeds: [FeedFreshness], madeAt: Instant, accessID: String,
        cut: AsAtCut? = nil
    ) {
        self.found = found
        self.practice = practice
        self.feeds = feeds
        self.madeAt = madeAt
        self.accessID = accessID
        self.cut = cut
    }

    /// Up to when the answer counts what was told.
    package var toldThrough: Instant? { feeds.toldThrough }
    /// Whether nothing is missing, as far as the feeds go.
    package var isComplete: Bool { feeds.isComplete }
}
