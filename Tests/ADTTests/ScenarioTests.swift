import Foundation
import Testing

/// Each scenario folder, straight, in every order, and with everything told twice.
///
/// `UPDATE_GOLDEN=1` writes the expected reports anew, to be reviewed as diffs.
@Suite struct ScenarioTests {
    @Test func `there are scenarios`() {
        #expect(Scenario.all.count >= 150)
    }

    @Test(arguments: Scenario.all)
    func `told in order it comes to what is expected`(scenario: Scenario) throws {
        let text = try Scenario.pretty(Data(Scenario.report(try scenario.messages())))
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try text.write(to: scenario.expectedFile, atomically: true, encoding: .utf8)
        }
        let expected = try scenario.expected()
        #expect(text == expected, "\(scenario.name): \(Self.difference(text, expected))")
    }

    @Test(arguments: Scenario.all)
    func `told in any order it comes to the same`(scenario: Scenario) throws {
        let messages = try scenario.messages()
        let expected = Scenario.report(messages)
        if messages.count <= 7 {
            for order in Permutations.all(messages) { #expect(Scenario.report(order) == expected) }
        } else {
            var generator = SeededGenerator(seed: 1)
            for _ in 0..<200 { #expect(Scenario.report(messages.shuffled(using: &generator)) == expected) }
        }
    }

    @Test(arguments: Scenario.all)
    func `told twice it comes to the same`(scenario: Scenario) throws {
        let messages = try scenario.messages()
        let expected = Scenario.report(messages)
        var generator = SeededGenerator(seed: 2)
        #expect(Scenario.report(messages + messages) == expected)
        for _ in 0..<50 {
            #expect(Scenario.report((messages + messages).shuffled(using: &generator)) == expected)
        }
    }

    /// The lines that only one of two texts has.
    private static func difference(_ found: String, _ expected: String) -> String {
        let found = found.split(separator: "\n")
        let expected = expected.split(separator: "\n")
        return found.difference(from: expected).map { change in
            switch change {
            case .insert(_, let line, _): "+\(line)"
            case .remove(_, let line, _): "-\(line)"
            }
        }.joined(separator: "\n")
    }
}
