/// Random numbers that follow from a seed and the number of an execution (SplitMix64).
///
/// Each execution has a generator of its own, so that any one can be made again without those before it.
package struct FuzzGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64, execution: UInt64) {
        state = seed &+ execution &* 0xD134_2543_DE82_EF95
        state = next() ^ execution
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A whole number from 0 up to, not including, `bound`; 0 where `bound` is below 1.
    package mutating func below(_ bound: Int) -> Int {
        guard bound > 0 else { return 0 }
        return Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// True once in `count` times.
    package mutating func oneIn(_ count: Int) -> Bool { below(count) == 0 }

    /// One of `choices`; `nil` if there is none.
    package mutating func pick<Choice>(_ choices: [Choice]) -> Choice? {
        choices.isEmpty ? nil : choices[below(choices.count)]
    }
}
