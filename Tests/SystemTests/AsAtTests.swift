import Admissions
import EventLog
import EventSourcing
import Foundation
import Ingest
import Logging
import Postgres
import Projections
import SenderProfiles
import Simulator
import Synchronization
import TestSupport
import Testing

@testable import primary_conect

/// What practices could see at moments of the past is what they saw: lists noted live, while a simulated district
/// went on, against lists folded from the log afterwards.
///
/// `PRIMARY_CONECT_AS_AT_DAYS=30 PRIMARY_CONECT_AS_AT_PAIRS=1000` runs it at the size of the promise.
@Suite(.serialized, .timeLimit(.minutes(60))) struct AsAtTests {
    private static let days = number("PRIMARY_CONECT_AS_AT_DAYS") ?? 2
    private static let pairs = number("PRIMARY_CONECT_AS_AT_PAIRS") ?? 60

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    @Test(arguments: [Scenario.mergeUnmerge])
    func `a list as at a moment is the list that was seen at that moment`(_ scenario: Scenario) async throws {
        let district = try await RecordedDistrict(days: Self.days, scenario: scenario, seed: 11)
        let notes = try await district.play(pairs: Self.pairs)
        #expect(notes.count >= Self.pairs)
        #expect(notes.contains { !$0.page.items.isEmpty })
        let reader = district.asAt
        var unequal = 0
        var took: [Duration] = []
        for note in notes {
            let began = ContinuousClock.now
            let page = try await reader.page(
                note.question, at: .time(note.moment), scope: .then, access: district.access(note.page.practice, "auditor"))
            took.append(ContinuousClock.now - began)
            // Who has been restricted since was seen with a place that is said no more.
            let restricted = Set(page.items.filter(\.isLocationWithheld).map(\.row.encounterRef))
                .subtracting(note.page.items.filter(\.isLocationWithheld).map(\.row.encounterRef))
            let (found, seen) = (Seen(page, without: restricted), Seen(note.page, without: restricted))
            if found != seen { unequal += 1 }
            #expect(found == seen, "\(note.question.list) of \(note.page.practice) at \(note.moment.iso8601)")
        }
        try await compare(notes, with: district)
        took.sort()
        print("as at: \(notes.count) pairs, \(unequal) unequal; median \(took[took.count / 2]), p95 \(took[took.count * 95 / 100])")
        await district.close()
    }

    /// The other way to the same past, everything folded and no index asked, at three of the moments.
    private func compare(_ notes: [RecordedDistrict.Note], with district: RecordedDistrict) async throws {
        let replay = DistrictReplay(district.asAt) { .afterLastHuddle(otherwise: $0 - .seconds(14 * 3_600)) }
        let moments = Set(notes.map(\.moment)).sorted()
        for share in [1, 2, 3] {
            let moment = moments[(moments.count - 1) * share / 3]
            let replayed = try await replay.run(to: .time(moment))
            for note in notes where note.moment == moment {
                let practice = note.page.practice
                let made = try await replayed.practice(practice).lists(
                    [note.question.list], isShown: true, isCompared: true, access: district.access(practice, "auditor"))
                guard let list = made.first, case .list(let page)? = list.page else {
                    Issue.record("\(note.question.list) was not replayed")
                    continue
                }
                #expect(list.difference?.isEqual == true, "\(list.list) of \(practice) at \(note.moment.iso8601)")
                let restricted = Set(page.items.filter(\.isLocationWithheld).map(\.row.encounterRef))
                #expect(
                    Seen(page, without: restricted) == Seen(note.page, without: restricted),
                    "\(list.list) of \(practice) at \(note.moment.iso8601), replayed")
            }
        }
    }

    /// What a page shows, apart from how it was read.
    private struct Seen: Equatable {
        let items: [ListItem]
        let total: Int
        let since: Instant?
        let heard: [Instant]

        init(_ page: ListPage, without restricted: Set<String>) {
            items = page.items.filter { !restricted.contains($0.row.encounterRef) }
            total = page.total
            since = page.since
            heard = page.feeds.map(\.lastHeard)
        }
    }
}

/// A simulated district that goes on under a recorder's eyes: hospitals tell, practices act and send their lists.
private final class RecordedDistrict: Sendable {
    struct Note: Sendable {
        let question: ListQuestion
        let moment: Instant
        let page: ListPage
    }

