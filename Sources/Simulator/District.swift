/// An invented district of 135,000 people, their practices and their hospitals.
///
/// Follows from the seed alone. Kept compactly: a birthday and a byte of habits for each person (about 700 kB in all);
/// names, numbers and addresses are worked out when a person is asked for. Older than England as South Somerset is:
/// about a quarter are over 65.
package struct District: Sendable {
    package let seed: UInt64
    /// The nineteen practices, each with a run of neighbouring indexes of its own.
    package let practices: [Practice]
    /// District hospital first, then the two community hospitals.
    package let hospitals: [Hospital]
    /// People registered with the district's practices; their indexes are 0 up to this.
    package let population: Int
    /// People from elsewhere who may still fall ill here; their indexes follow the population's.
    package let outsiders = 6_000
    /// The day on which the ages fit the profile.
    package let referenceDay: CalendarDay

    private let practiceEnds: [Int]
    private var birthdays: [Int32] = []
    private var habits: [Habits] = []
    /// Running sums of the weights with which people come to A&E, and for planned care.
    private(set) var emergencyWeights: [UInt32] = []
    private(set) var plannedWeights: [UInt32] = []

    /// Founds the district that belongs to `seed`, with ages as on `referenceDay`.
    ///
    /// - Parameter firstListSize: how many people the first practice has; `nil` for the usual list.
    package init(
        seed: UInt64, referenceDay: CalendarDay = CalendarDay(year: 2026, month: 1, day: 1), firstListSize: Int? = nil
    ) {
        self.seed = seed
        self.referenceDay = referenceDay
        practices = Practice.ofDistrict(firstListSize: firstListSize)
        hospitals = Hospital.all
        var end = 0
        practiceEnds = practices.map { practice in
            end += practice.listSize
            return end
        }
        population = end
        birthdays.reserveCapacity(count)
        habits.reserveCapacity(count)
        for index in 0..<count { settle(index) }
        weigh()
    }

    /// All who may come: the population and the outsiders.
    package var count: Int { population + outsiders }

    /// The place in `practices` of the practice where a person is registered at the beginning; nil for outsiders.
    package func practice(of index: Int) -> Int? {
        guard index < population else { return nil }
        var low = 0
        var high = practiceEnds.count - 1
        while low < high {
            let middle = (low + high) / 2
            if practiceEnds[middle] > index { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The indexes of the people on one practice's list at the beginning.
    package func list(of practice: Int) -> Range<Int> {
        (practice == 0 ? 0 : practiceEnds[practice - 1])..<practiceEnds[practice]
    }

    /// The birthday of the person of `index`.
    package func born(_ index: Int) -> CalendarDay { CalendarDay(number: Int(birthdays[index])) }

    /// Age in whole years on a day.
    package func age(_ index: Int, on day: CalendarDay) -> Int { born(index).years(to: day) }

    func habits(of index: Int) -> Habits { habits[index] }

    /// The person whose share of the running sums holds `bits`: whoever weighs twice as much is drawn twice as often.
    static func draw(_ sums: [UInt32], _ bits: UInt64) -> Int {
        let target = UInt32(bits.scaled(below: Int(sums.last ?? 1)))
        var low = 0
        var high = sums.count - 1
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] > target { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private mutating func settle(_ index: Int) {
        let bits = Scramble.bits(seed, index, .habits)
        var own = Habits(bits)
        if own.resemblance != .none, let other = lookAlike(of: index), habits[other].resemblance == .none {
            let gap = own.resemblance == .twin ? 0 : (bits >> 32).scaled(below: 1_100) - 550
            birthdays.append(birthdays[other] + Int32(gap))
            own.isFemale = habits[other].isFemale
        } else {
            own.resemblance = .none
            let tilt = practice(of: index).map { practices[$0].ageTilt } ?? 0
            let mark = Scramble.bits(seed, index, .age).asFraction
            let days = AgeProfile.days.value(at: mark + tilt * mark * (1 - mark))
            birthdays.append(Int32(referenceDay.number - Int(days)))
            let years = days / 365.25
            let femaleShare = years < 60 ? 0.495 : years < 80 ? 0.525 : 0.62
            own.isFemale = Scramble.bits(seed, index, .sex).asFraction < femaleShare
        }
        habits.append(own)
    }

    /// The neighbour whose name a look-alike bears.
    func lookAlike(of index: Int) -> Int? {
        let back = 1 + Scramble.bits(seed, index, .familyName).scaled(below: 40)
        return index >= back ? index - back : nil
    }

    private mutating func weigh() {
        emergencyWeights.reserveCapacity(count)
        plannedWeights.reserveCapacity(count)
        var emergencies: UInt32 = 0
        var planned: UInt32 = 0
        for index in 0..<count {
            let years = age(index, on: referenceDay)
            // Outsiders are many more in fact; these few stand for them, at the weight of a visitor.
            let nearness = index < population ? 1.0 : 0.9
            emergencies += UInt32(AgeProfile.emergencyWeight(years) * habits[index].frequency * nearness * 100)
            planned += UInt32(AgeProfile.plannedWeight(years) * nearness * 100)
            emergencyWeights.append(emergencies)
            plannedWeights.append(planned)
        }
    }
}
