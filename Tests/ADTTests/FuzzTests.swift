import Fuzzing
import Testing

/// A short slice of what `adt-fuzz` does for hours: the same mutations, the same rules, one seed.
@Suite struct FuzzTests {
    @Test func `twenty thousand mutated messages break no rule`() throws {
        let mutator = Mutator(.own)
        var subject = FuzzSubject()
        for execution in 0..<UInt64(20_000) {
            do throws(FuzzFinding) {
                try subject.execute(mutator.input(seed: 1, execution: execution))
                if subject.isRoundOver { try subject.endRound() }
            } catch {
                Issue.record("execution \(execution): \(error)")
                return
            }
        }
        // Mutations that nothing gets through would test nothing.
        let tally = subject.tally
        #expect(tally.executions == 20_000)
        #expect(tally.byDisposition["read", default: 0] > 2_000)
        #expect(tally.byDisposition["quarantined", default: 0] > 300)
        #expect(tally.unparsed > 50)
    }

    @Test func `an execution can be made again from its seed and number`() {
        let mutator = Mutator(.own)
        for execution in 0..<UInt64(200) {
            #expect(mutator.input(seed: 5, execution: execution) == mutator.input(seed: 5, execution: execution))
        }
        #expect(mutator.input(seed: 5, execution: 1) != mutator.input(seed: 6, execution: 1))
    }
}
