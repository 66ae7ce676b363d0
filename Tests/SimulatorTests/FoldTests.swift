import Admissions
import EventSourcing
import Simulator
import Testing

/// The fold of the messages against the oracle.
@Suite struct FoldTests {
    /// Holds a fold against what was told, stay by stay.
    static func compare(_ folded: Folded, _ truth: Truth, at moment: String) {
        var differences: [String: Int] = [:]
        for stay in truth.stays where !stay.isUnsettled && !stay.hasAmbiguousOrder {
            for difference in Self.differences(stay, folded) { differences[difference, default: 0] += 1 }
        }
        #expect(differences.isEmpty, "\(moment)")
        let settled = Set(
            truth.stays.filter(\.isUnsettled).map { $0.hospital + " " + $0.hospital + "|" + $0.number })
        let told = Set(truth.inHospital().map { $0.hospital + " " + $0.hospital + "|" + $0.number })
        #expect(folded.inHospital.symmetricDifference(told).subtracting(settled).isEmpty, "\(moment)")
    }

    private static func differences(_ stay: Truth.Stay, _ folded: Folded) -> [String] {
        guard let reading = folded.encounter(of: stay) else { return stay.status == .untold ? [] : ["not heard of"] }
        guard stay.status != .untold else { return ["heard of before it was told"] }
        var found: [String] = []
        switch stay.status {
        case .open where !reading.isOpen: found.append("open, read as \(reading.status)")
        case .finished where reading.status != .finished: found.append("finished, read as \(reading.status)")
        case .cancelled where reading.status != .cancelled: found.append("cancelled, read as \(reading.status)")
        default: break
        }
        guard stay.status != .cancelled else { return found }
        let kind: EncounterClass =
            stay.kind == .attendance ? .emergency : stay.kind == .dayCase ? .daycase : .inpatient
        if reading.encounterClass != kind { found.append("class") }
        if reading.location?.ward != stay.ward { found.append("ward") }
        if reading.location?.bed != stay.bed { found.append("bed") }
        let person = folded.patient(of: stay)
        let patient = person?.patient
        if patient?.practice?.rawValue != stay.practice { found.append("practice") }
        if patient?.nhsNumber?.digits != stay.nhsNumber { found.append("NHS number") }
        if person?.isDeceased != stay.isDeceased { found.append("death") }
        guard !stay.wasDisordered else { return found }
        if stay.kind != .attendance, reading.admitted?.toldAt != stay.inpatientToldAt { found.append("admission told") }
        if reading.discharged?.toldAt != stay.dischargeToldAt { found.append("discharge told") }
        return found
    }

    @Test func `the messages of a week in any order give who is in hospital at its end`() throws {
        let run = try Run.week.get()
        let truth = run.simulation.truth(at: run.end)
        Self.compare(try Folded(run.messages), truth, at: "in order")
        var generator = SeededGenerator(seed: 1)
        Self.compare(try Folded(run.messages.shuffled(using: &generator)), truth, at: "shuffled")
    }

    @Test func `at every hour the messages sent so far give what was told so far`() throws {
        let run = try Run.week.get()
        var simulation = run.simulation
        var folded = try Folded()
        var heard = run.messages[...]
        for hours in [1, 9, 26, 33, 57, 80, 100, 131, 160] {
            let moment = run.start + .seconds(hours * 3_600)
            let news = heard.prefix { $0.sendAt <= moment }
            heard = heard.dropFirst(news.count)
            try folded.hear(news)
            simulation.skip(to: moment)
            Self.compare(folded, simulation.truth(at: moment), at: "after \(hours) hours")
        }
    }

    @Test func `another season and another seed agree as well`() throws {
        let run = try Run(from: "2026-07-16T00:00:00Z", days: 4, seed: 21)
        Self.compare(try Folded(run.messages), run.simulation.truth(at: run.end), at: "in July")
    }

    @Test func `trouble without measure still gives what was told`() throws {
        var settings = SimulationSettings()
        settings.cancelledAdmissionRate = 0.2
        settings.cancelledAttendanceRate = 0.1
        settings.cancelledDischargeRate = 0.4
        settings.falseDeathShare = 0.5
        settings.visitNumberReuseRate = 1
        settings.correctionRate = 0.5
        settings.lateEntryRate = 0.3
        settings.resendRate = 0.1
        settings.controlIDReuseRate = 0.1
        settings.delayedRate = 0.05
        settings.unreadableRate = 0.1
        let run = try Run(from: "2026-02-09T00:00:00Z", days: 3, settings: settings)
        let truth = run.simulation.truth(at: run.end)
        #expect(truth.stays.contains { $0.status == .cancelled })
        var generator = SeededGenerator(seed: 5)
        var folded = try Folded(run.messages)
        Self.compare(folded, truth, at: "in order")
        try folded.hear(run.messages.shuffled(using: &generator).prefix(1_000))
        Self.compare(folded, truth, at: "some of it again")
        Self.compare(try Folded(run.messages.shuffled(using: &generator)), truth, at: "shuffled")
    }

    @Test func `what happened and what was told are two things`() throws {
        let run = try Run.week.get()
        // Sunday evening: some who went home on Friday are still in bed by the record.
        let truth = run.simulation.truth(at: run.start + .seconds(6 * 86_400 + 20 * 3_600))
        let told = Set(truth.inHospital().map(\.number))
        let present = Set(truth.present().map(\.number))
        #expect(told.subtracting(present).count > 2)
        let monday = run.simulation.truth(at: run.end + .seconds(14 * 3_600))
        let late = truth.inHospital().filter { !present.contains($0.number) }
        let after = monday.stays.filter { stay in late.contains { $0.number == stay.number } }
        #expect(after.allSatisfy { $0.status == .finished })
        #expect(
            after.contains { ($0.toldDischarge ?? run.end) < truth.at && ($0.dischargeToldAt ?? run.start) > truth.at })
    }
}
