import ArgumentParser

/// A share as people write it: `5%`, `2.5%`, or `5`.
struct Percentage: ExpressibleByArgument, Sendable, CustomStringConvertible {
    /// From 0 to 100.
    let value: Double

    init(_ value: Double) {
        self.value = value
    }

    init?(argument: String) {
        let digits = argument.hasSuffix("%") ? argument.dropLast() : argument[...]
        guard let value = Double(digits), (0...100).contains(value) else { return nil }
        self.value = value
    }

    /// Without a point where there is no need of one.
    var description: String { value == value.rounded() ? "\(Int(value))%" : "\(value)%" }

    var defaultValueDescription: String { description }
}
