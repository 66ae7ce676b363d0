import ArgumentParser
import Simulator

extension Scenario: ExpressibleByArgument {
    /// The names and what to look for, as help shows them.
    static var listing: String {
        let width = allCases.map(\.rawValue.count).max() ?? 0
        return allCases.map { scenario in
            let name = scenario.rawValue
            return "  \(name)\(String(repeating: " ", count: width - name.count))  \(scenario.lookFor)"
        }.joined(separator: "\n")
    }
}
