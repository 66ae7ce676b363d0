import ArgumentParser
import Foundation

/// Shows what is about to be changed and asks, where somebody sits at a terminal (product.md 6.1).
struct Confirmation: ParsableArguments {
    @Flag(help: "Only says what would be done.")
    var dryRun = false
    @Flag(help: "Goes on without asking; scripts are never asked.")
    var yes = false

    /// Whether to go on: `false` for a dry run, which says what would be done.
    ///
    /// - Throws: `CommandFailure(.failed)` unless the answer is yes.
    func allows(_ plan: String, otherwise said: String) throws -> Bool {
        guard !dryRun else {
            Console.out("\(said) No change written (--dry-run).")
            return false
        }
        try ask(plan)
        return true
    }

    /// - Throws: `CommandFailure(.failed)` unless the answer is yes.
    func ask(_ plan: String) throws {
        guard !yes, isatty(STDIN_FILENO) == 1, Console.errorIsTerminal else { return }
        Console.errorRaw("\(plan)\nGo on? [y/N] ")
        let answer = (readLine() ?? "").lowercased()
        guard answer == "y" || answer == "yes" else { throw CommandFailure(.failed, "Nothing was changed.") }
    }
}
