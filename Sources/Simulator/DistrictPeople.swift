extension District {
    /// Works out the person of `index` (0 up to `count`).
    ///
    /// Pure: the same seed and index give the same person. Three in a household share an address and mostly a family
    /// name.
    package func person(_ index: Int) -> Person {
        let names = names(of: index)
        let habits = habits(of: index)
        let numbers = Scramble.bits(seed, index, .numbers)
        let titles = Scramble.bits(seed, index, .title)
        let day = born(index)
        let isChild = day.years(to: referenceDay) < 16
        let number = nhsNumber(index)
        let status = number == nil ? (isChild ? "08" : "03") : (numbers & 0xFF) < 250 ? "01" : "02"
        let household = Scramble.bits(seed, index / 3, .address)
        let first = names.given.first ?? ""
        return Person(
            index: index, family: FamilyNames.all[names.family], given: names.given,
            preferred: (titles >> 8) & 0b11 == 0 ? GivenNames.short[first] : nil,
            title: titles & 0xF == 0 ? nil : Self.title(isFemale: habits.isFemale, isChild: isChild, titles >> 4),
            sex: (titles >> 16) & 0x3FF == 0 ? "9" : habits.isFemale ? "2" : "1",
            born: day, nhsNumber: number, nhsNumberStatus: status,
            address: address(household, isOld: day.years(to: referenceDay) >= 80, contact: index),
            practitioner: practitioner(index), familyInCapitals: FamilyNames.inCapitals[names.family])
    }

    /// The NHS number of the person of `index`; nil for those who have none: untraced, newborn, from abroad.
    package func nhsNumber(_ index: Int) -> String? {
        hasNumber(index) ? TestNumbers.number(index, seed: seed) : nil
    }

    /// Whether the person of `index` has an NHS number.
    func hasNumber(_ index: Int) -> Bool {
        Scramble.bits(seed, index, .numbers).asFraction >= (index < population ? 0.006 : 0.08)
    }

    /// The number that belongs to the index; one without a number is given it once traced.
    func tracedNumber(_ index: Int) -> String { TestNumbers.number(index, seed: seed) }

    private func names(of index: Int) -> (family: Int, given: [String]) {
        let likeness = habits(of: index).resemblance
        if likeness != .none, let other = lookAlike(of: index) {
            let theirs = names(of: other)
            return likeness == .namesake ? theirs : (theirs.family, givenNames(of: index))
        }
        let bits = Scramble.bits(seed, index, .familyName)
        let household = Scramble.bits(seed, index / 3, .household)
        let family = FamilyNames.place(for: bits & 0xF < 11 ? household : Scramble.mix(bits))
        return (family, givenNames(of: index))
    }

    private func givenNames(of index: Int) -> [String] {
        let bits = Scramble.bits(seed, index, .givenName)
        let generation = GivenNames.generation(bornIn: born(index).civil.year)
        let stock = habits(of: index).isFemale ? GivenNames.girls[generation] : GivenNames.boys[generation]
        let first = stock[bits.scaled(below: stock.count)]
        guard bits & 0b11 != 0 else { return [first] }
        let second = stock[Scramble.mix(bits).scaled(below: stock.count)]
        return second == first ? [first] : [first, second]
    }

    private static func title(isFemale: Bool, isChild: Bool, _ bits: UInt64) -> String {
        if isChild { return isFemale ? "Miss" : "Master" }
        let share = bits & 0xFF
        if share < 5 { return "Dr" }
        if share < 7 { return "Revd" }
        return isFemale ? (share < 160 ? "Mrs" : share < 205 ? "Miss" : "Ms") : "Mr"
    }

    private func address(_ household: UInt64, isOld: Bool, contact index: Int) -> [String] {
        let village = Places.villages[household.scaled(below: Places.villages.count)]
        let postcode = village.outcode + " " + String((household >> 8) % 9 + 1) + Self.letters(household >> 16)
        let own = Scramble.bits(seed, index, .address)
        if isOld && own & 0xF == 0 {
            return [Places.careHomes[own.scaled(below: Places.careHomes.count)], village.name, postcode]
        }
        let street = Places.streets[Scramble.mix(household).scaled(below: Places.streets.count)]
        return [String((household >> 32) % 140 + 1) + " " + street, village.name, postcode]
    }

    private static func letters(_ bits: UInt64) -> String {
        let stock = Array("ABDEFGHJLNPQRSTUWXYZ")
        return String([stock[Int(bits % 20)], stock[Int(bits / 20 % 20)]])
    }

    private func practitioner(_ index: Int) -> String {
        guard let practice = practice(of: index) else { return "G9999998" }
        return "G99" + Digits.padded(practice + 1, to: 2) + Digits.padded(1 + index % 6, to: 3)
    }
}
