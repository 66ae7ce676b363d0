import Admissions
import EventSourcing
import Postgres
import Projections
import Testing

/// Every list over one story, against what was worked out by hand (`HuddleStory`).
@Suite struct HuddleListTests {
    static let expected: [(list: PracticeList, names: [String])] = [
        (.deaths, ["Kite"]),
        (.admissions, ["Gull", "Adder", "Jay"]),
        (
            .inHospital,
            [
                "Bell", "Crane", "Kite", "Owl", "Robin", "Swift", "Teal", "Quail", "Adder", "Lark", "Jay", "Adder",
                "Gull",
            ]
        ),
        (.discharges, ["Drake", "Fulmar"]),
        (.attendances, ["Finch", "Eagle", "Gull"]),
        (.expectedDischarges, ["Swift"]),
        (.concerns, ["Cuckoo", "Jay", "Mallard", "Nuthatch", "Pipit", "Bell"]),
        (.fopas, ["Quail"]),
        (.frequent, ["Goose"]),
        (.frequentAttenders, ["Ibis"]),
        (.readmissions, ["Jay"]),
        (.readmissionRisk, ["Finch"]),
        (.symphony, ["Dunlin"]),
        (.longStay, ["Bell", "Crane"]),
        (.virtualWard, ["Yaffle"]),
        (.careHome, ["Owl", "Nuthatch"]),
        (.corrected, ["Vireo", "Umber"]),
        (.unknownPractice, ["Xantus"]),
    ]

    static let sections: [HuddleSection: [String]] = [
        .deaths: ["Kite"],
        .admissions: ["Gull", "Adder", "Jay"],
        .inHospital: ["Bell", "Crane", "Owl", "Robin", "Swift", "Teal", "Quail", "Adder", "Yaffle", "Lark"],
        .discharges: ["Drake", "Fulmar"],
        .attendances: ["Finch", "Eagle"],
        .concerns: ["Cuckoo", "Mallard", "Nuthatch", "Pipit"],
        .frequent: ["Goose"],
        .symphony: ["Dunlin"],
        .corrected: ["Vireo", "Umber"],
    ]

    @Test func `every list shows whom it should, and its access record names them and nobody else`() async throws {
        try await inTheStory { world, reader in
            for (list, names) in Self.expected {
                let page = try await reader.page(ListQuestion(list, window: since), access: access(list))
                #expect(page.items.map { $0.row.patient.family ?? "" } == names, "\(list)")
                #expect(page.total == names.count, "\(list)")
                #expect(try await shown(page.accessID, world) == Set(page.items.map(\.row.patient.ref)), "\(list)")
            }
            #expect(Set(Self.expected.map(\.list)).union([.huddle]) == Set(PracticeList.allCases))

            let huddle = try await reader.huddle(window: since, access: access(.huddle))
            for section in huddle.sections {
                let names = section.items.map { $0.row.patient.family ?? "" }
                #expect(names == Self.sections[section.section], "\(section.section)")
                let isNews = ![.inHospital, .concerns, .frequent, .symphony].contains(section.section)
                #expect(section.items.allSatisfy { $0.isNew == isNews }, "\(section.section)")
            }
            #expect(huddle.sections.map(\.section) == HuddleSection.allCases)
            let refs = huddle.sections.flatMap(\.items).map(\.row.patient.ref)
            #expect(Set(refs).count == refs.count && refs.count == huddle.total)
            #expect(try await shown(huddle.accessID, world) == Set(refs))
            // Dunlin is shown, Egret has a high score and no news.
            let symphony = huddle.sections.first { $0.section == .symphony }
            #expect(symphony?.othersUnchanged == 1)
            #expect(try await world.comparison().isEqual)
        }
    }

