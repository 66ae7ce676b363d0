import Admissions
import EventSourcing
package import Projections
import Synchronization

/// The entity tags of lists as last answered, so that a poll that finds nothing new costs no look at the database.
///
/// A tag holds while nothing has been told to the practice since, every feed is in the state it was in, it is the same
/// London day (nights are counted by it), and for 60 s at most. It is of one question alone: who asks in which role, which
/// list, which parameters to the letter. Looks by break-glass are never answered so, and a poll that cannot be noted is
/// answered in full.
package final class ListVersions: Sendable {
    /// How long a tag holds.
    static let ageMax: Duration = .seconds(60)
    /// The most tags held; beyond, all are forgotten.
    static let tagsMax = 20_000

    fileprivate struct Key: Hashable {
        let practice: String
        let role: String
        let route: String
        let query: String
    }

    /// What a tag hangs on beside the question.
    fileprivate struct Ground: Equatable {
        let standing: ChangeHub.Standing
        let feeds: [FeedFreshness.Ground]
        let day: LondonDay
    }

    fileprivate struct Tag {
        let text: String
        let ground: Ground
        let madeAt: Instant
    }

    private let hub: ChangeHub
    fileprivate let polls: PollLedger
    fileprivate let tags = Mutex<[Key: Tag]>([:])

    /// Makes an empty store; the hub and the ledger must run.
    package init(hub: ChangeHub, polls: PollLedger) {
        self.hub = hub
        self.polls = polls
    }

    /// Makes ready to answer; to be asked before the rows are read, so that a tag is never newer than what it hangs on.
    ///
    /// `nil` where the rows must be read and no tag may be kept.
    func question(_ access: AccessRequest, query: String?, at now: Instant) -> Question? {
        guard access.purpose == AccessPurpose.directCare, let standing = hub.standing(of: access.practice),
            let feeds = hub.feeds
        else { return nil }
        return Question(
            versions: self, access: access,
            key: Key(practice: access.practice, role: access.role, route: access.route, query: query ?? ""),
            ground: Ground(standing: standing, feeds: feeds.map(\.ground), day: LondonDay(of: now)), now: now)
    }

    /// One request for a list.
    struct Question: Sendable {
        fileprivate let versions: ListVersions
        fileprivate let access: AccessRequest
        fileprivate let key: Key
        fileprivate let ground: Ground
        fileprivate let now: Instant

        /// The tag that the caller has and that still holds, its poll noted; `nil` if the rows must be read.
        func unchanged(ifNoneMatch field: String?) -> String? {
            guard let field, let tag = versions.tags.withLock({ $0[key] }), tag.ground == ground,
                now >= tag.madeAt, now - tag.madeAt < ListVersions.ageMax,
                EntityTag.matches(ifNoneMatch: field, current: tag.text), versions.polls.note(access, at: now)
            else { return nil }
            return tag.text
        }

        /// Keeps the tag of the rows that were read.
        func keep(_ tag: String) {
            versions.tags.withLock { tags in
                if tags.count >= ListVersions.tagsMax { tags = [:] }
                tags[key] = Tag(text: tag, ground: ground, madeAt: now)
            }
        }
    }
}
