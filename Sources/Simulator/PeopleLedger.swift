/// What a simulation changes of its people: three bytes each, and a line for each death.
struct PeopleLedger: Sendable {
    private struct Flags: OptionSet {
        let rawValue: UInt8
        static let away = Flags(rawValue: 1)
        static let dead = Flags(rawValue: 2)
        static let toldDead = Flags(rawValue: 4)
        static let traced = Flags(rawValue: 8)
    }

    private var practices: [UInt8]
    private var flags: [UInt8]
    private var contacts: [UInt8]
    /// Times of death as told, in microseconds since 1970; looked up, never gone through.
    private var deaths: [Int: Int64] = [:]
    private let all: [Practice]

    /// No practice, or none that the hospital knows of.
    private static let unknown: UInt8 = 255

    /// The people as the district founds them, some of them known to each hospital already.
    init(district: District) {
        all = district.practices + Practice.outside
        let inside = district.practices.count
        let beyond = Practice.outside.count
        practices = (0..<district.count).map { index in
            if let practice = district.practice(of: index) { return UInt8(practice) }
            let bits = Scramble.bits(district.seed, index, .contact)
            return bits & 0xFF < 160 ? Self.unknown : UInt8(inside + Scramble.mix(bits).scaled(below: beyond))
        }
        contacts = [UInt8](repeating: 0, count: district.count)
        flags = (0..<district.count).map { index in
            let bits = Scramble.bits(district.seed, index, .contact) >> 8
            // Five in six are on the district hospital's index, one in eight on a community hospital's.
            return (bits % 6 != 0 ? Self.known(0) : 0) | (bits % 8 == 1 ? Self.known(1) : 0)
                | (bits % 8 == 2 ? Self.known(2) : 0)
        }
    }

    private static func known(_ hospital: Int) -> UInt8 { 16 << UInt8(hospital) }

    private func has(_ flag: Flags, _ index: Int) -> Bool { flags[index] & flag.rawValue != 0 }

    private mutating func put(_ flag: Flags, _ index: Int, _ value: Bool) {
        flags[index] = value ? flags[index] | flag.rawValue : flags[index] & ~flag.rawValue
    }

    /// Whether a person can come to hospital: alive, and not there already.
    func canCome(_ index: Int) -> Bool { !has(.away, index) && !has(.dead, index) }

    func isAway(_ index: Int) -> Bool { has(.away, index) }
    mutating func setAway(_ index: Int, _ value: Bool) { put(.away, index, value) }

    func isDead(_ index: Int) -> Bool { has(.dead, index) }
    mutating func setDead(_ index: Int) { put(.dead, index, true) }

    /// When the hospitals say the person died; nil while they say the person lives.
    func toldDeath(_ index: Int) -> Int64? { has(.toldDead, index) ? deaths[index] : nil }

    mutating func tellDeath(_ index: Int, at microseconds: Int64?) {
        put(.toldDead, index, microseconds != nil)
        deaths[index] = microseconds
    }

    /// Whether a missing NHS number has been found since.
    func isTraced(_ index: Int) -> Bool { has(.traced, index) }
    mutating func setTraced(_ index: Int) { put(.traced, index, true) }

    func isKnown(_ index: Int, at hospital: Int) -> Bool { flags[index] & Self.known(hospital) != 0 }
    mutating func setKnown(_ index: Int, at hospital: Int) { flags[index] |= Self.known(hospital) }

    /// How many times the person's telephone number has changed.
    func contactVersion(_ index: Int) -> UInt8 { contacts[index] }
    mutating func changeContact(_ index: Int) { contacts[index] &+= 1 }

    /// The practice with which the person is registered; nil where there is none or none is known.
    func practice(_ index: Int) -> Practice? {
        let place = Int(practices[index])
        return place < all.count ? all[place] : nil
    }

    /// Registers the person elsewhere: mostly in the district, sometimes outside, seldom nowhere.
    mutating func move(_ index: Int, _ generator: inout SeededGenerator) {
        let inside = all.count - Practice.outside.count
        let before = practices[index]
        let share = generator.fraction()
        if share >= 0.95, before != Self.unknown {
            practices[index] = Self.unknown
            return
        }
        let (first, count) = share < 0.75 ? (0, inside) : (inside, Practice.outside.count)
        repeat {
            practices[index] = UInt8(first + generator.below(count))
        } while practices[index] == before
    }
}
