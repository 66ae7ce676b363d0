/// One way into an encounter: an arrival in the emergency department (or at a desk), or an admission to a bed.
struct EncounterOpening: Sendable {
    /// When, by the messages whose business it is to tell (A01, A04), the latest of them.
    private(set) var explicit: Moment?
    /// When, by others: the step to another class, or the first word of it.
    private(set) var implied: Moment?
    /// All times by which a cancel may name it.
    private(set) var names: [Moment] = []
    /// When we first heard of it.
    private(set) var heard: ToldMoment
    private(set) var isExplicit = false

    init(_ fact: EncounterFact) {
        heard = ToldMoment(moment: nil, fact)
    }

    /// When it took place.
    var moment: Moment? { explicit ?? implied }

    /// What we know of it as it is to be shown.
    var told: ToldMoment { ToldMoment(moment: moment, toldAt: heard.toldAt, position: heard.position) }

    /// A message whose business it is told it, at `moment`.
    mutating func tell(_ fact: EncounterFact, at moment: Moment?) {
        heard.hear(fact)
        isExplicit = true
        if let moment { explicit = moment }
        note(moment)
    }

    /// Another message spoke of it, and of `moment`.
    mutating func imply(_ fact: EncounterFact, at moment: Moment?) {
        heard.hear(fact)
        if let moment { implied = moment }
        note(moment)
    }

    /// Takes note of a time by which it may be named.
    mutating func note(_ moment: Moment?) {
        guard let moment, !names.contains(moment) else { return }
        names.append(moment)
    }

    /// Whether a cancel that tells this time means this opening.
    func isNamed(by moment: Moment) -> Bool {
        names.contains { $0.agrees(with: moment) }
    }
}
