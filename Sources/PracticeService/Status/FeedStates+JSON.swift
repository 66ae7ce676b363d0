import EventSourcing
import Projections

extension JSONAnswer {
    /// The feeds of an answer that is about them: as in a list, and since when one is silent, when the log was told,
    /// and how long a silence is usual at this hour (`null` while that is not learned).
    mutating func feedStates(_ feeds: [FeedFreshness], providers: ProviderDirectory) {
        beginArray()
        for feed in feeds {
            beginObject()
            standing(of: feed, providers: providers)
            field("hospital", feed.hospital.rawValue)
            field("position", feed.position.rawValue)
            field("silent_since", systemTime: feed.silentSince)
            field("silence_told_at", systemTime: feed.silenceToldAt)
            field("usual_gap_seconds", feed.usual?.components.seconds)
            endObject()
        }
        endArray()
    }
}
