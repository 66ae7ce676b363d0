/// Turns (seed, index, purpose) into random-looking bits without keeping any state.
///
/// So a person's name, address and habits follow from the seed and the person's index, and 135,000 of them cost no
/// memory.
enum Scramble {
    /// The golden-ratio increment of SplitMix64 (Steele, Lea and Flood, 2014).
    static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// The finaliser of SplitMix64: one bit changed in, half the bits changed out.
    static func mix(_ value: UInt64) -> UInt64 {
        var bits = value
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// The bits that belong to one index for one purpose under one seed.
    static func bits(_ seed: UInt64, _ index: Int, _ purpose: Purpose) -> UInt64 {
        mix(mix(seed &+ UInt64(purpose.rawValue) &* increment) &+ UInt64(truncatingIfNeeded: index) &* increment)
    }

    /// What the bits are for; each purpose is a stream of its own.
    enum Purpose: UInt8 {
        case age = 1, sex, risk, familyName, givenName, title, address, contact, numbers, household, habits, delivery
    }
}

extension UInt64 {
    /// These bits as a whole number below `bound` (at least 1).
    func scaled(below bound: Int) -> Int {
        Int(truncatingIfNeeded: multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// These bits as a number from 0 up to, not including, 1.
    var asFraction: Double { Double(self >> 11) * 0x1p-53 }
}
