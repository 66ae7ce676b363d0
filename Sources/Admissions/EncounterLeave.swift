/// One word on leave of absence: the start of it (A21), or the return (A22).
struct EncounterLeave: Sendable {
    let isStart: Bool
    /// EVN-6, else when it was recorded.
    let moment: Moment
    let key: FactKey
    /// A cancel took it back.
    var isVoid = false

    init(_ fact: EncounterFact) {
        isStart = fact.kind == .leaveStarted
        moment = fact.happened ?? fact.recorded
        key = fact.key
    }

    /// Whether the latest word that stands, by when it took place, is a start.
    static func isAway(_ leaves: [EncounterLeave]) -> Bool {
        let standing = leaves.filter { !$0.isVoid }
        let latest = standing.max { lhs, rhs in
            lhs.moment.instant != rhs.moment.instant ? lhs.moment.instant < rhs.moment.instant : lhs.key < rhs.key
        }
        return latest?.isStart ?? false
    }

    /// An A52 takes back the start, an A53 the return, that it names by EVN-6, else the latest told.
    static func cancel(_ fact: EncounterFact, in leaves: inout [EncounterLeave]) {
        let wanted = leaves.indices.filter { leaves[$0].isStart == (fact.kind == .leaveStartCancelled) }
        let named = wanted.filter { index in fact.happened.map { leaves[index].moment.agrees(with: $0) } ?? false }
        guard let index = named.last ?? wanted.last(where: { !leaves[$0].isVoid }) else { return }
        leaves[index].isVoid = true
    }
}
