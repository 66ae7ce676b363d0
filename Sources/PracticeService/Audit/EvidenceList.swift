package import EventSourcing
package import Projections

/// A list as an evidence pack has it: what the API would have answered.
package enum EvidenceList {
    /// The body of the answer to a list, whole.
    package static func json(_ page: ListPage, providers: ProviderDirectory, at moment: Instant) -> [UInt8] {
        ListAnswer(page: page, nextCursor: nil, providers: providers, saysWhy: true, now: moment).body
    }

    /// The body of the answer to the huddle.
    package static func json(_ page: HuddlePage, providers: ProviderDirectory, at moment: Instant) -> [UInt8] {
        HuddleAnswer(page: page, providers: providers, now: moment).body
    }
}
