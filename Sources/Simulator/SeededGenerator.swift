/// A random number generator whose whole future follows from its seed.
///
/// xoshiro256** (Blackman and Vigna, 2018), seeded through SplitMix64. Integer arithmetic only, so the same seed gives
/// the same numbers on every machine and with every version of the standard library: the drawing functions below
/// are ours for the same reason. Not for secrets.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// Makes the generator that belongs to `seed`.
    package init(seed: UInt64) {
        var mixer = seed
        func draw() -> UInt64 {
            mixer &+= Scramble.increment
            return Scramble.mix(mixer)
        }
        state = (draw(), draw(), draw(), draw())
    }

    /// The next 64 random bits.
    package mutating func next() -> UInt64 {
        let result = Self.rotated(state.1 &* 5, by: 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = Self.rotated(state.3, by: 45)
        return result
    }

    /// A whole number from 0 up to, not including, `bound`; 0 where `bound` is below 1.
    ///
    /// By multiplication (Lemire, 2019) without rejection: the bias is below `bound` / 2^64.
    package mutating func below(_ bound: Int) -> Int {
        guard bound > 0 else { return 0 }
        return Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A whole number within `range`, both ends included.
    package mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// A number from 0 up to, not including, 1, in steps of 2^-53.
    package mutating func fraction() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// True with the given probability; always draws once, so that a rate of 0 does not shift what follows.
    package mutating func chance(_ probability: Double) -> Bool {
        fraction() < probability
    }

    /// A count with the given mean, spread about as a Poisson count is; never below 0.
    ///
    /// The sum of twelve draws stands in for a normal deviate: no transcendental function, so the same bits everywhere.
    package mutating func count(mean: Double) -> Int {
        var deviate = -6.0
        for _ in 0..<12 { deviate += fraction() }
        return max(0, Int((mean + deviate * mean.squareRoot() + 0.5).rounded(.down)))
    }

    /// The place of a weight drawn in proportion to its size; 0 where there are none.
    package mutating func index(weights: [Double]) -> Int {
        var rest = fraction() * weights.reduce(0, +)
        for (index, weight) in weights.enumerated() {
            rest -= weight
            if rest < 0 { return index }
        }
        return max(0, weights.count - 1)
    }

    private static func rotated(_ value: UInt64, by bits: UInt64) -> UInt64 {
        (value << bits) | (value >> (64 - bits))
    }
}
