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
        var question: ListQuestion
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
        /// Sections of each practice's huddle.
        var sections: [String: [HuddlePage.Section]] = [:]
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

    func page(_ question: ListQuestion, access: AccessRequest) async throws -> ListPage {
        let list = question.list
        let (items, feeds) = try state.withLock { state in
            if state.isBroken { throw Broken() }
            state.looks.append(Self.look(question, access))
            return (state.items[Self.key(access.practice, list)] ?? [], state.feeds)
        }
        var first = 0
        if let cursor = question.cursor {
            guard let place = Int(cursor) else { throw ProjectionError.cursorInvalid }
            first = place
        }
        let page = items.dropFirst(first).prefix(question.limit)
        return ListPage(
            list: list, practice: access.practice, items: Array(page), total: items.count,
            nextCursor: first + page.count < items.count ? String(first + page.count) : nil, feeds: feeds,
            madeAt: Given.now, accessID: "0")
    }

    func huddle(
        window: ListQuestion.Window, filter: ListFilter, access: AccessRequest
    ) async throws -> HuddlePage {
        let question = ListQuestion(.huddle, window: window, filter: filter)
        return try state.withLock { state in
            if state.isBroken { throw Broken() }
            state.looks.append(Self.look(question, access))
            return HuddlePage(
                practice: access.practice, sections: state.sections[access.practice] ?? [],
                since: Self.start(window) ?? Given.now, feeds: state.feeds, madeAt: Given.now, accessID: "0")
        }
    }

    private static func look(_ question: ListQuestion, _ access: AccessRequest) -> Look {
        Look(
            list: question.list, access: access, since: start(question.window), limit: question.limit,
            cursor: question.cursor, question: question)
    }

    private static func start(_ window: ListQuestion.Window) -> Instant? {
        switch window {
        case .always: nil
        case .after(let instant), .afterLastHuddle(let instant): instant
        }
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
