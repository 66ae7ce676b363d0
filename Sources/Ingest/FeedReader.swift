import ADT

/// A feed with its reader made once, not once a message.
struct FeedReader: Sendable {
    let feed: Feed
    let adt: ADTReader

    init(_ feed: Feed, profile: SenderProfile, isLive: Bool) {
        self.feed = feed
        adt = ADTReader(profile: profile, isLive: isLive)
    }
}
