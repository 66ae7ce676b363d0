import ArgumentParser

/// What was looked at beyond the usual.
struct Access: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Who opened practices that are not theirs, for review.",
        subcommands: [AccessReview.self], defaultSubcommand: AccessReview.self)
}
