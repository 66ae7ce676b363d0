package import ADT
import EventSourcing

/// Finds the feed of a message by the facility that sent it, and the habits to read it by.
///
/// The habits are those of the profile that was named for the feed; where none was, those of the first rule that
/// matches the sender; where none does, what UK hospitals do as a rule. A facility that nobody listed fills the log of
/// the *unlisted*: its messages are kept and shown, and an operator is told, but they never mix with a listed
/// hospital's.
package struct FeedDirectory: Sendable {
    package let feeds: [Feed]
    package let unlisted: Feed
    private let readersByFacility: [String: FeedReaders]
    private let unlistedReaders: FeedReaders

    /// - Parameters:
    ///   - feeds: a facility listed twice belongs to the first feed that lists it.
    ///   - rules: which senders have which habits, the first that matches counts.
    ///   - isLive: whether real patients are told of: numbers of the test range are then put in quarantine.
    package init(feeds: [Feed], unlisted: Feed, rules: [SenderRule] = [], isLive: Bool = false) {
        self.feeds = feeds
        self.unlisted = unlisted
        unlistedReaders = FeedReaders(unlisted, rules: rules, isLive: isLive)
        var readers: [String: FeedReaders] = [:]
        for feed in feeds {
            for facility in feed.facilities where readers[facility] == nil {
                readers[facility] = FeedReaders(
                    feed, rules: rules.filter { $0.pattern.matches(facility: facility) }, isLive: isLive)
            }
        }
        readersByFacility = readers
    }

    /// How a message of this sender (MSH-3 and MSH-4 as sent) is read.
    func reader(application: String, facility: String) -> FeedReader {
        let readers = readersByFacility[facility] ?? readersByFacility[facility.uppercased()] ?? unlistedReaders
        return readers.reader(application: application, facility: facility)
    }

    /// The habits that a message of this sender is read by.
    package func profile(application: String, facility: String) -> SenderProfile {
        reader(application: application, facility: facility).adt.profile
    }

    /// Whether a facility (MSH-4 as sent) is listed.
    package func lists(_ facility: String) -> Bool {
        readersByFacility[facility.uppercased()] != nil
    }
}
