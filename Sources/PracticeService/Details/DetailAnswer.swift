import EventSourcing
import HTTPTypes
import Hummingbird
import Projections

/// The body of an answer about one encounter or patient, and the version of what it says.
///
/// As with lists (`ListAnswer`), the strong entity tag is a digest of what a reader would act upon: the content and the
/// state of each feed, not the times that every message moves.
struct DetailAnswer {
    let body: [UInt8]
    /// The opaque part: `pat.Z99001.` and twenty hexadecimal digits.
    let entityTag: String

    /// Takes what was found, and writes what the answer says of it.
    init<Found>(
        _ prefix: String, _ looked: Looked<Found>, providers: ProviderDirectory, now: Instant,
        content: (inout JSONAnswer) -> Void
    ) {
        var said = JSONAnswer(capacity: 2_048)
        said.beginObject()
        content(&said)
        said.field("complete", looked.isComplete)

        var states = said
        states.key("feeds")
        states.beginArray()
        for feed in looked.feeds {
            states.string(feed.hospital.rawValue)
            states.string(feed.feed)
            states.string(feed.state.rawValue)
            states.bool(feed.behind > 0)
        }
        states.endArray()
        states.endObject()
        entityTag = "\(prefix).\(looked.practice).\(Digest(of: states.bytes).hexadecimal.prefix(20))"

        var json = said
        json.key("feeds")
        json.feeds(looked.feeds, providers: providers)
        json.key("as_of")
        json.beginObject()
        json.field("told_through", systemTime: looked.toldThrough)
        json.field("made_at", systemTime: now)
        if let cut = looked.cut { json.field("at", cut.moment.iso8601) }
        json.endObject()
        json.endObject()
        body = json.bytes
    }

    /// The answer, or 304 where the client has it already.
    func response(to request: Request) -> Response {
        let headers: HTTPFields = [.eTag: "\"\(entityTag)\""]
        if request.method == .get || request.method == .head,
            EntityTag.matches(ifNoneMatch: request.headers[.ifNoneMatch], current: entityTag)
        {
            var response = Response(status: .notModified, headers: headers)
            // A 304 says nothing of a length that is not the 200's (RFC 9110 section 8.6).
            response.headers[.contentLength] = nil
            return response
        }
        return .json(body, headers: headers)
    }
}
