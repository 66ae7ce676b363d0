import Simulator
import Testing

@Suite struct SeededGeneratorTests {
    @Test func `one seed gives one run of numbers`() {
        var first = SeededGenerator(seed: 7)
        var second = SeededGenerator(seed: 7)
        var other = SeededGenerator(seed: 8)
        let run = (0..<100).map { _ in first.next() }
        #expect(run == (0..<100).map { _ in second.next() })
        #expect(run != (0..<100).map { _ in other.next() })
    }

    @Test func `the numbers of a seed never change, whatever the version or the machine`() {
        var generator = SeededGenerator(seed: 42)
        // Worked out apart from this code: xoshiro256** behind SplitMix64, as Blackman and Vigna publish them.
        #expect((0..<3).map { _ in generator.next() } == [
            1_546_998_764_402_558_742, 6_990_951_692_964_543_102, 12_544_586_762_248_559_009,
        ])
    }

    @Test func `draws below a bound reach every number and none beyond`() {
        var generator = SeededGenerator(seed: 1)
        let draws = (0..<2_000).map { _ in generator.below(10) }
        #expect(Set(draws) == Set(0..<10))
        #expect(generator.below(0) == 0)
        #expect(generator.within(3...3) == 3)
    }

    @Test func `a chance of nothing never comes and a chance of all always does`() {
        var generator = SeededGenerator(seed: 2)
        #expect((0..<500).allSatisfy { _ in !generator.chance(0) })
        #expect((0..<500).allSatisfy { _ in generator.chance(1) })
    }

    @Test func `counts scatter about their mean as Poisson counts do`() {
        var generator = SeededGenerator(seed: 3)
        let counts = (0..<5_000).map { _ in Double(generator.count(mean: 150)) }
        let mean = counts.reduce(0, +) / 5_000
        let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5_000
        #expect((149.0...151.0).contains(mean))
        #expect((135.0...165.0).contains(variance))
    }
}
