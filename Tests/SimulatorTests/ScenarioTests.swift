import ADT
import Admissions
import EventSourcing
import HL7v2
import Testing

@testable import Simulator

/// Each scenario shows what it says.
@Suite struct ScenarioTests {
    static let begin = Instant(iso8601: "2026-02-10T20:00:00Z") ?? Instant(microseconds: 0)

    /// What a script's messages mean at one hospital, read as they come.
    struct Story {
        private var folds: [String: LogFold] = [:]

        init(_ scenario: Scenario, from start: Instant = begin, through minute: Int = .max) throws {
            let messages = ScenarioScript.messages(of: scenario, in: DistrictTests.district, from: start)
            #expect(!messages.isEmpty && messages.map(\.sendAt) == messages.map(\.sendAt).sorted())
            #expect(Set(messages.map(\.controlID)).count == messages.count)
            let reader = ADTReader(profile: .ukDefault)
            for (index, message) in messages.enumerated() {
                if minute < .max, message.sendAt > start + .seconds(60 * minute) { break }
                let reading = reader.read(try HL7Message(message.bytes))
                #expect(reading.disposition == (message.trigger == "A37" ? .kept : .read), "\(message.trigger)")
                for event in reading.events where reading.disposition == .read {
                    let told = try ToldEvent(
                        RecordedEvent(
                            log: try #require(LogName(message.hospital)), position: Position(Int64(index + 1)),
                            stream: event.stream, type: event.type, payload: event.payload,
                            occurredAt: event.occurredAt, recordedAt: message.sendAt,
                            message: Position(Int64(index + 1))))
                    folds[message.hospital, default: LogFold()].apply(told)
                }
            }
        }

        func person(_ given: String, at hospital: String = "ZX901") throws -> (LogReading.Person, [EncounterReading]) {
            let reading = try #require(folds[hospital]).reading
            let person = try #require(
                reading.people.first { $0.mergedInto == nil && $0.patient.name?.given.first == given }, "\(given)")
            #expect(person.patient.nhsNumber != nil)
            return (person, reading.visits.filter { $0.patient == person.key }.map(\.reading))
        }

        func stay(_ given: String, at hospital: String = "ZX901") throws -> EncounterReading {
            let (_, stays) = try person(given, at: hospital)
            #expect(stays.count == 1, "\(given)")
            return try #require(stays.first)
        }

