import ArgumentParser
import EventLog
import EventSourcing
import Foundation
import Ingest
import Logging
import MLLP
import Postgres
import PracticeService
import ServiceLifecycle
import Simulator

/// Everything on this machine with an invented district: private PostgreSQL, schema, history, daemon, live feed.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Everything on this machine with an invented district.",
        discussion: """
            Examples:
              primary-conect demo
              primary-conect demo --days 60 --speed 60
              primary-conect demo --scenario silent-feed

            The first run writes some days of history, as if the daemon had been running; then messages arrive when they
            are due. Ctrl-C stops all of it, PostgreSQL too; the next run goes on with the same data.
            A scenario begins ten hours before the first run; simulate --help lists them.
            """)

    @OptionGroup var installation: InstallationOptions
    @Option(help: "Days of history for a new installation.")
    var days = 14
    @Option(help: "The seed of a new installation.")
    var seed: UInt64 = 7
    @Option(help: "One thing that is certain to be seen in a new installation.")
    var scenario: Scenario?
    @Option(help: "Simulated seconds a second, once live.")
    var speed = 1.0
    @Option(help: "Where to listen for HL7.")
    var mllp = HostPort(host: "127.0.0.1", port: 2575)
    @Option(help: "Where to answer HTTP.")
    var http = HostPort(host: "127.0.0.1", port: 8080)
    @Option(help: "auto, plain, json, none.")
    var progress = ProgressStyle.auto
    @Option(help: "Least level of log lines.")
    var logLevel = "warning"

    func run() async throws {
        try await reporting {
            guard speed > 0, days >= 0 else { throw CommandFailure(.badData, "--speed is above 0, --days not below.") }
            let installation = try await Installation(options: installation)
            let logger = try Logging.logger(level: logLevel)
            guard let cluster = try installation.startCluster() else {
                throw CommandFailure(.notAllowed, "demo writes invented patients, and only into its own PostgreSQL.")
            }
            do {
                try await serve(installation, logger)
            } catch {
                try? cluster.stop(.fast)
                throw error
            }
            try? cluster.stop(.fast)
            Console.error("Stopped. The data is kept in \(installation.directory).")
        }
    }

    private func serve(_ installation: Installation, _ logger: Logger) async throws {
        _ = try Migrations(installation).migrate()
        let statePath = "\(installation.directory)/demo.json"
        let now = WallClock.now()
        let state: DemoState
        if let kept = DemoState.read(statePath) {
            state = kept
        } else {
            let start = now.microseconds - Int64(days) * 86_400_000_000
            state = DemoState(
                seed: seed, start: start, sentThrough: start, scenario: scenario?.rawValue,
                scriptStart: max(start, now.microseconds - Self.scriptAgoMicroseconds))
            try state.write(statePath)
        }
        let played = state.scenario.flatMap(Scenario.init(rawValue:))
        if let scenario, scenario != played {
            throw CommandFailure(
                .badData,
                "This installation was begun \(played.map { "with \($0.rawValue)" } ?? "without a scenario").",
                next: "primary-conect demo --scenario \(scenario.rawValue) --directory ANOTHER")
        }
        let beginning = ScenarioRun(
            scenario: played, from: Instant(microseconds: state.start),
            scriptStart: Instant(microseconds: state.scriptStart ?? state.start), seed: state.seed)
        var reached = state
        if state.sentThrough == state.start {
            reached = try await writeHistory(beginning, state, through: now, installation, logger)
            try reached.write(statePath)
        }
        var simulation = beginning
        simulation.skip(to: Instant(microseconds: reached.sentThrough))
        let practice = simulation.district.practices[0].code
        let token = try await writeToken(installation, practices: simulation.district.practices.map(\.code))
        let (unsent, stand) = (simulation, reached)
        let banner = Banner(
            installation: installation, practice: practice, token: token, seed: state.seed, scenario: played)
        let ports = AsyncStream.makeStream(of: [Role: Int].self)
        let daemon = Daemon(
            installation: installation, roles: Set(Role.allCases), logger: logger,
            readiness: Readiness(waitingFor: Set(Role.allCases)) { found in
                Console.out(banner.text(ports: found))
                Console.out(Readiness.line(found))
                ports.continuation.yield(found)
            },
            mllp: .init(host: mllp.host, port: mllp.port), http: http)
        let services = try await daemon.services()
        let feed = FeedWhenReady(ports: ports.stream) { found in
            LiveSimulation(
                simulation: unsent, target: HostPort(host: mllp.host, port: found[.ingest] ?? mllp.port),
                statePath: statePath, state: stand, now: WallClock.now, speed: speed, logger: logger)
        }
        try await ServiceGroup.run(services + [feed], logger: logger)
    }

    /// Writes the past as if the daemon had been running: each message was told when it was sent.
    private func writeHistory(
        _ beginning: ScenarioRun, _ state: DemoState, through now: Instant, _ installation: Installation,
        _ logger: Logger
    ) async throws -> DemoState {
        let told = SettableClock(Instant(microseconds: state.start))
        let clock: @Sendable () -> Instant = { told.now }
        let log = GroupCommit(configuration: try installation.connection(.ingest), now: clock, logger: logger)
        log.start()
        let profiles = try ProfileFolder.library(installation.settings)
        let receiver = Receiver(
            log: log, feeds: try HospitalList(installation.settings).feeds(profiles), now: clock)
        let bar = ProgressBar(
            "history", total: Int((now.microseconds - state.start) / 1_000_000), unit: "s", style: progress)
        var reached = state
        var simulation = beginning
        var pending = simulation.next()
        // A message counts as told at the end of its five minutes: a commit has one time for all it carries.
        while let first = pending, first.sendAt <= now {
            let slot = first.sendAt.microseconds / Self.slotMicroseconds
            let end = min(Instant(microseconds: (slot + 1) * Self.slotMicroseconds - 1), now)
            told.now = end
            try await InProcessFeed(receiver: receiver).run(from: "simulation") {
                guard let message = pending, message.sendAt <= end else { return nil }
                reached.sentThrough = message.sendAt.microseconds
                pending = simulation.next()
                return message.bytes
            } answered: { _, _ in
            }
            bar.advance(to: Int((end.microseconds - state.start) / 1_000_000))
        }
        await log.stop()
        bar.finish()
        return reached
    }

    private static let slotMicroseconds: Int64 = 300_000_000
    /// A script is told by the time of the first look at the lists.
    private static let scriptAgoMicroseconds: Int64 = 10 * 3_600_000_000

    private func writeToken(_ installation: Installation, practices: [String]) async throws -> String {
        let issuer = try await DevelopmentTokens.issuer(installation)
        let token = try await DevelopmentTokens.token(
            issuer, role: .practiceClinician, practices: practices, subject: "demo", lifetime: .seconds(12 * 3600))
        let path = "\(installation.directory)/demo.token"
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(token.utf8), attributes: [.posixPermissions: 0o600])
        else { throw CommandFailure(.failed, "\(path) cannot be written.") }
        return token
    }
}

