import ArgumentParser
import EventSourcing
import Foundation
import Postgres
import Projections

/// The queue of broken glass: what waits for review, and what a review came to.
struct AccessReview: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Shows which practices were opened by break-glass and not reviewed yet, and records a review.",
        discussion: """
            Examples:
              primary-conect access review
              primary-conect access review 6f0c1a52-6d0e-4a55-9b2f-2a1f7d8c9b10 --outcome justified --note "rang them"

            LOOKS counts the answers under the grant, PATIENTS those in them. A reason is what was typed and may name a
            patient. Nobody reviews their own, and each is reviewed once. Ends with 3 if anything waits.
            """)

    @OptionGroup var installation: InstallationOptions
    @Argument(help: "The grant to review.")
    var grant: String?
    @Option(help: "What the review came to: justified or not-justified.")
    var outcome: String?
    @Option(help: "What you say to it, one line.")
    var note: String?
    @Flag(help: "One JSON object.")
    var json = false

    func run() async throws {
        try await reporting {
            let review = try review()
            let pool = try await Installation(options: installation).pool(.auditor, connectionsMax: 1)
            let reader = BreakGlassReader(pool: pool)
            do {
                if let review {
                    try await record(review, reader)
                } else {
                    let waiting = try await reader.waiting()
                    json ? tellJSON(waiting) : tell(waiting)
                    if !waiting.isEmpty { throw ExitStatus.problemsFound.exit }
                }
            } catch {
                await pool.close()
                throw error
            }
            await pool.close()
        }
    }

    private func review() throws -> (grant: String, outcome: BreakGlassReader.Outcome)? {
        guard let grant else {
            guard outcome == nil, note == nil else {
                throw CommandFailure(.badData, "Say which grant: primary-conect access review GRANT --outcome ….")
            }
            return nil
        }
        guard let id = UUID(uuidString: grant) else { throw CommandFailure(.badData, "A grant is a UUID.") }
        guard let outcome = outcome.flatMap({ BreakGlassReader.Outcome(rawValue: $0) }) else {
            throw CommandFailure(.badData, "--outcome is justified or not-justified.")
        }
        return (id.uuidString.lowercased(), outcome)
    }

    private func record(
        _ review: (grant: String, outcome: BreakGlassReader.Outcome), _ reader: BreakGlassReader
    ) async throws {
        let text = try note.map { try OperatorInput.reason($0) } ?? ""
        let reviewer = "terminal:\(NSUserName())"
        switch try await reader.review(review.grant, by: reviewer, review.outcome, note: text) {
        case .reviewed: Console.out("Reviewed: \(review.outcome.rawValue).")
        case .before: throw CommandFailure(.badData, "It has been reviewed before; the first review stands.")
        case .own: throw CommandFailure(.notAllowed, "Nobody reviews their own.")
        case .unknown: throw CommandFailure(.noInput, "There is no such grant.", next: "primary-conect access review")
        }
    }

    private func tell(_ waiting: [BrokenGlass]) {
        guard !waiting.isEmpty else { return Console.out("Nothing to review.") }
        var table = Table("GRANT", "PRACTICE", "WHO", "ROLE", "OPENED", "LOOKS", "PATIENTS", "REASON", numeric: [5, 6])
        for glass in waiting {
            table.add(
                glass.grant, glass.practice, glass.subject, glass.role, londonText(glass.at), String(glass.looks),
                String(glass.patients), glass.reason)
        }
        Console.out(table.text)
    }

    private func tellJSON(_ waiting: [BrokenGlass]) {
        let items = waiting.map { glass in
            """
            {"grant":\(jsonText(glass.grant)),"practice":\(jsonText(glass.practice)),\
            "subject":\(jsonText(glass.subject)),"role":\(jsonText(glass.role)),\
            "client":\(jsonText(glass.client)),\
            "organisation":\(glass.organisation.map(jsonText) ?? "null"),"reason":\(jsonText(glass.reason)),\
            "opened_at":\(jsonText(glass.at.iso8601)),"until":\(jsonText(glass.until.iso8601)),\
            "looks":\(glass.looks),"patients":\(glass.patients)}
            """
        }
        Console.out("{\"schema\":\"break-glass/1\",\"items\":[\(items.joined(separator: ","))]}")
    }
}
