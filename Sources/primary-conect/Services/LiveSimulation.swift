import EventSourcing
import HL7v2
import Logging
import MLLP
import ServiceLifecycle
import Simulator

/// Sends a simulated district's messages when they are due, over MLLP, one line a hospital, as hospitals do.
///
/// A message is sent again until it is acknowledged. How far it came is written down after each, so the next run goes
/// on from there.
struct LiveSimulation: Service {
    let simulation: ScenarioRun
    let target: HostPort
    let statePath: String?
    let state: DemoState
    let now: @Sendable () -> Instant
    /// Simulated seconds a second.
    let speed: Double
    let logger: Logger

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            do {
                try await send()
            } catch is CancellationError {
                return
            }
        }
    }

    private func send() async throws {
        var simulation = simulation
        var state = state
        var links: [String: MLLPClient] = [:]
        let began = now()
        let clock = ContinuousClock()
        let started = clock.now
        while let message = simulation.next() {
            // What fell due while nothing ran is sent at once; what is ahead waits its time.
            let ahead = Double(message.sendAt.microseconds - began.microseconds) / 1_000_000 / speed
            if ahead > 0 { try await clock.sleep(until: started + .seconds(ahead)) }
            try Task.checkCancellation()
            try await deliver(message, links: &links)
            state.sentThrough = max(state.sentThrough, message.sendAt.microseconds)
            if let statePath { try state.write(statePath) }
        }
    }

    private func deliver(_ message: SimulatedMessage, links: inout [String: MLLPClient]) async throws {
        var wait = Duration.milliseconds(200)
        while true {
            do {
                let link: MLLPClient
                if let open = links[message.hospital], open.isOpen {
                    link = open
                } else {
                    link = try await MLLPClient.connect(host: target.host, port: target.port)
                    links[message.hospital] = link
                }
                let answer = try await link.send(message.bytes)
                let code = (try? HL7Message(answer))?.segment("MSA")?.field(1).string ?? ""
                // A refused message is not sent again unless the receiver could not store it (AR 207).
                if code != "AR" || message.kind == .faulty { return }
            } catch {
                try Task.checkCancellation()
                logger.debug("not delivered yet", metadata: ["hospital": "\(message.hospital)"])
            }
            try await Task.sleep(for: wait)
            wait = min(wait * 2, .seconds(10))
        }
    }
}
