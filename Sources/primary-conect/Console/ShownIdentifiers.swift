import ArgumentParser

/// Whether identifiers are shown in full, and why.
struct ShownIdentifiers: ParsableArguments {
    @Flag(help: "Identifiers in full; needs --reason, and is recorded with it.")
    var showIdentifiers = false
    @Option(help: "Why identifiers are shown.")
    var reason: String?

    /// What the access record says of the look.
    ///
    /// - Parameter masked: what it says where nothing is shown and no reason given.
    /// - Throws: `CommandFailure(.notAllowed)` without a reason where one is needed.
    func purpose(masked: String) throws -> String {
        showIdentifiers || reason != nil ? try OperatorInput.reason(reason) : masked
    }
}
