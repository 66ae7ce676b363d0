import EventSourcing
import Projections

/// The body of an answer to a list, and the version of its content.
///
/// The shape is product.md section 5.2, to the order of the members. Clinical times carry London's offset, system times
/// `Z`; both are cut to whole seconds. Where a hospital gave a day and no time, the day alone stands there.
///
/// What is restricted is withheld here once more, whatever the source has done (product.md section 4.9): location and
/// the place a patient was discharged to.
struct ListAnswer: TaggedAnswer {
    let body: [UInt8]
    /// The strong entity tag's opaque part: `inh.Z99001.` and twenty hexadecimal digits.
    ///
    /// A digest of what the answer says: items, total, the next page, and of the feeds their state. It does not change
    /// with `made_at`, `told_through` and `last_heard`, which every message of a hospital moves, so that a poll stays a
    /// 304 while nothing a reader would act upon has changed; a client that holds to its older times errs on the safe
    /// side. It does change when a feed falls silent. It is made from what is shown, so what is withheld does not move
    /// it.
    let entityTag: String

    /// - Parameters:
    ///   - nextCursor: as the caller is to send it.
    ///   - saysWhy: whether each flag names its rule and evidence.
    init(page: ListPage, nextCursor: String?, providers: ProviderDirectory, saysWhy: Bool = false, now: Instant) {
        let items = Self.items(page, providers: providers, saysWhy: saysWhy, now: page.cut?.moment ?? now)
        entityTag = Self.entityTag(page, nextCursor: nextCursor, items: items)

        var json = JSONAnswer(capacity: items.count + 512)
        json.beginObject()
        json.field("list", page.list.rawValue)
        json.field("practice", page.practice)
        json.standing(of: page.feeds, providers: providers, at: now, cut: page.cut)
        json.field("total", Int64(page.total))
        json.key("items")
        json.json(items)
        json.field("next_cursor", nextCursor)
        json.endObject()
        body = json.bytes
    }

    private static func items(
        _ page: ListPage, providers: ProviderDirectory, saysWhy: Bool, now: Instant
    ) -> [UInt8] {
        var json = JSONAnswer(capacity: page.items.count * 768 + 16)
        json.beginArray()
        for item in page.items {
            json.item(item, of: page.list, providers: providers, saysWhy: saysWhy, now: now)
        }
        json.endArray()
        return json.bytes
    }

    private static func entityTag(_ page: ListPage, nextCursor: String?, items: [UInt8]) -> String {
        var json = JSONAnswer(capacity: items.count + 256)
        json.beginArray()
        json.string(page.list.rawValue)
        json.string(page.practice)
        json.bool(page.isComplete)
        for feed in page.feeds {
            json.string(feed.hospital.rawValue)
            json.string(feed.feed)
            json.string(feed.state.rawValue)
            json.bool(feed.behind > 0)
        }
        json.integer(Int64(page.total))
        json.json(items)
        if let nextCursor { json.string(nextCursor) }
        json.endArray()
        let prefix = page.list.rawValue.filter { $0 != "-" }.prefix(3)
        return "\(prefix).\(page.practice).\(Digest(of: json.bytes).hexadecimal.prefix(20))"
    }
}

/// An answer with the version of its content.
protocol TaggedAnswer {
    var body: [UInt8] { get }
    /// The strong entity tag's opaque part.
    var entityTag: String { get }
}

extension JSONAnswer {
    /// How far an answer made at `now` counts, whether anything may be missing, and how fresh each feed is.
    ///
    /// - Parameter cut: the moment of the past that it shows.
    mutating func standing(
        of feeds: [FeedFreshness], providers: ProviderDirectory, at now: Instant, cut: AsAtCut? = nil
    ) {
        key("as_of")
        beginObject()
        field("told_through", systemTime: feeds.toldThrough)
        field("made_at", systemTime: now)
        if let cut { field("at", cut.moment.iso8601) }
        endObject()
        field("complete", feeds.isComplete)
        key("feeds")
        self.feeds(feeds, providers: providers)
    }

    /// The feeds of an answer.
    mutating func feeds(_ feeds: [FeedFreshness], providers: ProviderDirectory) {
        beginArray()
        for feed in feeds {
            beginObject()
            standing(of: feed, providers: providers)
            endObject()
        }
        endArray()
    }

    /// How fresh one feed is: what all answers say of it. Whose it is, `/api/v1/feeds` says: no code of a hospital stands in
    /// an answer about a restricted patient.
    mutating func standing(of feed: FeedFreshness, providers: ProviderDirectory) {
        field("feed", providers.feedName(feed))
        field("state", feed.state.rawValue)
        field("last_heard", systemTime: feed.lastHeard)
        field("behind", feed.behind)
    }
}
