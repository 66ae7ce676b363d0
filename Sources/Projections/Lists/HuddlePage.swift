package import Admissions
package import EventSourcing

/// A practice's huddle: everybody to speak of, each once, in sections.
package struct HuddlePage: Sendable, Hashable {
    /// The people of one section, in its order.
    package struct Section: Sendable, Hashable {
        package var section: HuddleSection
        package var items: [ListItem]
        /// Of the Symphony section: how many more have a score in the band, and no news.
        package var othersUnchanged: Int

        package init(section: HuddleSection, items: [ListItem], othersUnchanged: Int = 0) {
            self.section = section
            self.items = items
            self.othersUnchanged = othersUnchanged
        }
    }

    /// The practice.
    package var practice: String
    /// All sections, also empty ones, in the order of `HuddleSection.allCases`.
    package var sections: [Section]
    /// After when news counts as new.
    package var since: Instant
    /// All feeds, in the order of their hospitals.
    package var feeds: [FeedFreshness]
    /// When the page was made.
    package var madeAt: Instant
    /// The access record that the page was read under: its id as text.
    package var accessID: String
    /// The moment of the past that the page shows; `nil` for the present.
    package var cut: AsAtCut?

    /// How many people there are in all sections.
    package var total: Int { sections.reduce(0) { $0 + $1.items.count } }
    /// Up to when the page counts what was told.
    package var toldThrough: Instant? { feeds.toldThrough }
    /// Whether nothing is missing, as far as the feeds go.
    package var isComplete: Bool { feeds.isComplete }
}
