import ArgumentParser

/// Messages that were not understood: which, why, and what becomes of them.
struct Quarantine: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Messages held back because they were not understood: list, show, read again, discard.",
        discussion: """
            Examples:
              primary-conect quarantine list
              primary-conect quarantine redrive --reason visit-number-missing --dry-run

            Whatever is held back was stored and acknowledged. After a profile or the code was mended, redrive reads it
            again, and its events take the place that its own times give them.
            """,
        subcommands: [QuarantineList.self, QuarantineShow.self, QuarantineRedrive.self, QuarantineDiscard.self],
        defaultSubcommand: QuarantineList.self)
}
