/// News about people rather than stays: new ones, moves, deaths at home, and a great deal of nothing.
extension Simulation {
    mutating func learnOfPerson(_ act: Act) -> News? {
        switch act.step {
        case .tellNewPerson:
            guard let person = anyone(where: { !$0.isKnown($1, at: act.hospital) && !$0.isDead($1) }) else {
                return nil
            }
            people.setKnown(person, at: act.hospital)
            return News("A28", .noise, hospital: act.hospital, person: person)
        case .tellPerson:
            return learnLittle(at: act.hospital)
        case .tellPracticeChange:
            guard let person = mover() else { return nil }
            people.move(person, &generator)
            tellElsewhere(person, after: act.due)
            return News("A31", .person, hospital: 0, person: person)
        case .tellDeathOutside:
            return learnOfDeath(act)
        case .tellElsewhere:
            return News("A31", .person, hospital: act.hospital, person: act.subject)
        default: return nil
        }
    }

    private mutating func learnLittle(at hospital: Int) -> News? {
        let inBed = hospital == 0 && generator.chance(0.2) ? inpatient() : nil
        guard let person = inBed ?? anyone(where: { $0.isKnown($1, at: hospital) }) else { return nil }
        if generator.chance(0.3) { people.changeContact(person) }
        guard !district.hasNumber(person), !people.isTraced(person), generator.chance(0.2) else {
            return News("A31", .noise, hospital: hospital, person: person)
        }
        people.setTraced(person)
        return News("A31", .person, hospital: hospital, person: person)
    }

    private mutating func mover() -> Int? {
        if generator.chance(0.05), let person = inpatient() { return person }
        return anyone(where: { $0.isKnown($1, at: 0) && !$0.isDead($1) })
    }

    private mutating func learnOfDeath(_ act: Act) -> News? {
        for _ in 0..<200 {
            guard let person = anyone(where: { $0.isKnown($1, at: 0) && $0.canCome($1) }) else { return nil }
            let years = district.age(person, on: today)
            guard generator.chance(years < 50 ? 0.001 : years < 75 ? 0.02 : years < 85 ? 0.15 : 0.6) else { continue }
            people.setDead(person)
            let ago = Int64(generator.within(120...9_000)) * Self.minute
            let died = act.due - act.due % Self.minute - ago
            people.tellDeath(person, at: died)
            tellElsewhere(person, after: act.due)
            return News("A31", .person, hospital: 0, person: person, occurred: died)
        }
        return nil
    }

    /// Passes news on to the other hospitals that know the person.
    private mutating func tellElsewhere(_ person: Int, after time: Int64) {
        for hospital in 1..<district.hospitals.count where people.isKnown(person, at: hospital) {
            queue.push(Act(due: time + 2 * Self.second, .tellElsewhere, person, hospital: hospital))
        }
    }

    /// Somebody in a bed of the district hospital, as told.
    private mutating func inpatient() -> Int? {
        guard !inpatients.isEmpty, let stay = stays[inpatients[generator.below(inpatients.count)]], stay.hospital == 0
        else { return nil }
        return stay.person
    }

    /// Somebody of the district of whom the condition holds, found by lot; nil where a hundred draws find nobody.
    private mutating func anyone(where condition: (PeopleLedger, Int) -> Bool) -> Int? {
        for _ in 0..<100 {
            let person = generator.below(district.population)
            if condition(people, person) { return person }
        }
        return nil
    }
}
