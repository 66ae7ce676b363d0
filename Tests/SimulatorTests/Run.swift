import ADT
import Admissions
import EventSourcing
import HL7v2
import Simulator
import Testing

/// A stretch of a simulation, kept for several tests to look at.
struct Run: Sendable {
    let simulation: Simulation
    let messages: [SimulatedMessage]
    let start: Instant
    let end: Instant

    /// Everything sent within `days` of `start`.
    init(
        from start: String, days: Int, seed: UInt64 = 7, district: District = DistrictTests.district,
        settings: SimulationSettings = .init()
    ) throws {
        self.start = try #require(Instant(iso8601: start))
        end = self.start + .seconds(days * 86_400)
        var simulation = Simulation(district: district, from: self.start, seed: seed, settings: settings)
        let beginning = simulation
        var messages: [SimulatedMessage] = []
        while let message = simulation.next(), message.sendAt <= end { messages.append(message) }
        self.simulation = beginning
        self.messages = messages
    }

    var days: Double { Double((end - start).components.seconds) / 86_400 }

    /// How often a day the condition holds.
    func perDay(_ condition: (SimulatedMessage) -> Bool) -> Double {
        Double(messages.count(where: condition)) / days
    }

    /// Four weeks of an ordinary January.
    static let january = Result { try Run(from: "2026-01-05T00:00:00Z", days: 28) }

    /// A week, told in full.
    static let week = Result { try Run(from: "2026-03-02T00:00:00Z", days: 7, seed: 11) }
}
