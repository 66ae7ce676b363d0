import Admissions
import EventSourcing
import Postgres
import Projections
import TestSupport
import Testing

/// Lists as at moments of the past: what was told by then, and no more to anybody than is theirs today.
@Suite struct PastListTests {
    static let now = AsAtMoment.time(instant(HuddleStory.now))

    @Test func `every list folded from the log is the list that stands`() async throws {
        try await World.with { world in
            try await HuddleStory.tell(to: world)
            try await world.withPast(settings: HuddleStory.settings) { past in
                let live = ListReader(
                    pool: world.servicePool, settings: HuddleStory.settings, now: { instant(HuddleStory.now) })
                for window in [ListQuestion.Window.always, .after(instant(HuddleStory.since))] {
                    for list in PracticeList.allCases where list != .unknownPractice && list != .huddle {
                        let question = ListQuestion(list, window: window, limit: 200)
                        let stands = try await live.page(question, access: World.access(list: list))
                        let folded = try await past.page(
                            question, at: Self.now, scope: .then, access: World.access(list: list))
                        #expect(folded.items == stands.items, "\(list)")
                        #expect(folded.total == stands.total, "\(list)")
                    }
                    let stands = try await live.huddle(window: window, access: World.access(list: .huddle))
                    let folded = try await past.huddle(
                        window: window, at: Self.now, scope: .then, access: World.access(list: .huddle))
                    #expect(folded.sections == stands.sections)
                }
            }
        }
    }

    @Test func `a practice sees of its past who is its own today, an auditor all, and both are recorded`() async throws {
        try await World.with { world in
            for (number, person, time) in [
                ("SP1", Person.billie, "2026-03-02T21:00:00Z"), ("SP2", Person.kit, "2026-03-02T22:00:00Z"),
            ] {
                try await world.tell(Visit(number: number, person: person).admitted(time), told: time)
            }
            try await world.tell(
                Person.billie.registered(at: "Z99002").updated("2026-03-03T09:00:00Z"), told: "2026-03-03T09:00:00Z")
            try await world.project()
            try await world.withPast { past in
                func names(_ scope: AsAtScope, at time: String) async throws -> [String] {
                    let page = try await past.page(
                        ListQuestion(.inHospital), at: .time(instant(time)), scope: scope, access: World.access())
                    let shown = try await world.owner.query(
                        "select unnest(refs) from audit.shown where access::text = \(page.accessID)")
                    let refs = Set(try shown.map { try $0.decode(0, as: String.self) })
                    let named = Set(page.items.map(\.row.patient.ref))
                    #expect(refs == named)
                    return page.items.map { $0.row.patient.family ?? "" }
                }
                let (then, today) = (AsAtScope.then, AsAtScope.thenAndToday)
                let found = [
                    try await names(then, at: "2026-03-03T08:00:00Z"), try await names(today, at: "2026-03-03T08:00:00Z"),
                    try await names(then, at: "2026-03-02T21:30:00Z"), try await names(then, at: "2026-03-02T20:59:59Z"),
                    try await names(then, at: "2026-03-03T10:00:00Z"),
                ]
                let both = ["Nightingale-Ashworth", "Abernathy"]
                #expect(found == [both, ["Abernathy"], [both[0]], [], ["Abernathy"]])
            }
        }
    }

    @Test func `a stay that was another patient's is not shown again to the practice that had it by mistake`() async throws {
        try await World.with { world in
            let wrong = Visit(number: "SP2", person: .billie)
            try await world.tell(
                Visit(number: "SP1", person: .billie).admitted("2026-03-02T20:00:00Z"), told: "2026-03-02T20:00:00Z")
            try await world.tell(wrong.admitted("2026-03-02T21:00:00Z"), told: "2026-03-02T21:00:00Z")
            // It is Mo's, of another practice.
            try await world.tell(
                Visit(number: "SP2", person: .mo).taken(from: .billie, "2026-03-03T09:00:00Z"), told: "2026-03-03T09:00:00Z")
            try await world.project()
            try await world.withPast { past in
                let question = ListQuestion(.inHospital)
                let moment = AsAtMoment.time(instant("2026-03-03T08:00:00Z"))
                let then = try await past.page(question, at: moment, scope: .then, access: World.access())
                let today = try await past.page(question, at: moment, scope: .thenAndToday, access: World.access())
                #expect(then.items.map(\.row.startedAt.iso8601) == ["2026-03-02T20:00:00Z", "2026-03-02T21:00:00Z"])
                #expect(today.items.map(\.row.startedAt.iso8601) == ["2026-03-02T20:00:00Z"])
            }
        }
    }

    @Test func `where a patient was who is restricted since is told to nobody`() async throws {
        try await World.with { world in
            let stay = Visit(number: "SP1", person: .billie)
            try await world.tell(stay.admitted("2026-03-02T20:00:00Z"), told: "2026-03-02T20:00:00Z")
            var restricted = Person.billie
            restricted.isRestricted = true
            try await world.tell(restricted.updated("2026-03-03T09:00:00Z"), told: "2026-03-03T09:00:00Z")
            try await world.project()
            try await world.withPast { past in
                for scope in [AsAtScope.then, .thenAndToday] {
                    let page = try await past.page(
                        ListQuestion(.inHospital), at: .time(instant("2026-03-03T08:00:00Z")), scope: scope,
                        access: World.access())
                    #expect(page.items.map(\.isLocationWithheld) == [true])
                    #expect(page.items.allSatisfy { $0.row.location == PlaceOfCare() && $0.row.hospital == nil })
                }
            }
        }
    }

