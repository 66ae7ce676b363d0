import ArgumentParser

/// Exit codes that scripts can trust (product.md 6.1; after sysexits.h).
enum ExitStatus: Int32 {
    case failed = 1
    case problemsFound = 3
    case staleOrSilent = 4
    case badData = 65
    case noInput = 66
    case unavailable = 69
    case tryAgain = 75
    case notAllowed = 77
    case badConfiguration = 78
    case interrupted = 130

    var exit: ExitCode { ExitCode(rawValue) }
}

/// A command that cannot go on: what to tell the person, and the exit code for the script.
struct CommandFailure: Error, CustomStringConvertible {
    let status: ExitStatus
    let description: String
    /// The one command to try next.
    let next: String?

    init(_ status: ExitStatus, _ description: String, next: String? = nil) {
        self.status = status
        self.description = description
        self.next = next
    }
}

/// Runs a command's body; a failure is told on standard error and becomes its exit code.
func reporting<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
        return try await body()
    } catch let failure as CommandFailure {
        Console.error("FAIL  \(failure.description)")
        if let next = failure.next { Console.error("Next: \(next)") }
        throw failure.status.exit
    }
}
