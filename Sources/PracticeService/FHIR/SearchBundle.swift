import EventSourcing
import HTTPTypes
import Hummingbird
import Projections

/// A Bundle of type searchset (R4 section 3.1.1.4): what matched, what is included, and what has to be said of both.
///
/// `total` is left out: it is optional, and counting would cost more than the page. A feed that is silent, or none at
/// all, is said by an OperationOutcome among the entries, for an empty Bundle must not look as if nobody were in
/// hospital.
struct SearchBundle {
    let body: [UInt8]
    /// Weak: a digest of all but when the Bundle was made.
    let entityTag: String

    /// - Parameter feeds: those that the matches hang on; `nil` where they hang on none.
    init(
        base: String, selfLink: String, nextLink: String?, matches: [FHIRResource], included: [FHIRResource] = [],
        feeds: [FeedFreshness]?, providers: ProviderDirectory, now: Instant
    ) {
        var said = JSONAnswer(capacity: matches.reduce(1_024) { $0 + $1.json.count + 256 })
        said.beginObject()
        said.field("type", "searchset")
        said.objects(
            "link",
            [("self", selfLink), ("next", nextLink)].map { relation, url in
                url.map { url in
                    JSONAnswer.object { json in
                        json.field("relation", relation)
                        json.field("url", url)
                    }
                }
            })
        said.objects(
            "entry",
            matches.map { Self.entry($0, "match", base: base) }
                + included.map { Self.entry($0, "include", base: base) }
                + [feeds.flatMap { Self.freshness($0, providers: providers) }])
        said.endObject()
        let versionID = String(Digest(of: said.bytes).hexadecimal.prefix(20))
        entityTag = "W/\"\(versionID)\""

        var json = JSONAnswer(capacity: said.bytes.count + 128)
        json.beginObject()
        json.field("resourceType", "Bundle")
        json.key("meta")
        json.beginObject()
        json.field("lastUpdated", systemTime: now)
        json.endObject()
        var bytes = json.bytes
        bytes.append(UInt8(ascii: ","))
        bytes.append(contentsOf: said.bytes.dropFirst())
        body = bytes
    }

    private static func entry(_ resource: FHIRResource, _ mode: StaticString, base: String) -> [UInt8] {
        JSONAnswer.object { json in
            json.field("fullUrl", "\(base)/\(resource.type)/\(resource.id)")
            json.key("resource")
            json.json(resource.json)
            json.key("search")
            json.beginObject()
            json.key("mode")
            json.string(mode)
            json.endObject()
        }
    }

    private static func freshness(_ feeds: [FeedFreshness], providers: ProviderDirectory) -> [UInt8]? {
        let silent = feeds.filter { $0.state == .silent }
        let behind = feeds.filter { $0.behind > 0 }
        guard !feeds.isComplete else { return nil }
        return JSONAnswer.object { json in
            json.key("resource")
            json.beginObject()
            json.field("resourceType", "OperationOutcome")
            json.objects(
                "issue",
                feeds.isEmpty
                    ? [issue("feed_silent", "No hospital has been heard yet: do not take this as empty.")]
                    : silent.map { feed in
                        issue(
                            "feed_silent",
                            """
                            \(providers.feedName(feed)) has been silent since \(feed.lastHeard.wholeSecond.iso8601): \
                            what happened there since may be missing.
                            """
                        )
                    }
                        + behind.map { feed in
                            issue(
                                "list_catching_up",
                                """
                                We are still taking in \(feed.behind) messages of \(providers.feedName(feed)): what \
                                they tell is missing.
                                """
                            )
                        })
            json.endObject()
            json.key("search")
            json.beginObject()
            json.field("mode", "outcome")
            json.endObject()
        }
    }

    private static func issue(_ code: StaticString, _ text: String) -> [UInt8] {
        JSONAnswer.object { json in
            json.field("severity", "warning")
            json.field("code", "incomplete")
            json.key("details")
            json.beginObject()
            json.objects("coding", [JSONAnswer.coding(FHIRSystem.problem, "\(code)", nil)])
            json.field("text", text)
            json.endObject()
        }
    }
}
