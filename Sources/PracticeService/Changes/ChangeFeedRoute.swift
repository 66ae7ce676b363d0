import EventSourcing
import HTTPTypes
import Hummingbird
import Logging
import Projections
import ServiceLifecycle

/// `GET /api/v1/practices/{ods}/changes`: what changed, in order, at least once (product.md 5.3).
///
/// Who waits is woken by the hub, not by asking the database; each look that is answered with changes has an access record
/// with the patients named in them.
struct ChangeFeedRoute: Sendable {
    static let path: RouterPath = "/api/v1/practices/{ods}/changes"

    let reader: ChangeReader
    let key: ChangeCursorKey
    let hub: ChangeHub
    let parts: ServiceParts

    @Sendable func answer(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let practice = context.parameters.get("ods") ?? ""
        let access = try await parts.gate.admit(request, context, to: .readChanges, of: practice, route: "changes")
        let parameters = try ChangeParameters(query: request.uri.query, practice: practice, key: key)
        // Before the first look: what is told between the look and the wait wakes too.
        let subscription = parameters.wait > .zero ? hub.subscribe(to: practice) : nil
        defer { subscription?.end() }
        var page = try await read(access, from: parameters.start, limit: parameters.limit)
        if page.changes.isEmpty, let subscription,
            await hasNews(subscription, of: practice, behind: page.next, within: parameters.wait)
        {
            page = try await read(access, from: .after(page.next), limit: parameters.limit)
        }
        context.trail.note { $0.items = page.changes.count }
        return .json(json(page, of: practice))
    }

    private func read(
        _ access: AccessRequest, from start: ChangeStart, limit: Int
    ) async throws(Problem) -> ChangePage {
        do {
            return try await reader.changes(access: access, from: start, limit: limit)
        } catch ProjectionError.cursorExpired {
            throw Problem(
                .cursorExpired,
                "Changes behind this cursor are no longer kept. Load the lists, then begin at the address in Link.",
                headers: [.link: "</api/v1/practices/\(access.practice)/changes?from=oldest>; rel=\"start\""])
        } catch {
            throw parts.logger.sourceFailed(
                error, requestID: access.requestID, configuration: parts.configuration)
        }
    }

    /// Waits until the journal goes on behind a cursor; `false` when the time is over or the service stops.
    private func hasNews(
        _ subscription: ChangeHub.Subscription, of practice: String, behind cursor: ChangeCursor, within limit: Duration
    ) async -> Bool {
        let alarm = Task {
            try await Task.sleep(for: limit)
            subscription.end()
        }
        defer { alarm.cancel() }
        return await withGracefulShutdownHandler {
            if goesOn(practice, behind: cursor) { return true }
            for await _ in subscription.wakes where goesOn(practice, behind: cursor) { return true }
            return false
        } onGracefulShutdown: {
            subscription.end()
        }
    }

    private func goesOn(_ practice: String, behind cursor: ChangeCursor) -> Bool {
        guard let standing = hub.standing(of: practice) else { return false }
        return standing.count > cursor.count || standing.epoch != cursor.epoch
    }

    private func json(_ page: ChangePage, of practice: String) -> [UInt8] {
        var json = JSONAnswer(capacity: page.changes.count * 384 + 128)
        json.beginObject()
        json.key("changes")
        json.beginArray()
        for change in page.changes {
            let cursor = ChangeCursor(epoch: page.next.epoch, count: change.count)
            json.change(
                change.change, cursor: key.text(cursor, of: practice), providers: parts.configuration.providers)
        }
        json.endArray()
        json.field("next", key.text(page.next, of: practice))
        json.field("caught_up", page.isCaughtUp)
        json.endObject()
        return json.bytes
    }
}

extension JSONAnswer {
    /// A change, without anything that would be a location: neither site nor feed, unless it is of the feed and of nobody.
    fileprivate mutating func change(_ change: PracticeChange, cursor: String, providers: ProviderDirectory) {
        beginObject()
        field("cursor", cursor)
        field("type", change.type.rawValue)
        key("happened_at")
        if let happened = change.happenedAt { clinicalTime(happened) } else { null() }
        field("told_at", systemTime: change.toldAt)
        field("encounter", change.encounterRef)
        field("patient", change.patientRef)
        field("class", change.encounterClass)
        key("lists")
        beginArray()
        for list in change.listNames { string(list) }
        endArray()
        field("href", change.address)
        if change.type.isOfFeed, let hospital = change.hospital { field("feed", providers.feedName(of: hospital)) }
        endObject()
    }
}

extension PracticeChange {
    /// The lists it may have changed, `all` written out.
    var listNames: [String] {
        guard lists == [Self.allLists] else { return lists }
        return PracticeList.allCases.filter { $0 != .unknownPractice }.map(\.rawValue).sorted()
    }

    /// Where the whole stands: the encounter, else the patient; `nil` where it is of neither.
    var address: String? {
        encounterRef.map { "/api/v1/encounters/\($0)" } ?? patientRef.map { "/api/v1/patients/\($0)" }
    }
}
