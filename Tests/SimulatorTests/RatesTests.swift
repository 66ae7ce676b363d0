import EventSourcing
import Simulator
import Testing

/// Four weeks, counted.
@Suite struct RatesTests {
    @Test func `about 150 people a day come to A&E and about 90 to a bed`() throws {
        let run = try Run.january.get()
        let truth = run.simulation.truth(at: run.end)
        let primed = run.messages.last { $0.kind == .priming }?.sendAt ?? run.start
        let since = max(primed, run.end - .seconds(7 * 86_400))
        let arrivals = truth.stays.filter { $0.isTold && ($0.firstToldAt.map { $0 > since } ?? false) }
        let admissions = truth.admissions(toldAfter: since).count
        // Those admitted on the number of their attendance count for both.
        let attendances = arrivals.count { $0.number.hasPrefix("E") }
        #expect((135.0...165.0).contains(Double(attendances) / 7))
        #expect((80.0...105.0).contains(Double(admissions) / 7))
    }

    @Test func `only the triggers that are read now are sent`() throws {
        let run = try Run.january.get()
        #expect(
            Set(run.messages.map(\.trigger)) == ["A01", "A02", "A03", "A04", "A08", "A11", "A13", "A28", "A31"])
    }

    @Test func `most of what is sent is noise`() throws {
        let run = try Run.january.get()
        let noise = run.perDay { ["A08", "A31", "A28"].contains($0.trigger) }
        let all = run.perDay { _ in true }
        #expect((0.6...0.82).contains(noise / all))
        #expect((2_000...3_000).contains(all))
    }

    @Test func `mistakes and disturbances come at their rates`() throws {
        let run = try Run.january.get()
        #expect((0.5...4).contains(run.perDay { $0.trigger == "A11" }))
        #expect((0.3...2.5).contains(run.perDay { $0.trigger == "A13" }))
        #expect((2...15).contains(run.perDay { $0.kind == .lateEntry }))
        #expect((2...9).contains(run.perDay { $0.kind == .resend }))
        #expect((2...9).contains(run.perDay { $0.wasDelayed && $0.kind != .resend }))
        #expect((0.4...2.5).contains(run.perDay { $0.kind == .faulty }))
        #expect((0.4...2.5).contains(run.perDay { $0.reusesControlID && $0.kind != .resend }))
    }

    @Test func `the wards stay full and the day has its hours`() throws {
        let run = try Run.january.get()
        for day in [7, 14, 21, 28] {
            let truth = run.simulation.truth(at: run.start + .seconds(day * 86_400 - 12 * 3_600))
            #expect((250...380).contains(truth.inHospital("ZX901").count))
            #expect((20...31).contains(truth.inHospital("ZX902").count))
            #expect((20...31).contains(truth.inHospital("ZX903").count))
            #expect((8...70).contains(truth.inEmergencyDepartment().count))
        }
        func count(_ trigger: String, _ hours: ClosedRange<Int64>) -> Int {
            run.messages.count {
                $0.trigger == trigger && hours.contains($0.sendAt.microseconds / 3_600_000_000 % 24)
            }
        }
        #expect(count("A03", 10...18) > 4 * count("A03", 0...6))
        #expect(count("A04", 9...20) > 4 * count("A04", 0...6))
    }

    @Test func `the old and the frequent come more often than others`() throws {
        let run = try Run.january.get()
        let stays = run.simulation.truth(at: run.end).stays
        let old = stays.count { DistrictTests.district.age($0.person, on: DistrictTests.district.referenceDay) >= 65 }
        #expect(Double(old) / Double(stays.count) > 0.35)
        let visits = Dictionary(grouping: stays, by: \.person).values.map(\.count)
        #expect(visits.contains { $0 >= 3 })
    }

    @Test func `people come from every practice, from outside, and from nowhere known`() throws {
        let run = try Run.january.get()
        let codes = Set(run.simulation.truth(at: run.end).stays.filter(\.isTold).map { $0.practice ?? "" })
        #expect(codes.isSuperset(of: DistrictTests.district.practices.map(\.code)))
        #expect(codes.contains(""))
        #expect(codes.contains { $0.hasPrefix("Z98") })
    }

    @Test func `resends are the same bytes and reused control ids are not`() throws {
        let run = try Run.january.get()
        var byControlID: [String: Set<[UInt8]>] = [:]
        for message in run.messages {
            byControlID[message.hospital + message.controlID, default: []].insert(message.bytes)
        }
        for message in run.messages where message.reusesControlID {
            #expect((byControlID[message.hospital + message.controlID]?.count ?? 0) >= 2)
        }
        let seen = Set(run.messages.filter { $0.kind != .resend }.map(\.bytes))
        #expect(run.messages.filter { $0.kind == .resend }.allSatisfy { seen.contains($0.bytes) })
    }
}