        var people: [LogReading.Person] { folds.values.flatMap(\.reading.people) }
    }

    /// What is sent from `start` on, in order.
    static func sent(_ scenario: Scenario, over simulation: Simulation, hours: Int) -> [SimulatedMessage] {
        let start = simulation.start
        var run = ScenarioRun(scenario: scenario, simulation: simulation, scriptStart: start)
        var messages: [SimulatedMessage] = []
        while let message = run.next(), message.sendAt < start + .seconds(3_600 * hours) { messages.append(message) }
        #expect(messages.map(\.sendAt) == messages.map(\.sendAt).sorted())
        return messages
    }

    /// A morning at hospitals that have filled for a few days only, which is told much faster.
    static let morning: Simulation = {
        var settings = SimulationSettings()
        settings.warmUpDays = 4
        return Simulation(
            district: DistrictTests.district, from: begin + .seconds(12 * 3_600), seed: 7, settings: settings)
    }()

    /// The scenario's own settings, after fewer days than usual.
    static func simulation(_ scenario: Scenario, warmUpDays: Int, from start: Instant) -> Simulation {
        var settings = scenario.settings
        settings.warmUpDays = warmUpDays
        return Simulation(district: DistrictTests.district, from: start, seed: 7, settings: settings)
    }

    static func instant(_ text: String) throws -> Instant { try #require(Instant(iso8601: text)) }

    @Test func `each scenario says in a sentence what to look for, and its script follows from the seed`() {
        for scenario in Scenario.allCases {
            #expect(scenario.lookFor.hasSuffix("."))
            let scripts = (0..<2).map { _ in
                ScenarioScript.messages(of: scenario, in: DistrictTests.district, from: Self.begin).map(\.bytes)
            }
            #expect(scripts[0] == scripts[1])
        }
        #expect(Scenario.allCases.count == 17)
    }

    @Test func `clocks back: two people came at one time of the wall, an hour apart`() throws {
        // Near, so that it is told in the night itself; and months later, told afterwards.
        for start in ["2026-10-24T18:00:00Z", "2027-01-10T08:00:00Z"] {
            let story = try Story(.clocksBack, from: Self.instant(start))
            let harriet = try #require(story.stay("Harriet").admitted?.moment)
            let hester = try #require(story.stay("Hester").admitted?.moment)
            #expect(harriet.isAmbiguous && hester.isAmbiguous)
            guard start.hasPrefix("2026") else { continue }
            #expect(harriet.instant == (try Self.instant("2026-10-25T00:30:00Z")))
            #expect(hester.instant == (try Self.instant("2026-10-25T01:30:00Z")))
        }
    }

    @Test func `clocks forward: a time that no clock showed is moved and marked`() throws {
        for start in ["2026-03-28T18:00:00Z", "2026-06-01T12:00:00Z"] {
            let moment = try #require(
                try Story(.clocksForward, from: Self.instant(start)).stay("Silas").admitted?.moment)
            #expect(moment.wasShifted)
            #expect(moment.instant == (try Self.instant("2026-03-29T01:30:00Z")))
        }
    }

    @Test func `corrections: a cancelled admission, transfer and discharge`() throws {
        let before = try Story(.corrections, through: 65)
        #expect(try before.stay("Clara").isOpen)
        #expect(try before.stay("Clive").location?.ward == "9A")
        #expect(try Story(.corrections, through: 100).stay("Cora").status == .finished)
        let after = try Story(.corrections)
        #expect(try after.stay("Clara").status == .cancelled)
        #expect(try after.stay("Clive").location?.ward == "EAU")
        #expect(try after.stay("Cora").isOpen)
    }

    @Test func `merge and unmerge: one woman is one, and two women are left for an operator`() throws {
        let story = try Story(.mergeUnmerge)
        #expect(try story.person("Merrily").1.count == 2)
        #expect(try story.person("Minna").1.count == 2)
        #expect(story.people.count { $0.mergedInto != nil } == 2)
    }

    @Test func `deceased: four signals, four deaths`() throws {
        for (given, signal) in [
            ("Aldous", "method"), ("Beatrix", "flag"), ("Clement", "time"), ("Delphine", "disposal"),
        ] {
            #expect(try !Story(.deceased, through: 125).person(given).0.isDeceased, "\(signal)")
            let (person, stays) = try Story(.deceased).person(given)
            #expect(person.isDeceased, "\(signal)")
            #expect(person.patient.isToldDead == ["flag", "time"].contains(signal), "\(signal)")
            #expect(stays.contains(where: \.died) == ["method", "disposal"].contains(signal), "\(signal)")
        }
    }

    @Test func `restricted: two open stays, one from its start and one from a later word`() throws {
        let early = try Story(.restricted, through: 30)
        #expect(try early.person("Rosa").0.patient.isRestricted)
        #expect(try !early.person("Rhoda").0.patient.isRestricted)
        let story = try Story(.restricted)
        for given in ["Rosa", "Rhoda"] {
            #expect(try story.person(given).0.patient.isRestricted)
            #expect(try story.stay(given).isOpen)
        }
    }

    @Test func `readmission: an emergency twelve days after the last discharge`() throws {
        let stays = try Story(.readmission).person("Rudi").1.sorted { $0.key < $1.key }
        let left = try #require(stays.first?.discharged?.moment?.instant)
        let back = try #require(stays.last?.admitted?.moment?.instant)
        #expect(stays.last?.isOpen == true && stays.last?.admissionMethod == "21")
        #expect((12 * 86_400..<13 * 86_400).contains(Int((back - left).components.seconds)))
    }

    @Test func `similar names: two pairs on one list`() throws {
        let story = try Story(.similarNames)
        let names = story.people.map {
            "\($0.patient.name?.family ?? "") \($0.patient.name?.given.first?.prefix(1) ?? "")"
        }
        #expect(names.filter { $0 == "HARWOOD M" }.count == 2)
        #expect(
            Set(story.people.filter { $0.patient.born?.hasPrefix("1950") == true }.compactMap(\.patient.name?.family))
                == ["STEPHENS", "STEVENS"])
        #expect(Set(story.people.map(\.patient.practice?.rawValue)) == ["Z99001"])
        for given in ["Margaret", "Mary", "Alan", "Colin"] { #expect(try story.stay(given).isOpen) }
    }

    @Test func `out of order: told backwards, read forwards`() throws {
        #expect(try Story(.outOfOrder, through: 45).stay("Odile").status == .finished)
        let stay = try Story(.outOfOrder).stay("Odile")
        #expect(stay.status == .finished && !stay.isInferred)
        #expect(stay.stays.map(\.location?.ward) == ["EAU", "7B"])
    }

    @Test func `long names: nothing is lost on the way`() throws {
        let story = try Story(.longNames)
        let name = try #require(story.person("Wilhelmina").0.patient.name)
        #expect(name.family.count > 100 && name.family.hasSuffix("ŁUKASIEWICZ"))
        #expect(name.given.joined(separator: " ").hasSuffix("Guðrún"))
        #expect(try story.person("O").0.patient.name?.family == "NG")
    }

    @Test func `moved practice: in the middle of the stay, by both kinds of message`() throws {
        let (before, after) = (try Story(.movedPractice, through: 60), try Story(.movedPractice))
        for (given, practice) in [("Mona", "Z99002"), ("Marcus", "Z98001")] {
            #expect(try before.person(given).0.patient.practice?.rawValue == "Z99001")
            #expect(try after.person(given).0.patient.practice?.rawValue == practice)
            #expect(try after.stay(given).isOpen)
        }
    }

    @Test func `silent feed: Castlemead stops in the middle of a stay, the others go on`() throws {
        let start = Self.morning.start
        let messages = Self.sent(.silentFeed, over: Self.morning, hours: 8)
        let silent = start + .seconds(30 * 60)
        #expect(messages.contains { $0.hospital == "ZX902" && $0.sendAt < silent })
        #expect(!messages.contains { $0.hospital == "ZX902" && $0.sendAt >= silent })
        #expect(messages.contains { $0.hospital == "ZX901" && $0.sendAt > start + .seconds(7 * 3_600) })
        #expect(try Story(.silentFeed).stay("Cassia", at: "ZX902").isOpen)
    }

    @Test func `late batch: five hours of one hospital come within minutes, all of them, wherever a run is taken up`()
        throws
    {
        let start = Self.morning.start
        let messages = Self.sent(.lateBatch, over: Self.morning, hours: 8)
        let (held, release) = (start + .seconds(3_600), start + .seconds(6 * 3_600))
        #expect(!messages.contains { $0.hospital == "ZX901" && (held..<release).contains($0.sendAt) })
        #expect(messages.contains { $0.hospital == "ZX902" && (held..<release).contains($0.sendAt) })
        let batch = messages.filter { $0.hospital == "ZX901" && (release..<release + .seconds(60)).contains($0.sendAt) }
        #expect(batch.count > 200)
        #expect(batch.contains { $0.controlID.hasPrefix("SCN") && $0.trigger == "A01" })
        // The same messages as without the scenario, but for the script.
        var plain = Self.morning
        var expected: Set<[UInt8]> = []
        while let message = plain.next(), message.sendAt < start + .seconds(8 * 3_600) {
            expected.insert(message.bytes)
        }
        #expect(Set(messages.filter { !$0.controlID.hasPrefix("SCN") }.map(\.bytes)) == expected)

        for minutes in [20, 100, 240, 361, 420] {
            let moment = start + .seconds(60 * minutes)
            var run = ScenarioRun(scenario: .lateBatch, simulation: Self.morning, scriptStart: start)
            run.skip(to: moment)
            let rest = messages.drop { $0.sendAt <= moment }.prefix(300)
            #expect(rest.allSatisfy { run.next()?.bytes == $0.bytes }, "\(minutes)")
        }
    }

    @Test func `duplicate storm: for an hour everything comes six times, byte for byte`() throws {
        let start = Self.morning.start
        let storm = start + .seconds(30 * 60)..<start + .seconds(90 * 60)
        let messages = Self.sent(.duplicateStorm, over: Self.morning, hours: 2)
        let first = messages.filter { storm.contains($0.sendAt) && $0.kind != .resend }
        #expect(first.count > 50)
        var copies: [[UInt8]: Int] = [:]
        for message in messages { copies[message.bytes, default: 0] += 1 }
        #expect(first.allSatisfy { (copies[$0.bytes] ?? 0) >= 6 })
        // The simulation sends a few again by itself, and then within the storm.
        let before = messages.filter { $0.sendAt < storm.lowerBound }
        #expect(before.count { (copies[$0.bytes] ?? 0) >= 6 } < 5)
        #expect(before.count > 100)
    }

    @Test func `quiet night: hardly a message, and Southmoor is not silent`() throws {
        let start = try #require(Scenario.quietNight.start)
        let night = try Self.instant("2026-02-03T22:00:00Z")..<Self.instant("2026-02-04T07:00:00Z")
        let sent = Self.sent(.quietNight, over: Self.simulation(.quietNight, warmUpDays: 20, from: start), hours: 24)
            .filter { $0.hospital == "ZX901" }.map(\.sendAt)
        #expect((5..<90).contains(sent.count { night.contains($0) }))
        let gaps = zip(sent, sent.dropFirst()).map { $1 - $0 }
        #expect((gaps.max() ?? .seconds(86_400)) < .seconds(3 * 3_600))
    }

    @Test func `winter Monday: the weekend's discharges come on Monday morning`() throws {
        let start = try #require(Scenario.winterMonday.start)
        let monday = try Self.instant("2026-01-05T00:00:00Z")
        let messages = Self.sent(
            .winterMonday, over: Self.simulation(.winterMonday, warmUpDays: 14, from: start), hours: 48)
        let morning = messages.filter { (monday + .seconds(28_800)..<monday + .seconds(39_600)).contains($0.sendAt) }
        #expect(morning.count { $0.kind == .lateEntry } >= 15)
        #expect(messages.count { $0.sendAt >= monday && $0.trigger == "A04" && $0.kind == .pathway } > 150)
    }

    @Test func `huge practice: thirty thousand people, sixty of them in a bed`() throws {
        let district = Scenario.hugePractice.district(seed: 7)
        #expect(district.practices[0].listSize == 30_000 && district.practices[0].code == "Z99001")
        #expect(district.list(of: 0).count == 30_000)
        var simulation = Simulation(
            district: district, from: Self.begin, seed: 7, settings: Scenario.hugePractice.settings)
        let told = Self.begin + .seconds(1_800)
        simulation.skip(to: told)
        #expect(simulation.truth(at: told).inHospital(practice: "Z99001").count >= 60)
    }
}
