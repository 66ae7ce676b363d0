import EventSourcing

/// What stands above a list of the past: whose, when, as the feeds were, and under which record it is read.
struct AsAtHead: Sendable {
    let practice: String
    /// The access record, as text.
    let accessID: String
    let cut: AsAtCut
    /// The beginning of the window; `nil` is always.
    let since: Instant?
    let feeds: [FeedFreshness]
    /// How many people had a Symphony score in the highest band; of huddles alone.
    let bandCount: Int
}