    @Test func `flags say why, and of a restricted patient nothing of a place`() async throws {
        try await inTheStory { world, reader in
            let page = try await reader.page(ListQuestion(.inHospital), access: access(.inHospital))
            func flags(_ family: String, _ given: String = "Pat") -> [HuddleFlag] {
                page.items.first { $0.row.patient.family == family && $0.row.patient.given == [given] }?.flags ?? []
            }
            #expect(flags("Bell").map(\.rule.rawValue) == ["los", "standing"])
            #expect(flags("Robin").isEmpty)
            let robin = try #require(page.items.first { $0.row.patient.family == "Robin" })
            #expect(robin.isLocationWithheld)
            let jay = try #require(page.items.first { $0.row.patient.family == "Jay" })
            let readmitted = try #require(jay.flags.first { $0.rule == .readmitted })
            #expect(readmitted.value == .number(5))
            #expect(readmitted.evidence.count == 2)
            #expect(readmitted.evidence.last?.encounterRef == jay.row.encounterRef)
            let ann = page.items.first { $0.row.patient.given == ["Ann"] }?.row.encounterRef ?? ""
            let similar = flags("Adder", "Alf").first { $0.rule == .similarName }
            #expect(similar?.value == .text(ann))
            #expect(flags("Kite").map(\.rule) == [.deceased])
            let late = try await reader.page(ListQuestion(.discharges, window: since), access: access(.discharges))
            #expect(late.items.map { $0.flags.map(\.rule.rawValue) } == [[], ["told-late"]])
            // A death told again is no news.
            let dawn = ListQuestion.Window.after(instant("2026-03-03T06:30:00Z"))
            #expect(try await reader.page(ListQuestion(.deaths, window: dawn), access: access(.deaths)).total == 0)
        }
    }

    @Test func `filters count in totals, and a walk through pages is whole and without doubles`() async throws {
        try await inTheStory { world, reader in
            func names(_ list: PracticeList, sort: ListSort? = nil, _ change: (inout ListFilter) -> Void) async throws
                -> [String]
            {
                var filter = ListFilter()
                change(&filter)
                var names: [String] = []
                var cursor: String?
                repeat {
                    let page = try await reader.page(
                        ListQuestion(list, window: since, filter: filter, sort: sort, limit: 2, cursor: cursor),
                        access: access(list))
                    names += page.items.map { $0.row.patient.family ?? "" }
                    if page.nextCursor == nil { #expect(page.total == names.count) }
                    cursor = page.nextCursor
                } while cursor != nil
                return names
            }
            let nights = ["Bell", "Crane", "Kite", "Owl", "Robin", "Swift", "Teal", "Quail", "Adder"]
            #expect(try await names(.inHospital) { $0.nightsMin = 2 } == nights)
            #expect(
                try await names(.inHospital, sort: .nights) { $0.nightsMin = 2 } == [
                    "Adder", "Quail", "Teal", "Swift", "Robin", "Owl", "Kite", "Crane", "Bell",
                ])
            #expect(try await names(.inHospital) { $0.flags = [.longStay] } == ["Bell", "Crane"])
            #expect(try await names(.inHospital) { $0.flags = [.longStay, .standing] } == ["Bell"])
            // No restricted patient is found by a place.
            let ofSite = try await names(.inHospital) {
                $0.site = "ZX901"
                $0.nightsMin = 2
            }
            #expect(ofSite == ["Bell", "Crane", "Kite", "Owl", "Swift", "Teal", "Quail", "Adder"])
            #expect(try await names(.inHospital) { $0.site = "ZX902" } == [])
            #expect(try await names(.symphony) { $0.symphonyMin = 9 } == ["Dunlin"])
            #expect(try await names(.symphony) { $0.symphonyMin = 10 } == [])
            #expect(try await names(.inHospital) { $0.isDiscussed = true } == ["Bell"])
        }
    }

    @Test func `the window begins where the last huddle was closed`() async throws {
        try await inTheStory { world, reader in
            let question = ListQuestion(.admissions, window: .afterLastHuddle(otherwise: instant(HuddleStory.since)))
            let before = try await reader.page(question, access: access(.admissions))
            #expect(before.since == instant(HuddleStory.since))
            #expect(before.total == 3)
            // One that was closed after this look or on a later day than its own, and another practice's, do not count.
            try await world.owner.query(
                """
                insert into practice.huddle (practice, day, closed_at, closed_by, version) values
                ('Z99001', '2026-03-02', '2026-03-02T20:30:00Z', 'kay', 1),
                ('Z99001', '2026-03-03', '2026-03-03T09:00:00Z', 'kay', 1),
                ('Z99001', '2026-02-27', '2026-03-02T21:00:00Z', 'kay', 1),
                ('Z99002', '2026-03-02', '2026-03-03T07:30:00Z', 'lee', 1)
                """)
            let after = try await reader.page(question, access: access(.admissions))
            #expect(after.since == instant("2026-03-02T20:30:00Z"))
            #expect(after.items.map { $0.row.patient.family ?? "" } == ["Gull", "Adder"])
        }
    }

