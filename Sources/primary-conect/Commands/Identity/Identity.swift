import ArgumentParser

/// Which local identifiers stand for one patient.
struct Identity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Who is whom: what is to be settled, what was joined, how to take it back, who saw what was wrong.",
        discussion: """
            Examples:
              primary-conect identity work RH5
              primary-conect identity unmerge RH5 'RH5|1002' 'RH5|1001' --reason "two people, ticket 4711"
            """,
        subcommands: [IdentityWork.self, IdentityAliases.self, IdentityUnmerge.self, IdentityDisclosures.self])
}
