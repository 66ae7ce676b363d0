package import EventSourcing

/// The messages of a simulation, those of a scenario's script among them, and what becomes of them on their way.
///
/// Ordered by the time of sending. A value: a copy goes on by itself. Without a scenario it is the simulation.
///
/// ```
/// simulation ─┐
/// script ─────┴▶ by time ─▶ disturbance ─▶ as they are | never | later | again
/// ```
package struct ScenarioRun: IteratorProtocol, Sendable {
    package var district: District { simulation.district }

    private var simulation: Simulation
    private var script: ArraySlice<SimulatedMessage>
    private let disturbance: Disturbance?
    /// The simulation's next message, once it was looked at.
    private var simulated: SimulatedMessage?
    /// Sent again or later, by time.
    private var waiting: ArraySlice<SimulatedMessage> = []
    /// Where the last one that was held back leaves.
    private var lastRelease: Instant?
    /// Looked at while skipping.
    private var ahead: SimulatedMessage?

    /// Begins at `start`; the script begins at `scriptStart`, which is not before.
    package init(scenario: Scenario?, from start: Instant, scriptStart: Instant, seed: UInt64) {
        let district = scenario?.district(seed: seed) ?? District(seed: seed)
        self.init(
            scenario: scenario,
            simulation: Simulation(
                district: district, from: start, seed: seed, settings: scenario?.settings ?? SimulationSettings()),
            scriptStart: scriptStart)
    }

    /// The scenario's script and disturbance over a simulation that there is already.
    init(scenario: Scenario?, simulation: Simulation, scriptStart: Instant) {
        self.simulation = simulation
        script = scenario.map { ScenarioScript.messages(of: $0, in: simulation.district, from: scriptStart)[...] } ?? []
        disturbance = scenario?.disturbance(from: scriptStart)
    }

    /// The next message; never nil.
    package mutating func next() -> SimulatedMessage? {
        if let message = ahead {
            ahead = nil
            return message
        }
        while true {
            if simulated == nil { simulated = simulation.next() }
            let upcoming = [simulated?.sendAt, script.first?.sendAt].compactMap(\.self).min()
            if let first = waiting.first, upcoming.map({ first.sendAt <= $0 }) ?? true { return waiting.removeFirst() }
            guard let message = takeUpcoming() else { return nil }
            guard let disturbance, disturbance.strikes(message) else { return message }
            switch disturbance.kind {
            case .silenced: continue
            case .heldBack:
                let release = max(
                    disturbance.stretch.upperBound, lastRelease.map { $0 + Disturbance.heldGap } ?? message.sendAt)
                lastRelease = release
                wait(message.sent(at: release, again: false))
            case .repeated(let times):
                for time in 1...max(1, times) { wait(message.sent(at: message.sendAt + .seconds(time), again: true)) }
                return message
            }
        }
    }

    /// Goes on without a word until the next message would leave after `instant`.
    package mutating func skip(to instant: Instant) {
        if ahead.map({ $0.sendAt > instant }) == true { return }
        ahead = nil
        let underway = disturbance?.underway
        guard let underway, underway.contains(instant) else {
            waiting = waiting.drop { $0.sendAt <= instant }
            return skipSources(to: instant)
        }
        skipSources(to: underway.lowerBound - .microseconds(1))
        while let message = next() {
            guard message.sendAt <= instant else {
                ahead = message
                return
            }
        }
    }

    private mutating func skipSources(to instant: Instant) {
        script = script.drop { $0.sendAt <= instant }
        if let simulated, simulated.sendAt > instant { return }
        simulated = nil
        simulation.skip(to: instant)
    }

    private mutating func takeUpcoming() -> SimulatedMessage? {
        if let first = script.first, simulated.map({ first.sendAt < $0.sendAt }) ?? true { return script.removeFirst() }
        defer { simulated = nil }
        return simulated
    }

    private mutating func wait(_ message: SimulatedMessage) {
        let place = waiting.lastIndex { $0.sendAt <= message.sendAt }.map { $0 + 1 } ?? waiting.startIndex
        waiting.insert(message, at: place)
    }
}
