import ArgumentParser
import EventLog
import EventSourcing
import Foundation
import Logging
import ServiceLifecycle
import Simulator

/// Invents a district and sends or prints its messages.
struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Invents a district and sends or prints its messages.",
        discussion: """
            Examples:
              primary-conect simulate --days 1 > day.mllp            one day, as MLLP frames
              primary-conect simulate --to 127.0.0.1:2575 --speed 60 live, an hour a minute
              primary-conect simulate --scenario restricted --to 127.0.0.1:2575 --speed 60

            Scenarios, and what to look for (the people named are of practice Z99001):
            \(Scenario.listing)

            The same seed, start and days give the same bytes. All people are invented; NHS numbers lie in the 999 range.
            """)

    @Option(help: "The seed of district and events.")
    var seed: UInt64 = 7
    @Option(help: "One thing that is certain to be seen; see below.")
    var scenario: Scenario?
    @Option(help: "The first moment, RFC 3339 (default: today 00:00 UTC, or the scenario's own; now, if it is sent).")
    var start: String?
    @Option(help: "Print so many days instead of sending.")
    var days: Double = 1
    @Option(help: "Send to this MLLP receiver, from now on, until stopped.")
    var to: HostPort?
    @Option(help: "Simulated seconds a second.")
    var speed = 1.0
    @Flag(help: "Lines (LF, a blank line between messages) instead of MLLP frames.")
    var lines = false
    @Option(help: "auto, plain, json, none.")
    var progress = ProgressStyle.auto

    func run() async throws {
        try await reporting {
            let now = WallClock.now()
            let midnight = Instant(microseconds: now.microseconds - now.microseconds % 86_400_000_000)
            var from = to == nil ? scenario?.start ?? midnight : now
            if let start {
                guard let instant = Instant(iso8601: start) else {
                    throw CommandFailure(.badData, "--start is a time like 2026-03-02T00:00:00Z.")
                }
                from = instant
            }
            guard speed > 0, days > 0 else { throw CommandFailure(.badData, "--speed and --days are above 0.") }
            let simulation = ScenarioRun(scenario: scenario, from: from, scriptStart: from, seed: seed)
            if let scenario { Console.error("SCENARIO  \(scenario.rawValue). \(scenario.lookFor)") }
            if let to {
                let live = LiveSimulation(
                    simulation: simulation, target: to, statePath: nil,
                    state: DemoState(seed: seed, start: from.microseconds, sentThrough: from.microseconds),
                    now: WallClock.now, speed: speed, logger: try Logging.logger(level: "info"))
                try await ServiceGroup.run([live], logger: live.logger)
                return
            }
            print(simulation, from: from)
        }
    }

    private func print(_ simulation: ScenarioRun, from start: Instant) {
        var simulation = simulation
        let until = start.microseconds + Int64(days * 86_400_000_000)
        let bar = ProgressBar("simulate", total: Int(days * 86_400), unit: "s", style: progress)
        var buffer = Data()
        while let message = simulation.next(), message.sendAt.microseconds < until {
            if lines {
                buffer.append(contentsOf: message.bytes.map { $0 == 0x0D ? 0x0A : $0 })
                buffer.append(0x0A)
            } else {
                buffer.append(0x0B)
                buffer.append(contentsOf: message.bytes)
                buffer.append(contentsOf: [0x1C, 0x0D])
            }
            if buffer.count > 1 << 20 {
                FileHandle.standardOutput.write(buffer)
                buffer.removeAll(keepingCapacity: true)
                bar.advance(to: Int((message.sendAt.microseconds - start.microseconds) / 1_000_000))
            }
        }
        FileHandle.standardOutput.write(buffer)
        bar.finish()
    }
}
