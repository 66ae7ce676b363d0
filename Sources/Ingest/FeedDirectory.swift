import EventSourcing

/// Finds the feed of a message by the facility that sent it.
///
/// A facility that nobody listed is read by the default profile into the log of the *unlisted*: its messages are
/// kept and shown, and an operator is told, but they never mix with a listed hospital's.
package struct FeedDirectory: Sendable {
    package let feeds: [Feed]
    package let unlisted: Feed
    private let readersByFacility: [String: FeedReader]
    private let unlistedReader: FeedReader

    /// - Precondition: none; a facility listed twice belongs to the first feed that lists it.
    package init(feeds: [Feed], unlisted: Feed) {
        self.feeds = feeds
        self.unlisted = unlisted
        self.unlistedReader = FeedReader(unlisted)
        var readers: [String: FeedReader] = [:]
        for feed in feeds {
            let reader = FeedReader(feed)
            for facility in feed.facilities where readers[facility] == nil { readers[facility] = reader }
        }
        readersByFacility = readers
    }

    func reader(for facility: String) -> FeedReader {
        readersByFacility[facility] ?? readersByFacility[facility.uppercased()] ?? unlistedReader
    }

    /// Whether a facility (MSH-4 as sent) is listed.
    package func lists(_ facility: String) -> Bool {
        readersByFacility[facility.uppercased()] != nil
    }
}