    static let start = Instant(iso8601: "2026-03-01T18:00:00Z") ?? Instant(microseconds: 0)
    private static let slot: Int64 = 300_000_000
    private static let lists = PracticeList.allCases.filter { $0 != .unknownPractice && $0 != .huddle }

    private let end: Instant
    private let run: Mutex<Telling>
    /// Dropped with this.
    private let database: TestDatabase
    private let clock = SettableClock(start)
    private let log: GroupCommit
    private let receiver: Receiver
    private let pools: [PostgresPool]
    private let service: PostgresPool
    private let owner: PostgresPool
    private let reader: EventReader
    private let projector: Projector
    private let rosters: RosterStore
    private let random: Mutex<any RandomNumberGenerator & Sendable>
    let asAt: AsAtReader

    init(days: Int, scenario: Scenario, seed: UInt64) async throws {
        let database = try await PostgresFixture.database()
        self.database = database
        let clock = clock
        end = Self.start + .seconds(days * 86_400)
        run = Mutex(
            Telling(
                ScenarioRun(
                    scenario: scenario, from: Self.start, scriptStart: Self.start + .seconds(7_200), seed: seed)))
        log = GroupCommit(configuration: database.configuration(user: "primary_conect_ingest"), now: { clock.now })
        log.start()
        let feeds = try ["ZX901", "ZX902", "ZX903"].map { code in
            Feed(log: try #require(LogName(code)), name: code.lowercased(), facilities: [code])
        }
        receiver = Receiver(
            log: log, feeds: FeedDirectory(feeds: feeds, unlisted: try #require(feeds.first)), now: { clock.now })
        let projecting = PostgresPool(database.configuration(user: "primary_conect_projector"))
        service = PostgresPool(database.configuration(user: "primary_conect_service"))
        let archive = PostgresPool(database.configuration(user: "primary_conect_auditor"))
        owner = PostgresPool(database.configuration(user: "postgres"))
        pools = [projecting, service, archive, owner]
        reader = EventReader(pool: projecting)
        projector = Projector(
            pool: projecting, reader: reader, logger: Logger(label: "t") { _ in SwiftLogNoOpLogHandler() })
        rosters = RosterStore(
            configuration: database.configuration(user: "primary_conect_service"), isLive: false, now: { clock.now })
        asAt = AsAtReader(desk: service, archive: archive)
        random = Mutex(Dice(state: seed))
    }

    func close() async {
        await log.stop()
        for pool in pools { await pool.close() }
    }

    func access(_ practice: String, _ role: String = "practice-coach") -> AccessRequest {
        AccessRequest(
            practice: practice, subject: "kay", role: role, client: "tests", purpose: "direct-care", route: "lists",
            requestID: "r-1")
    }

    /// Lets the days pass; gives what was seen on the way.
    func play(pairs: Int) async throws -> [Note] {
        let practices = run.withLock { $0.practices }
        let slots = (end - Self.start).components.seconds * 1_000_000 / Self.slot
        let looks = Set((1...(pairs + 2) / 3).map { Int64($0) * slots / Int64((pairs + 2) / 3) })
        var notes: [Note] = []
        for slot in 1...slots {
            clock.now = Instant(microseconds: Self.start.microseconds + slot * Self.slot - 1)
            try await tell(by: clock.now)
            guard looks.contains(slot) else { continue }
            try await project()
            if slot == looks.sorted()[looks.count / 4] { try await list(practices[0], adding: practices[1], dropping: 0) }
            if slot == looks.sorted()[looks.count * 3 / 4] {
                try await list(practices[0], adding: practices[2], dropping: 3)
            }
            for _ in 1...3 {
                let practice = practices[roll(practices.count)]
                notes.append(try await note(Self.lists[roll(Self.lists.count)], of: practice))
            }
            // After what was noted, so that it counts from the next look on.
            clock.now = clock.now + .milliseconds(1)
            try await act(practices[roll(practices.count)])
            try await project()
        }
        return notes
    }

    private func roll(_ count: Int) -> Int { random.withLock { Int($0.next() % UInt64(count)) } }

    private func tell(by moment: Instant) async throws {
        try await InProcessFeed(receiver: receiver).run(from: "simulation") {
            run.withLock { $0.next(by: moment) }
        } answered: { _, _ in
        }
    }

    private func project() async throws {
        for log in try await reader.logs() { _ = try await projector.catchUp(log) }
        for log in try await reader.logs() { _ = try await projector.catchUp(log) }
    }

    private func note(_ list: PracticeList, of practice: String) async throws -> Note {
        let moment = clock.now
        let question = ListQuestion(
            list, window: .afterLastHuddle(otherwise: moment - .seconds(14 * 3_600)), limit: ListReader.limitMax)
        let live = ListReader(pool: service, now: { moment })
        return Note(
            question: question, moment: moment, page: try await live.page(question, access: access(practice)))
    }

    /// Somebody of the practice does something about somebody who is in.
    private func act(_ practice: String) async throws {
        let now = clock.now
        let page = try await ListReader(pool: service, now: { now }).page(
            ListQuestion(.inHospital), access: access(practice))
        guard !page.items.isEmpty else { return }
        let patient = page.items[roll(page.items.count)].row.patient.ref
        let store = ActStore(pool: service, now: { now }, projectionWaitMax: .zero)
        let id = UUID().uuidString.lowercased()
        let command = try #require(CommandKey(id: id, digest: Digest(of: Array(id.utf8))))
        let act = StaffAct(by: "kay", role: .practiceCoach, at: now, command: command)
        let day = LondonDay(of: now)
        do {
            switch roll(4) {
            case 0:
                _ = try await store.carryOut(
                    ActOrder<Concern>(
                        access: access(practice), act: act, command: command, patientRef: patient,
                        stream: { _ in Concern.stream(command) }, subject: \.subject
                    ) { _, patient throws(ActRefusal) in
                        guard let patient else { throw .patientUnknown }
                        return .raise(.housing, about: patient, note: nil, owner: nil, review: nil)
                    })
            case 1:
                _ = try await store.carryOut(
                    ActOrder<HuddleDay>(
                        access: access(practice), act: act, command: command, patientRef: patient,
                        stream: { _ in HuddleDay.stream(day) }
                    ) { _, patient throws(ActRefusal) in
                        guard let patient else { throw .patientUnknown }
                        return .discuss(patient)
                    })
            case 2:
                let score = 1 + roll(10)
                _ = try await store.carryOut(
                    ActOrder<SymphonyScore>(
                        access: access(practice), act: act, command: command, patientRef: patient,
                        stream: { $0.map(SymphonyScore.stream(of:)) ?? StreamName("symphony:") }
                    ) { _, patient throws(ActRefusal) in
                        guard let patient else { throw .patientUnknown }
                        return .record(score, scoredOn: day, of: patient)
                    })
            default:
                _ = try await store.carryOut(
                    ActOrder<HuddleDay>(
                        access: access(practice), act: act, command: command, stream: { _ in HuddleDay.stream(day) }
                    ) { _, _ throws(ActRefusal) in .close(attendees: [], notDiscussed: 1) })
            }
        } catch is ActRefusal {
            // Somebody did it before.
        }
    }

    /// The practice sends its list: whom the hospitals say to be its own but some, and some of another's.
    private func list(_ practice: String, adding other: String, dropping: Int) async throws {
        let people = try await owner.query(
            """
            select distinct on (nhs_number) nhs_number, born, family from practice.encounter
            where nhs_number is not null and length(born) = 10 and status <> 'withdrawn'
              and (practice = \(practice) or (practice = \(other) and right(nhs_number, 2) < '30'))
            order by nhs_number
            """)
        var lines = ["NHS number,DOB,Surname,Symphony score"]
        for (place, row) in people.enumerated() where place >= dropping {
            let (number, born, family) = try row.decode(String.self, String.self, String.self)
            let day = born.split(separator: "-").reversed().joined(separator: "/")
            lines.append("\(number),\(day),\(family),\(place % 3 == 0 ? String(1 + place % 10) : "")")
        }
        clock.now = clock.now + .milliseconds(1)
        _ = try await rosters.take(
            Array(lines.joined(separator: "\r\n").utf8), isDryRun: false, access(practice, "practice-admin"))
        try await project()
    }
}

/// What the hospitals say, when it is due.
private struct Telling {
    private var run: ScenarioRun
    private var pending: SimulatedMessage?

    init(_ run: ScenarioRun) {
        self.run = run
        pending = self.run.next()
    }

    var practices: [String] { run.district.practices.map(\.code) }

    mutating func next(by moment: Instant) -> [UInt8]? {
        guard let message = pending, message.sendAt <= moment else { return nil }
        pending = run.next()
        return message.bytes
    }
}

/// SplitMix64: the same throws for the same seed.
private struct Dice: RandomNumberGenerator, Sendable {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
