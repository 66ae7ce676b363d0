import EventSourcing
import Synchronization

@testable import PracticeService
@testable import Projections

/// Lists held in memory, that remember who looked and who was turned away.
final class MemoryLists: ListSource {
    struct Look: Equatable {
        var list: PracticeList
        var access: AccessRequest
        var since: Instant?
        var limit: Int
        var cursor: String?
    }

    struct Refused: Equatable {
        var access: AccessRequest
        var reason: DenialReason
    }

    /// Holds what no answer may repeat.
    struct Broken: Error, CustomStringConvertible {
        let description = "server closed the connection: select 9990000018 from practice.encounter"
    }

    struct State {
        /// Items of each practice and list.
        var items: [String: [ListItem]] = [:]
        var feeds: [FeedFreshness] = []
        var isBroken = false
        var looks: [Look] = []
        var feedLooks: [AccessRequest] = []
        var denials: [Refused] = []
        /// How far the views are, for `StatusRoutes`.
        var logs: [ServiceStanding.Log] = []
    }

    private let state = Mutex(State())

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }
    var looks: [Look] { state.withLock { $0.looks } }
    var feedLooks: [AccessRequest] { state.withLock { $0.feedLooks } }
    var logs: [ServiceStanding.Log] { state.withLock { $0.logs } }
    var denials: [Refused] { state.withLock { $0.denials } }

    static func key(_ practice: String, _ list: PracticeList) -> String { "\(practice)/\(list.rawValue)" }

    func rows(
        of list: PracticeList, access: AccessRequest, since: Instant?, limit: Int, cursor: String?
    ) async throws -> ListPage {
        let (items, feeds) = try state.withLock { state in
            if state.isBroken { throw Broken() }
            state.looks.append(Look(list: list, access: access, since: since, limit: limit, cursor: cursor))
            return (state.items[Self.key(access.practice, list)] ?? [], state.feeds)
        }
        var first = 0
        if let cursor {
            guard let place = Int(cursor) else { throw ProjectionError.cursorInvalid }
            first = place
        }
        let page = items.dropFirst(first).prefix(limit)
        return ListPage(
            list: list, practice: access.practice, items: Array(page), total: items.count,
            nextCursor: first + page.count < items.count ? String(first + page.count) : nil, feeds: feeds,
            madeAt: Given.now, accessID: "0")
    }

    func recordDenial(_ access: AccessRequest, reason: DenialReason) async throws {
        try state.withLock { state in
            if state.isBroken { throw Broken() }
            state.denials.append(Refused(access: access, reason: reason))
        }
    }

    func feeds(access: AccessRequest) async throws -> [FeedFreshness] {
        try state.withLock { state in
            if state.isBroken { throw Broken() }
            state.feedLooks.append(access)
            return state.feeds
        }
    }

    func isReachable() async -> Bool { state.withLock { !$0.isBroken } }
}

extension MemoryLists: StandingSource {
    func standing(access: AccessRequest) async throws -> ServiceStanding {
        let feeds = try await feeds(access: access)
        return ServiceStanding(feeds: feeds, logs: logs)
    }
}
