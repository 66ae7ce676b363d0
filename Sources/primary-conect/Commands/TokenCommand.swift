import ArgumentParser
import PracticeService

/// Issues a development token against the installation's local key.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Issues a development token, signed by the installation's local key.",
        discussion: """
            Examples:
              primary-conect token --practice Z99001
              curl -H "Authorization: Bearer $(primary-conect token --practice Z99001)" http://127.0.0.1:8080/api/v1/feeds

            A token is a secret. It names a role and the practices whose patients it may see.
            """)

    @OptionGroup var installation: InstallationOptions
    @Option(help: "A practice's ODS code; may be given several times.")
    var practice: [String] = []
    @Option(help: "Role: practice-clinician, practice-coach, practice-admin, integration, auditor, operator ….")
    var role = "practice-clinician"
    @Option(help: "What it is for, in place of all that the role opens; may be given several times: lists:read.")
    var scope: [String] = []
    @Option(help: "Who uses it, as the access record will say.")
    var subject = "developer"
    @Option(help: "Minutes until it ends, at most 720.")
    var minutes = 480

    func run() async throws {
        try await reporting {
            guard let role = PracticeService.Role(rawValue: role) else {
                throw CommandFailure(.badData, "There is no role '\(role)'.")
            }
            guard (1...720).contains(minutes) else { throw CommandFailure(.badData, "--minutes is 1 to 720.") }
            let scopes = try scope.map { word in
                guard let scope = Permission(rawValue: word) else {
                    let known = Permission.allCases.map(\.rawValue).joined(separator: ", ")
                    throw CommandFailure(.badData, "There is no scope '\(word)'; there are \(known).")
                }
                return scope
            }
            let installation = try await Installation(options: installation)
            let issuer = try await DevelopmentTokens.issuer(installation)
            Console.out(
                try await DevelopmentTokens.token(
                    issuer, role: role, practices: practice.map { $0.uppercased() },
                    scopes: scopes.isEmpty ? nil : Set(scopes), subject: subject, lifetime: .seconds(minutes * 60)))
        }
    }
}
