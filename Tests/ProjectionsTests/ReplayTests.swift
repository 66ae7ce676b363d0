import Admissions
import EventLog
import EventSourcing
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Projections

/// The whole district replayed: the second way to the past, which must find what the first does.
@Suite struct ReplayTests {
    private static let lists: [PracticeList] = [.admissions, .inHospital, .corrected, .huddle, .unknownPractice]
    private static let practices = ["Z99001", "Z99002", "Z99003", EncounterRow.unknownPractice]

    /// `PRIMARY_CONECT_REPLAY_SEEDS=20` tries as many stories.
    private static let seeds =
        UInt64(ProcessInfo.processInfo.environment["PRIMARY_CONECT_REPLAY_SEEDS"] ?? "") ?? 1

    @Test(arguments: Set(0..<seeds).union([9]).sorted())
    func `whatever comes when, a replay of everything and a search by the indexes find the same past`(
        seed: UInt64
    ) async throws {
        try await World.with { world in
            var story = RegistrationStory(seed: seed)
            for _ in 0..<60 { _ = try await story.step(in: world) }
            try await world.project()
            try await world.withPast { past in
                let ends = try await past.ends()
                var moments = [3, 20].map { AsAtMoment.time(world.clock.now - .seconds($0)) }
                // In the logs of hospitals and of practices, among events of the same time.
                for (log, end) in ends { moments.append(.position(log, Position((end.rawValue + 1) / 2))) }
                var lines = 0
                for moment in moments {
                    let district = try await DistrictReplay(past, window: { .after($0 - .seconds(20)) }).run(to: moment)
                    #expect(district.events == district.cut.positions.values.reduce(0) { $0 + $1.rawValue })
                    for practice in Self.practices {
                        for list in try await replayed(practice, Self.lists, in: district) {
                            lines += list.lineCount
                            #expect(
                                list.difference?.isEqual == true,
                                "\(practice) \(list.list) \(moment) \(String(describing: list.difference))")
                        }
                    }
                }
                #expect(lines > 20)
            }
        }
    }

    @Test func `lists of a practice with acts are replayed as they stand, recorded with all on them`() async throws {
        try await World.with { world in
            try await HuddleStory.tell(to: world)
            try await world.withPast(settings: HuddleStory.settings) { past in
                let live = ListReader(
                    pool: world.servicePool, settings: HuddleStory.settings, now: { instant(HuddleStory.now) })
                let window = ListQuestion.Window.after(instant(HuddleStory.since))
                let district = try await DistrictReplay(past, window: { _ in window }).run(to: PastListTests.now)
                #expect(district.practices.contains("Z99001") && district.unread == 0)
                let practice = try await district.practice("Z99001")
                for list in PracticeList.allCases where list != .unknownPractice {
                    let access = World.access(list: list)
                    let made = try await practice.lists([list], isShown: true, isCompared: true, access: access)
                    #expect(made.map(\.difference?.count) == [0], "\(list)")
                    let accessID: String
                    let shown: Set<String>
                    switch made.first?.page {
                    case .list(let page):
                        let stands = try await live.page(ListQuestion(list, window: window, limit: 200), access: access)
                        #expect(page.items == stands.items, "\(list)")
                        #expect(page.total == made.first?.lineCount && page.nextCursor == nil)
                        (accessID, shown) = (page.accessID, Set(page.items.map(\.row.patient.ref)))
                    case .huddle(let page):
                        #expect(page.sections == (try await live.huddle(window: window, access: access)).sections)
                        (accessID, shown) = (page.accessID, Set(page.sections.flatMap(\.items).map(\.row.patient.ref)))
                    case nil:
                        Issue.record("\(list) was not shown")
                        continue
                    }
                    let recorded = try await world.owner.query(
                        "select unnest(refs) from audit.shown where access::text = \(accessID)")
                    #expect(try Set(recorded.map { try $0.decode(0, as: String.self) }) == shown)
                }
            }
        }
    }

    @Test func `what the indexes do not see is found by a replay, counted, and shown to nobody`() async throws {
        try await World.with { world in
            try await world.tell(
                Visit(number: "SP1", person: .billie).admitted("2026-03-02T21:00:00Z"), told: "2026-03-02T21:00:00Z")
            try await world.project()
            // The views never hear of it.
            try await world.tell(
                Visit(number: "SP2", person: .kit).admitted("2026-03-02T22:00:00Z"), told: "2026-03-02T22:00:00Z")
            try await world.withPast { past in
                func inHospital(_ time: String) async throws -> ReplayedList? {
                    let replay = DistrictReplay(past, window: { _ in .always })
                    let district = try await replay.run(to: .time(instant(time)))
                    return try await replayed("Z99001", [.inHospital], in: district).first
                }
                let before = try await inHospital("2026-03-02T21:30:00Z")
                #expect(before?.lineCount == 1 && before?.difference?.isEqual == true)
                let behind = try await inHospital("2026-03-03T08:00:00Z")
                #expect(behind?.lineCount == 2 && behind?.page == nil)
                #expect(behind?.difference?.onlyReplayed == 1 && behind?.difference?.count == 1)
                let shown = try await world.count("select count(*) from audit.shown")
                let looks = try await world.count("select count(*) from audit.access where practice = 'Z99001'")
                #expect(shown == 0 && looks == 2)
            }
        }
    }

    @Test func `every way in which two lists differ is counted`() throws {
        let lines = ["enc_1", "enc_2", "enc_3"].map { ref in
            ListDifference.Line(section: nil, item: ListItem(row: Self.row(ref), standing: .confirmed))
        }
        #expect(ListDifference(lines, lines).isEqual)
        #expect(ListDifference(lines, Array(lines.prefix(2))).onlyReplayed == 1)
        #expect(ListDifference(Array(lines.prefix(1)), lines).onlyIndexed == 2)
        #expect(ListDifference(lines, lines.reversed()).misplaced == 2)
        #expect(ListDifference(lines, lines + lines.suffix(1)).misplaced == 1)
        var other = Self.row("enc_2")
        other.location.ward = "5A"
        let said = ListDifference.Line(section: nil, item: ListItem(row: other, standing: .confirmed))
        #expect(ListDifference(lines, [lines[0], said, lines[2]]).unequal == 1)
        let elsewhere = lines.map { ListDifference.Line(section: .admissions, item: $0.item) }
        #expect(ListDifference(lines, elsewhere).unequal == 3)
    }

    /// Those of some lists that a practice has, compared.
    private func replayed(
        _ practice: String, _ lists: [PracticeList], in district: ReplayedDistrict
    ) async throws -> [ReplayedList] {
        var access = World.access(practice)
        let isNobodys = practice == EncounterRow.unknownPractice
        if isNobodys { access.role = "operator" }
        return try await district.practice(practice).lists(
            lists.filter { ($0 == .unknownPractice) == isNobodys }, isShown: false, isCompared: true,
            access: access)
    }

    private static func row(_ ref: String) -> EncounterRow {
        let told = instant("2026-03-02T21:00:00Z")
        return EncounterRow(
            practice: "Z99001", hospital: World.hospital, encounterRef: ref, version: 1,
            patient: PatientSummary(ref: "pt_1"), encounterClass: "inpatient", status: "in-progress",
            isAttendance: false, isInferred: false, startedAt: told, admitted: .unknown, arrived: .unknown,
            discharged: .unknown, location: PlaceOfCare(), firstToldAt: told, lastToldAt: told, flags: [],
            shownSince: told)
    }
}
