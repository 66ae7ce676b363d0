import ArgumentParser
import Audit
import EventLog
import EventSourcing

/// What somebody should ask about.
struct AuditUnusual: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unusual",
        abstract: "Looks that somebody should ask about; no verdict on anybody.",
        discussion: """
            Examples:
              primary-conect audit unusual --since 2026-03-02 --reason "weekly check"
              primary-conect audit unusual --practice Z99001 --since 2026-02-01 --volume-factor 3 --reason "ticket 4711" --json

            own-surname              a patient's family name is in the user's name
            out-of-hours             a person looked before 07:00, after 20:00 or at a weekend, in London
            volume                   so many times more patients in an hour than the same user's median hour, and at least --volume-min
            repeated                 one patient's page 8 times or more in a day
            break-glass-unreviewed   glass broken 3 days ago or longer, and nobody has reviewed it

            EVIDENCE are request ids, at most 20 of each. Ends with 3 if anything is found. The look is recorded.
            """)

    @OptionGroup var installation: InstallationOptions
    @Option(help: "On behalf of this practice (ODS code).")
    var practice: String?
    @Option(help: "From this moment on: a day, or RFC 3339.")
    var since: MomentArgument?
    @Option(help: "Before this moment.")
    var until: MomentArgument?
    @Option(help: "So many times the usual are many.")
    var volumeFactor = UnusualThresholds().volumeFactor
    @Option(help: "Fewer patients in an hour are never many.")
    var volumeMin = UnusualThresholds().volumeMin
    @Option(help: "So many looks at one patient's page in a day are many.")
    var repeatedMin = UnusualThresholds().repeatedMin
    @Option(help: "Why you look; recorded.")
    var reason: String?
    @Flag(help: "One JSON object.")
    var json = false

    func run() async throws {
        try await reporting {
            let reason = try OperatorInput.reason(reason)
            guard volumeFactor > 0, volumeMin > 0, repeatedMin > 0 else {
                throw CommandFailure(.badData, "Thresholds are at least 1.")
            }
            var thresholds = UnusualThresholds()
            thresholds.volumeFactor = volumeFactor
            thresholds.volumeMin = volumeMin
            thresholds.repeatedMin = repeatedMin
            let question = AccessQuestion(
                practice: practice?.uppercased(), since: since?.instant, until: until?.instant)
            let wanted = thresholds
            let found = try await Auditor.working(in: installation) { auditor in
                try await UnusualReader(pool: auditor.pool).findings(
                    question, wanted, now: WallClock.now(),
                    look: auditor.look("audit/unusual", practice: question.practice, reason: reason))
            }
            json ? tellJSON(found) : tell(found)
            if !found.isEmpty { throw ExitStatus.problemsFound.exit }
        }
    }

    private func tell(_ found: [UnusualFinding]) {
        guard !found.isEmpty else { return Console.out("Nothing unusual.") }
        var table = Table("RULE", "PRACTICE", "WHO", "FROM", "TO", "COUNT", "USUAL", "PATIENT", "EVIDENCE", numeric: [5, 6])
        for finding in found {
            table.add(
                finding.rule.rawValue, finding.practice,
                MaskedMessage.printable("\(finding.subject) (\(finding.client))"), londonText(finding.since),
                londonText(finding.until), String(finding.count), finding.usual.map(String.init) ?? "",
                finding.ref ?? "", finding.requestIDs.prefix(3).joined(separator: " "))
        }
        Console.out(table.text)
    }

    private func tellJSON(_ found: [UnusualFinding]) {
        let items = found.map { finding in
            """
            {"rule":"\(finding.rule.rawValue)","practice":\(jsonText(finding.practice)),\
            "subject":\(jsonText(finding.subject)),"client":\(jsonText(finding.client)),\
            "since":"\(finding.since.iso8601)","until":"\(finding.until.iso8601)","count":\(finding.count),\
            "usual":\(finding.usual.map(String.init) ?? "null"),"patient":\(finding.ref.map(jsonText) ?? "null"),\
            "request_ids":[\(finding.requestIDs.map(jsonText).joined(separator: ","))]}
            """
        }
        Console.out("{\"schema\":\"unusual-access/1\",\"items\":[\(items.joined(separator: ","))]}")
    }
}