    @Test func `nor is it where another practice's patient by now is restricted there`() async throws {
        try await World.with { world in
            try await world.tell(
                Visit(number: "SP1", person: .billie).admitted("2026-03-02T20:00:00Z"), told: "2026-03-02T20:00:00Z")
            var moved = Person.billie
            moved.practice = "Z99002"
            try await world.tell(moved.updated("2026-03-03T09:00:00Z"), told: "2026-03-03T09:00:00Z")
            try await world.project()
            try await world.withPast { past in
                func places() async throws -> [Bool] {
                    try await past.page(
                        ListQuestion(.inHospital), at: .time(instant("2026-03-03T08:00:00Z")), scope: .then,
                        access: World.access()
                    ).items.map(\.isLocationWithheld)
                }
                #expect(try await places() == [false])
                moved.isRestricted = true
                try await world.tell(moved.updated("2026-03-03T10:00:00Z"), told: "2026-03-03T10:00:00Z")
                try await world.project()
                #expect(try await places() == [true])
            }
        }
    }

    @Test func `who was in and has left since is on the list of then, though their row had long ended`() async throws {
        try await World.with { world in
            let stay = Visit(number: "SP1", person: .billie)
            let other = Visit(number: "SP2", person: .billie)
            let past = Visit(number: "SP3", person: .kit)
            try await world.tell(stay.admitted("2026-01-01T09:00:00Z"), told: "2026-01-01T09:00:00Z")
            try await world.tell(other.admitted("2026-01-01T10:00:00Z"), told: "2026-01-01T10:00:00Z")
            try await world.tell(past.admitted("2026-01-01T11:00:00Z"), told: "2026-01-01T11:00:00Z")
            try await world.tell(other.discharged("2026-01-02T09:00:00Z"), told: "2026-01-02T09:00:00Z")
            try await world.tell(past.discharged("2026-01-02T10:00:00Z"), told: "2026-01-02T10:00:00Z")
            // Two numbers of one stay, which so had ended in January: told in March, and no news to the row's dates.
            try await world.tell(other.merged(with: stay, "2026-03-01T09:00:00Z"), told: "2026-03-01T09:00:00Z")
            for person in [Person.billie, .kit] {
                try await world.tell(
                    person.registered(at: "Z99002").updated("2026-03-02T09:00:00Z"), told: "2026-03-02T09:00:00Z")
            }
            try await world.project()
            let left = try await world.owner.query(
                "select ended_at from practice.encounter where practice = 'Z99001' and status = 'withdrawn'")
            let ends = Set(try left.map { try $0.decode(0, as: Instant?.self)?.iso8601 })
            #expect(ends == ["2026-01-02T09:00:00Z", "2026-01-02T10:00:00Z"])
            try await world.withPast { past in
                let page = try await past.page(
                    ListQuestion(.inHospital), at: .time(instant("2026-02-20T08:00:00Z")), scope: .then,
                    access: World.access())
                #expect(page.items.map(\.row.startedAt.iso8601) == ["2026-01-01T09:00:00Z"])
            }
        }
    }

    @Test func `what was told late is known now, and what was taken back never was`() async throws {
        try await World.with { world in
            let late = Visit(number: "SP1", person: .billie)
            let wrong = Visit(number: "SP2", person: .kit)
            try await world.tell(wrong.admitted("2026-03-02T22:00:00Z"), told: "2026-03-02T22:00:00Z")
            try await world.tell(late.admitted("2026-03-02T21:00:00Z"), told: "2026-03-03T09:00:00Z")
            try await world.tell(
                wrong.admissionCancelled("2026-03-03T09:30:00Z"), told: "2026-03-03T09:30:00Z")
            // What happened since is another moment's.
            try await world.tell(late.discharged("2026-03-03T11:00:00Z"), told: "2026-03-03T11:00:00Z")
            try await world.project()
            try await world.withPast { past in
                let found = try await past.comparison(
                    ListQuestion(.inHospital), at: .time(instant("2026-03-03T08:00:00Z")), access: World.access())
                #expect(found.then.items.map { $0.row.patient.family } == ["Abernathy"])
                #expect(found.now.items.map { $0.row.patient.family } == ["Nightingale-Ashworth"])
                #expect(found.onlyThen == found.then.items.map(\.row.encounterRef))
                #expect(found.onlyNow == found.now.items.map(\.row.encounterRef))
                #expect(found.changed == [])
            }
        }
    }

    @Test func `behind a position stands what was told up to it, and there is none beyond the log`() async throws {
        try await World.with { world in
            let stay = Visit(number: "SP1", person: .billie)
            let admitted = try await world.tell(stay.admitted("2026-03-02T21:00:00Z"), told: "2026-03-02T21:00:00Z")
            // In the same moment.
            try await world.tell(stay.discharged("2026-03-02T21:00:00Z"))
            try await world.project()
            try await world.withPast { past in
                func total(_ moment: AsAtMoment) async throws -> Int {
                    try await past.page(ListQuestion(.inHospital), at: moment, scope: .then, access: World.access()).total
                }
                let totals = [
                    try await total(.position(World.hospital, admitted)),
                    try await total(.position(World.hospital, Position(admitted.rawValue + 1))),
                ]
                #expect(totals == [1, 0])
                await #expect(throws: ProjectionError.momentUnknown) {
                    _ = try await total(.position(World.hospital, Position(99)))
                }
            }
        }
    }
}

extension World {
    /// A reader of the past of this world.
    func withPast(
        settings: HuddleSettings = HuddleSettings(), _ body: (AsAtReader) async throws -> Void
    ) async throws {
        let archive = PostgresPool(database.configuration(user: "primary_conect_auditor"))
        do {
            try await body(AsAtReader(desk: servicePool, archive: archive, settings: settings))
            await archive.close()
        } catch {
            await archive.close()
            throw error
        }
    }
}
