import ADT
import Foundation
import Testing

/// Each scenario folder, straight, in every order, and with everything told twice.
///
/// `UPDATE_GOLDEN=1` writes the expected texts anew, to be reviewed as diffs.
@Suite struct ScenarioTests {
    @Test func `there are scenarios`() {
        #expect(Scenario.all.count >= 19)
    }

    @Test(arguments: Scenario.all)
    func `told in order it comes to what is expected`(scenario: Scenario) throws {
        let text = try Journey(scenario.readings()).text()
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try text.write(to: scenario.expectedFile, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: scenario.expectedFile, encoding: .utf8) == text)
    }

    @Test(arguments: Scenario.all)
    func `told in any order it comes to the same`(scenario: Scenario) throws {
        let heard = try scenario.readings()
        let expected = try Journey(heard).text()
        if heard.count <= 6 {
            for order in Permutations.all(heard) { #expect(try Journey(order).text() == expected) }
        } else {
            var generator = SeededGenerator(seed: 1)
            for _ in 0..<200 { #expect(try Journey(heard.shuffled(using: &generator)).text() == expected) }
        }
    }

    @Test(arguments: Scenario.all)
    func `told twice it comes to the same`(scenario: Scenario) throws {
        let heard = try scenario.readings()
        let expected = try Journey(heard).text()
        var generator = SeededGenerator(seed: 2)
        #expect(try Journey(heard + heard.map(\.again)).text() == expected)
        for _ in 0..<50 {
            #expect(try Journey((heard + heard.map(\.again)).shuffled(using: &generator)).text() == expected)
        }
    }
}
