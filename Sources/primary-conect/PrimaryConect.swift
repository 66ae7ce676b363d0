import ArgumentParser

/// Tells GP practices, in real time, which of their registered patients are in hospital.
@main
struct PrimaryConect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "primary-conect",
        abstract: "Tells GP practices, in real time, which of their registered patients are in hospital.",
        discussion: """
            Examples:
              primary-conect demo                       a simulated district, all of it, on this machine
              primary-conect query admissions --practice Z99001

            Exit codes: 0 ok, 1 failed, 3 a check found problems, 4 stale or silent, 64 usage, 65 bad data,
            66 no input, 69 database or peer unavailable, 75 try again, 77 not allowed, 78 bad configuration,
            130 stopped by Ctrl-C.
            """,
        version: Version.text,
        subcommands: [
            Demo.self, Serve.self, Send.self, IngestFiles.self, Query.self, Replay.self, Project.self, Status.self,
            Doctor.self,
            JourneyCommand.self, ProfileCommand.self, Quarantine.self, Identity.self, Access.self, AuditCommand.self,
            ExportCommand.self, HistoryCommand.self, ImportRoster.self, Migrate.self,
            Connection.self, Simulate.self, TokenCommand.self, Version.self,
        ])
}

/// Prints the version.
struct Version: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Prints the version.")
    static let text = "0.1.0"

    #if DEBUG
        static let build = "debug"
    #else
        static let build = "release"
    #endif

    func run() {
        Console.out("primary-conect \(Self.text) \(Self.build)")
    }
}