/// Starts the live feed once the daemon says where it listens.
private struct FeedWhenReady: Service {
    let ports: AsyncStream<[Role: Int]>
    let make: @Sendable ([Role: Int]) -> LiveSimulation

    func run() async throws {
        for await found in ports.cancelOnGracefulShutdown() {
            try await make(found).run()
            return
        }
    }
}

/// What a newcomer needs to see.
private struct Banner {
    let installation: Installation
    let practice: String
    let token: String
    let seed: UInt64
    let scenario: Scenario?

    func text(ports: [Role: Int]) -> String {
        let address = "http://127.0.0.1:\(ports[.web] ?? 8080)"
        let told = scenario.map { "\n\n  SCENARIO  \($0.rawValue). \($0.lookFor)" } ?? ""
        return """

              SIMULATED DATA  seed \(seed): \(scenario == .hugePractice ? "155,520" : "135,000") invented people, \
            19 practices, 3 hospitals\(told)

              Docs    \(address)/docs
              API     \(address)/api/v1/practices/\(practice)/lists/admissions   (also in-hospital, discharges, huddle ...)
              Token   \(token)
                      (kept in \(installation.directory)/demo.token, good for 12 hours, all 19 practices)
              MLLP    127.0.0.1:\(ports[.ingest] ?? 2575)

              Who was admitted overnight:
                curl -s -H "Authorization: Bearer $(cat \(installation.directory)/demo.token)" '\(address)/api/v1/practices/\(practice)/lists/admissions'

              Next    primary-conect status --directory \(installation.directory)        Stop with Ctrl-C

            """
    }
}
