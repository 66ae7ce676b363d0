import EventSourcing
import HTTPTypes
import Hummingbird
import Projections

/// A history as it is answered, in the form that the caller can read.
///
/// Each form has an entity tag of its own; like those of other details it is of what a reader would act upon, so that a
/// picture whose only change is the time it was made at stays a 304.
struct HistoryAnswer {
    /// What is told beside the history itself.
    struct Told: Sendable {
        /// Whether who else was told belongs to it: for auditors.
        var others = false
        /// The messages; `nil` where nobody asked for them.
        var messages: [HistoryMessage]?
    }

    private let form: HistoryForm
    private let detail: DetailAnswer
    /// What is shown in another form than JSON; made only if the client has it not yet.
    private let shown: (() -> String)?

    init(
        _ history: History, _ looked: Looked<History?>, of ref: String, _ asked: HistoryParameters, telling told: Told,
        providers: ProviderDirectory, now: Instant
    ) {
        form = asked.form
        // A picture and a page hold all of it, whatever the limit is of a page of JSON.
        let (items, next) = form == .json ? asked.page(of: history) : (history.items[...], nil)
        detail = DetailAnswer(form.tagPrefix, looked, providers: providers, now: now) { json in
            json.field("practice", looked.practice)
            json.field("of", ref)
            json.history(history, items: items, tellsOthers: told.others)
            if let messages = told.messages { json.messages(messages) }
            json.field("next", next)
        }
        switch form {
        case .json: shown = nil
        case .svg: shown = { HistoryChart(history, now: looked.cut?.moment ?? now).text() }
        case .html:
            let silent = looked.feeds.filter { $0.state == .silent }.map { providers.feedName($0) }
            shown = {
                HistoryPage(
                    history, of: ref, now: now, asAt: looked.cut?.moment, silent: silent, messages: told.messages ?? []
                ).text()
            }
        }
    }

    /// The answer, or 304 where the client has it already.
    func response(to request: Request) -> Response {
        var response = detail.response(to: request)
        response.headers[.vary] = "Accept"
        guard response.status == .ok, let shown else { return response }
        var headers = response.headers
        headers[.contentType] = form.contentType
        headers[.contentSecurityPolicy] = form.policy
        headers[.contentLength] = nil
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: shown())))
    }
}
