import Admissions
import EventSourcing
import HL7v2
import Simulator
import Testing

@Suite struct SimulationTests {
    static func bytes(seed: UInt64, count: Int = 1_500, settings: SimulationSettings = .init()) throws -> [[UInt8]] {
        var simulation = Simulation(
            district: DistrictTests.district, from: try #require(Instant(iso8601: "2026-06-01T06:00:00Z")), seed: seed,
            settings: settings)
        return (0..<count).compactMap { _ in simulation.next()?.bytes }
    }

    @Test func `the same seed sends the same bytes`() throws {
        #expect(try Self.bytes(seed: 3) == Self.bytes(seed: 3))
    }

    @Test func `another seed sends others`() throws {
        let first = Set(try Self.bytes(seed: 3, count: 500))
        let second = Set(try Self.bytes(seed: 4, count: 500))
        #expect(first.isDisjoint(with: second))
    }

    @Test func `a copy goes on by itself`() throws {
        var simulation = Simulation(
            district: DistrictTests.district, from: try #require(Instant(iso8601: "2026-06-01T06:00:00Z")), seed: 3)
        for _ in 0..<700 { _ = simulation.next() }
        var copy = simulation
        let ahead = (0..<50).map { _ in copy.next()?.bytes }
        #expect((0..<50).map { _ in simulation.next()?.bytes } == ahead)
    }

    @Test func `messages come in the order of sending, from the start on, without end`() throws {
        let run = try Run.week.get()
        #expect(run.messages.allSatisfy { $0.sendAt >= run.start })
        #expect(zip(run.messages, run.messages.dropFirst()).allSatisfy { $0.sendAt <= $1.sendAt })
        #expect(run.messages.count > 10_000)
    }

    @Test func `a simulation taken up later sends what it would have sent`() throws {
        let run = try Run.week.get()
        let middle = run.start + .seconds(3 * 86_400)
        var later = run.simulation
        later.skip(to: middle)
        let rest = run.messages.drop { $0.sendAt <= middle }.prefix(2_000)
        for message in rest {
            let next = later.next()
            #expect(next?.bytes == message.bytes)
            #expect(next?.sendAt == message.sendAt)
        }
    }

    @Test func `hospitals that nobody filled fill up`() throws {
        var settings = SimulationSettings()
        settings.priming = .emptyHospitals
        let run = try Run(from: "2026-02-02T00:00:00Z", days: 2, settings: settings)
        #expect(!run.messages.contains { $0.kind == .priming })
        let first = run.simulation.truth(at: run.start + .seconds(6 * 3_600))
        let second = run.simulation.truth(at: run.end)
        #expect(first.inHospital().count < 40)
        #expect((60...170).contains(second.inHospital().count))
    }

    @Test func `the feed begins by telling who is there`() throws {
        let run = try Run.week.get()
        let priming = run.messages.filter { $0.kind == .priming }
        #expect((300...480).contains(priming.count))
        #expect(priming.allSatisfy { $0.trigger == "A01" || $0.trigger == "A04" })
        #expect((priming.last.map { $0.sendAt - run.start } ?? .zero) < .seconds(900))
        let told = run.simulation.truth(at: run.start + .seconds(900))
        #expect((270...400).contains(told.inHospital("ZX901").count))
        #expect((20...31).contains(told.inHospital("ZX902").count))
        #expect((20...31).contains(told.inHospital("ZX903").count))
    }

    @Test func `a full hospital of which nobody tells comes to light bit by bit`() throws {
        var settings = SimulationSettings.faultless
        settings.priming = .untoldInpatients
        let run = try Run(from: "2026-02-02T00:00:00Z", days: 1, settings: settings)
        // Each is heard of some three times a day: soon few are known, in the end nearly all.
        let soon = run.simulation.truth(at: run.start + .seconds(2 * 3_600))
        #expect(soon.inHospital().count + 20 < soon.present().count)
        let truth = run.simulation.truth(at: run.end)
        #expect(soon.inHospital().count < truth.inHospital().count)
        let folded = try Folded(run.messages)
        #expect(truth.stays.contains { folded.encounter(of: $0)?.isInferred == true })
    }

    @Test func `each mistake can be turned off`() throws {
        let run = try Run(from: "2026-02-02T00:00:00Z", days: 4, settings: .faultless)
        let unwanted: Set<SimulatedMessage.Kind> = [.correction, .lateEntry, .resend, .faulty]
        #expect(!run.messages.contains { unwanted.contains($0.kind) || $0.wasDelayed || $0.reusesControlID })
        #expect(Set(run.messages.map(\.controlID)).count == run.messages.count)
    }
}
