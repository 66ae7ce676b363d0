package import EventSourcing

/// When something happened, and when we first heard that it had.
package struct ToldMoment: Sendable, Equatable {
    /// When it happened, as told; `nil` if nobody told.
    package var moment: Moment?
    /// When we first heard of it.
    package var toldAt: Instant
    /// The log position of that first telling.
    package var position: Position

    package init(moment: Moment?, toldAt: Instant, position: Position) {
        self.moment = moment
        self.toldAt = toldAt
        self.position = position
    }

    init(moment: Moment?, _ fact: EncounterFact) {
        self.init(moment: moment, toldAt: fact.toldAt, position: fact.position)
    }

    /// Takes note that a fact told it as well: the earlier telling counts.
    mutating func hear(_ fact: EncounterFact) {
        guard (fact.toldAt, fact.position) < (toldAt, position) else { return }
        toldAt = fact.toldAt
        position = fact.position
    }
}
