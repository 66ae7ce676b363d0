import ADT

/// The readers of one feed: one a rule that may match its senders, and one for the rest.
struct FeedReaders: Sendable {
    private let ruled: [(pattern: SenderPattern, reader: FeedReader)]
    private let rest: FeedReader

    init(_ feed: Feed, rules: [SenderRule], isLive: Bool) {
        rest = FeedReader(feed, profile: feed.profile, isLive: isLive)
        ruled =
            feed.hasNamedProfile
            ? [] : rules.map { ($0.pattern, FeedReader(feed, profile: $0.profile, isLive: isLive)) }
    }

    func reader(application: String, facility: String) -> FeedReader {
        guard !ruled.isEmpty else { return rest }
        let (application, facility) = (application.uppercased(), facility.uppercased())
        for (pattern, reader) in ruled where pattern.matches(application: application, facility: facility) {
            return reader
        }
        return rest
    }
}
