import Admissions
import ArgumentParser
import EventLog
import EventSourcing
import Projections

/// All lists of a district as they stood, by folding every log whole.
struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "All lists of all practices as they stood at a moment, by folding every log whole.",
        discussion: """
            Examples:
              primary-conect replay --to 2026-03-03T08:00
              primary-conect replay --to ZX901:1187 --practice Z99001 --list huddle --compare
              primary-conect replay --to 2026-03-03T08:00 --out then --reason "incident 4711"

            Reads every event that had been told by then, and no view and no index. --out writes one file a practice and
            list, as 'query LIST --as-of TIME --limit 200 --json' prints it but whole; each is recorded with everybody
            on it, and needs a --reason. Without --out only how many there were is said, and each practice recorded as
            looked at. --compare also finds each list as query does, by the indexes, and ends with 3 if any line
            differs: the views may stand behind the moment (project status), or be damaged (project verify). Safe while
            the feed runs.
            """)

    @OptionGroup var installation: InstallationOptions
    @Option(help: "A day, a time (RFC 3339; without an offset London's), or LOG:POSITION: all that was told by then.")
    var to: String
    @Option(help: "Only this practice (ODS code); may be repeated.")
    var practice: [String] = []
    @Option(help: "Only this list; may be repeated.")
    var list: [String] = []
    @Option(help: "A folder to be made, for one JSON file a practice and list.")
    var out: String?
    @Flag(help: "Holds each list against the same list found by the indexes.")
    var compare = false
    @Flag(help: "One JSON object.")
    var json = false
    @Option(help: "Why; recorded.")
    var reason: String?
    @Option(help: "auto, plain, json, none.")
    var progress = ProgressStyle.auto

    func run() async throws {
        try await reporting {
            let job = try await job()
            let place = job.place
            let report = try await Interruption.stopping(place: { place.text }) { try await job.run() }
            Console.out(json ? report.json : report.text)
            guard report.differing == 0 else {
                Console.error("Next: primary-conect project status")
                throw ExitStatus.problemsFound.exit
            }
        }
    }

    private func job() async throws -> ReplayJob {
        let reason = out != nil || reason != nil ? try OperatorInput.reason(reason) : nil
        if let out { try OutputFolder.requireFree(out) }
        return ReplayJob(
            installation: try await Installation(options: installation), moment: try moment(),
            practices: try practices(), lists: try lists(), out: out, isCompared: compare, reason: reason,
            progress: progress)
    }

    private func moment() throws -> AsAtMoment {
        if let moment = AsAtMoment(position: to) { return moment }
        guard let moment = MomentArgument(argument: to)?.instant else {
            throw CommandFailure(.badData, "--to is a time like 2026-03-03T08:00, or a log and a number, ZX901:1187.")
        }
        guard moment <= WallClock.now() else { throw CommandFailure(.badData, "--to lies in the future.") }
        return .time(moment)
    }

    private func practices() throws -> [String] {
        let codes = try practice.map { text in
            guard let code = ODSPracticeCode(text.uppercased()) else {
                throw CommandFailure(.badData, "--practice is an ODS code.")
            }
            return code.rawValue
        }
        return Set(codes).sorted()
    }

    private func lists() throws -> [PracticeList] {
        let named = try Set(list.map { name in
            guard let list = PracticeList(rawValue: name) else {
                throw CommandFailure(
                    .badData,
                    "There is no list '\(name)'; there are "
                        + "\(PracticeList.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            return list
        })
        return PracticeList.allCases.filter(named.contains)
    }
}
