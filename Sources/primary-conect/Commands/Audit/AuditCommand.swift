import ArgumentParser

/// What an auditor asks.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Who looked at what, and what was unusual about it.",
        discussion: """
            Examples:
              primary-conect audit access --practice Z99001 --since 2026-03-02 --reason "weekly check"
              primary-conect audit access --patient --html --reason "subject access request 4711" < number > report.html
            """,
        subcommands: [AuditAccess.self, AuditUnusual.self])
}
