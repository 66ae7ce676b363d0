import Admissions
import ArgumentParser
import EventLog
import EventSourcing
import Logging
import Postgres
import Projections
import Synchronization

/// The practice views: how far they are, and making them anew.
struct Project: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The practice views: how far they are, rebuild, compare.",
        discussion: """
            Examples:
              primary-conect project status
              primary-conect project rebuild
            """,
        subcommands: [ProjectStatus.self, ProjectRebuild.self, ProjectVerify.self],
        defaultSubcommand: ProjectStatus.self)
}

/// How far each log has been projected.
struct ProjectStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "How far each log has been projected; ends with 4 where the views are behind.")

    @OptionGroup var installation: InstallationOptions

    func run() async throws {
        try await reporting {
            let installation = try await Installation(options: installation)
            let pool = try installation.pool(.monitor, connectionsMax: 1)
            let store = try await StoreStatus.read(pool, now: WallClock.now())
            await pool.close()
            var table = Table("LOG", "POSITION", "PROJECTED", "BEHIND", numeric: [1, 2, 3])
            for log in store.logs {
                table.add(
                    log.name, grouped(Int(log.position)), grouped(Int(log.projected)),
                    grouped(Int(log.position - log.projected)))
            }
            Console.out(table.text)
            if store.logs.contains(where: { $0.position > $0.projected }) { throw ExitStatus.staleOrSilent.exit }
        }
    }
}

/// Makes the views anew beside the live ones, and swaps.
struct ProjectRebuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Makes the views anew beside the live ones, and swaps them in.",
        discussion: """
            Example:
              primary-conect project rebuild

            Safe while the feed runs: readers see the old rows until the swap. If it is stopped, nothing has changed.
            Practices that have closed by today (setting succession) stand for their successors from then on,
            and what is sensitive here (setting sensitivity) is restricted or withheld.
            """)

    @OptionGroup var installation: InstallationOptions
    @Option(help: "auto, plain, json, none.")
    var progress = ProgressStyle.auto

    func run() async throws {
        try await reporting {
            let installation = try await Installation(options: installation)
            let pool = try installation.pool(.projector, connectionsMax: 4)
            let bars = PhaseBars(style: progress)
            let summary = try await Rebuild(
                pool: pool, reader: EventReader(pool: pool), logger: try Logging.logger(level: "warning"),
                successors: PracticeSuccessors(
                    try SuccessionFile.named(in: installation.settings), at: LondonDay(of: WallClock.now())),
                sensitivity: try SensitivityFile.named(in: installation.settings)
            ).run { bars.show($0) }
            bars.finish()
            await pool.close()
            let rate = Double(summary.events) / max(seconds(summary.folding), 0.000_001)
            Console.out(
                "OK  \(grouped(Int(summary.events))) events, \(grouped(Int(summary.rows))) rows, "
                    + "folded at \(grouped(Int(rate)))/s, \(spoken(seconds(summary.whole))) in all"
                    + (summary.poison > 0 ? ", \(summary.poison) events not readable" : ""))
        }
    }
}

/// Compares the live views with a fresh fold of the log.
struct ProjectVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compares the live views with a fresh fold, row for row; ends with 3 if they differ.")

    @OptionGroup var installation: InstallationOptions
    @Option(help: "auto, plain, json, none.")
    var progress = ProgressStyle.auto

    func run() async throws {
        try await reporting {
            let installation = try await Installation(options: installation)
            let pool = try installation.pool(.projector, connectionsMax: 4)
            let bars = PhaseBars(style: progress)
            let report = try await ViewComparison(pool: pool, reader: EventReader(pool: pool)).run { bars.show($0) }
            bars.finish()
            await pool.close()
            for difference in report.differences {
                Console.out(
                    "\(difference.kind.rawValue)  \(difference.table)  \(difference.hospital)  \(difference.row)")
            }
            guard report.isEqual else {
                Console.out("FAIL  \(report.differenceCount) of \(grouped(Int(report.rows))) rows differ")
                throw ExitStatus.problemsFound.exit
            }
            Console.out(
                "OK  \(grouped(Int(report.rows))) rows equal a fresh fold of \(grouped(Int(report.events))) events")
        }
    }
}

/// One bar a phase and log.
private final class PhaseBars: Sendable {
    private let style: ProgressStyle
    private let current = Mutex<(phase: RebuildProgress.Phase, log: LogName?, bar: ProgressBar)?>(nil)

    init(style: ProgressStyle) { self.style = style }

    func show(_ progress: RebuildProgress) {
        let bar = current.withLock { current in
            if let known = current, (known.phase, known.log) == (progress.phase, progress.log) { return known.bar }
            current?.bar.finish()
            let bar = ProgressBar(
                ([progress.phase.rawValue] + [progress.log?.rawValue].compactMap(\.self)).joined(separator: " "), total: Int(progress.total),
                unit: progress.phase == .folding || progress.phase == .catchingUp ? "events" : "rows", style: style)
            current = (progress.phase, progress.log, bar)
            return bar
        }
        bar.advance(to: Int(progress.done))
    }

    func finish() {
        current.withLock { $0?.bar.finish() }
    }
}
