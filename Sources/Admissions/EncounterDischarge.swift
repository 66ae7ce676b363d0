/// One discharge that was told, and what became of it.
struct EncounterDischarge: Sendable {
    let key: FactKey
    let moment: Moment
    let isImplied: Bool
    var method: String?
    var destination: String?
    var disposal: String?
    var disposition: String?
    /// When we first heard of it.
    let heard: ToldMoment
    /// A cancel took it back.
    var isVoid = false

    init(_ fact: EncounterFact, at moment: Moment, isImplied: Bool) {
        key = fact.key
        self.moment = moment
        self.isImplied = isImplied
        heard = ToldMoment(moment: moment, fact)
        take(fact.encounter)
    }

    /// Brings method and destination up to date with a later fact.
    mutating func take(_ details: EncounterDetails) {
        details.dischargeMethod.update(&method)
        details.dischargeDestination.update(&destination)
        details.disposal.update(&disposal)
        if let told = details.disposition { disposition = told }
    }

    /// Whether it says that the person died (domain.md 1.5).
    func tellsDeath(admitted: Bool) -> Bool {
        DeathCodes.tellsDeath(method: method, destination: destination, disposal: disposal, admitted: admitted)
    }
}