    @Test func `what practices say on their own lists counts where it is projected`() async throws {
        try await inTheStory { world, _ in
            try await world.owner.query(
                """
                insert into practice.registration (practice, nhs_number, is_listed, family, born, care_home,
                    symphony_score, symphony_scored_on, on_caseload, consented, fopas_concern)
                select distinct e.practice, e.nhs_number, e.family <> 'Crane', e.family, '1931-12-25',
                       case when e.family in ('Teal', 'Crane') then 'yes' end,
                       case e.family when 'Teal' then 10 when 'Dunlin' then 2 when 'Egret' then 9 end,
                       case e.family when 'Dunlin' then '2026-01-01' else '2026-02-20' end,
                       false, false, e.family = 'Owl'
                from practice.encounter e
                where e.practice = 'Z99001' and e.family in ('Teal', 'Crane', 'Dunlin', 'Egret', 'Owl')
                """)
            let now = instant(HuddleStory.now)
            let reader = ListReader(pool: world.servicePool, now: { now })
            func names(_ list: PracticeList) async throws -> [String] {
                let page = try await reader.page(ListQuestion(list, window: since), access: access(list))
                return page.items.map { $0.row.patient.family ?? "" }
            }
            #expect(try await names(.careHome) == ["Teal", "Owl", "Nuthatch"])
            #expect(try await names(.fopas) == ["Quail", "Owl"])
            // The later score of Dunlin is the one that a huddle entered.
            #expect(try await names(.symphony) == ["Teal", "Dunlin"])
            let huddle = try await reader.huddle(window: since, access: access(.huddle))
            let symphony = huddle.sections.first { $0.section == .symphony }
            #expect(symphony?.items.map { $0.row.patient.family } == ["Dunlin"])
            #expect(symphony?.othersUnchanged == 1)
            // Born on another day it is somebody else of whom the list speaks.
            try await world.owner.query("update practice.registration set born = '1951-12-25' where family = 'Teal'")
            #expect(try await names(.careHome) == ["Owl", "Nuthatch"])
            #expect(try await names(.symphony) == ["Dunlin"])
        }
    }

    // MARK: Given

    private let since = ListQuestion.Window.after(instant(HuddleStory.since))

    private func inTheStory(_ body: (World, ListReader) async throws -> Void) async throws {
        try await World.with { world in
            try await HuddleStory.tell(to: world)
            try await act(
                """
                insert into practice.concern
                    (practice, hospital, patient_ref, concern_id, kind, state, raised_at, raised_by, version)
                select e.practice, e.hospital, e.patient_ref, 'c1', 'safeguarding', 'open',
                       '2026-01-05T09:00:00Z'::timestamptz, 'kay', 1
                """, "Cuckoo", world)
            for (family, score) in [("Dunlin", Int64(9)), ("Egret", 8)] {
                try await act(
                    """
                    insert into practice.symphony
                        (practice, hospital, patient_ref, score, scored_on, scored_by, scored_at, version)
                    select e.practice, e.hospital, e.patient_ref, \(score), '2026-02-01', 'kay',
                           '2026-02-01T09:00:00Z'::timestamptz, 1
                    """, family, world)
            }
            try await act(
                """
                insert into practice.discussion
                    (practice, hospital, patient_ref, huddle_day, discussed_at, discussed_by, version)
                select e.practice, e.hospital, e.patient_ref, '2026-03-03', '2026-03-03T07:50:00Z'::timestamptz, 'kay', 1
                """, "Bell", world)
            let now = instant(HuddleStory.now)
            try await body(world, ListReader(pool: world.servicePool, settings: HuddleStory.settings, now: { now }))
        }
    }

    /// What a practice did about one of its people.
    private func act(_ insert: SQL, _ family: String, _ world: World) async throws {
        try await world.owner.query(
            "\(insert) from practice.encounter e where e.family = \(family) and e.practice = 'Z99001' limit 1")
    }

    private func access(_ list: PracticeList) -> AccessRequest {
        guard list == .unknownPractice else { return World.access(list: list) }
        return AccessRequest(
            practice: EncounterRow.unknownPractice, subject: "ops", role: "operator", client: "tests",
            purpose: "direct-care", route: "lists/unknown-practice", requestID: "r-1")
    }

    private func shown(_ accessID: String, _ world: World) async throws -> Set<String> {
        let result = try await world.owner.query(
            "select unnest(refs) from audit.shown where access::text = \(accessID)")
        return Set(try result.map { try $0.decode(0, as: String.self) })
    }
}
