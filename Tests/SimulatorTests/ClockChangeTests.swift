import Admissions
import EventSourcing
import HL7v2
import Simulator
import Testing

/// The two nights on which London's clocks change. All times in messages are local, without a zone.
@Suite struct ClockChangeTests {
    @Test func `nothing tells a time that the clocks leave out`() throws {
        let run = try Run(from: "2026-03-28T12:00:00Z", days: 1)
        for message in run.messages where message.kind != .faulty {
            let parsed = try HL7Message(message.bytes)
            for path in ["MSH-7", "EVN-2", "EVN-6", "PV1-44", "PV1-45"] {
                guard let text = parsed.value(path), text.hasPrefix("20260329") else { continue }
                #expect(!text.hasPrefix("2026032901"))
            }
        }
        #expect(run.messages.contains { (try? HL7Message($0.bytes).value("EVN-2"))?.hasPrefix("2026032902") == true })
        FoldTests.compare(try Folded(run.messages), run.simulation.truth(at: run.end), at: "clocks forward")
    }

    @Test func `the system stands still while an hour comes twice, and is told afterwards`() throws {
        let run = try Run(from: "2026-10-24T12:00:00Z", days: 1, seed: 9)
        let first = try #require(Instant(iso8601: "2026-10-25T00:00:00Z"))
        let last = try #require(Instant(iso8601: "2026-10-25T02:00:00Z"))
        #expect(!run.messages.contains { $0.sendAt > first + .seconds(60) && $0.sendAt < last })
        let told = run.messages.compactMap { try? HL7Message($0.bytes) }
        #expect(!told.contains { $0.value("EVN-2")?.hasPrefix("2026102501") == true })
        // What happened in the hour is told with its own time all the same.
        #expect(told.contains { $0.value("EVN-6")?.hasPrefix("2026102501") == true })
        let truth = run.simulation.truth(at: run.end)
        #expect(truth.stays.contains { $0.hasAmbiguousTime })
        FoldTests.compare(try Folded(run.messages), truth, at: "clocks back")
    }

    @Test func `a system that goes on records the hour twice`() throws {
        var settings = SimulationSettings()
        settings.pausesWhenClocksGoBack = false
        let run = try Run(from: "2026-10-24T12:00:00Z", days: 1, seed: 9, settings: settings)
        let first = try #require(Instant(iso8601: "2026-10-25T00:00:00Z"))
        let middle = try #require(Instant(iso8601: "2026-10-25T01:00:00Z"))
        for range in [first..<middle, middle..<middle + .seconds(3_600)] {
            let sent = run.messages.filter { range.contains($0.sendAt) && $0.kind == .pathway && !$0.wasDelayed }
            #expect(sent.contains { (try? HL7Message($0.bytes).value("EVN-2"))?.hasPrefix("2026102501") == true })
        }
        let truth = run.simulation.truth(at: run.end)
        #expect(truth.stays.contains { $0.hasAmbiguousOrder })
        FoldTests.compare(try Folded(run.messages), truth, at: "clocks back, all told")
    }
}
