import EventLog
import EventSourcing
import Postgres
import TestSupport
import Testing

/// What an operator may do with messages held back: read them again or discard them, once, touching nothing stored.
@Suite(.timeLimit(.minutes(2)))
struct OperatorTests {
    static let look = OperatorLook(subject: "test", purpose: "a test", route: "quarantine/ZX901/1", requestID: "r-1")

    private let database: TestDatabase
    private let log: GroupCommit
    private let pool: PostgresPool
    private let reader: OperatorReader
    private let writer: OperatorWriter

    init() async throws {
        database = try await PostgresFixture.database()
        log = GroupCommit(configuration: database.configuration(user: "primary_conect_ingest"))
        log.start()
        pool = PostgresPool(database.configuration(user: "primary_conect_operator"), connectionsMax: 1)
        reader = OperatorReader(pool: pool)
        writer = OperatorWriter(configuration: database.configuration(user: "primary_conect_operator"))
    }

    private func close() async {
        await log.stop()
        await pool.close()
    }

    private func held(_ position: Position) async throws -> HeldMessage {
        try #require(
            try await reader.messages(in: Given.hospital, at: [position], look: Self.look).first)
    }

    /// Reading a message again, as if it told these many events now.
    private func redrive(_ message: HeldMessage, eventCount: Int = 1) -> OperatorAct {
        OperatorAct(
            redriving: message, told: Given.entry("told", eventCount: eventCount).events,
            act: Given.act("message.redriven.v1", "quarantine:\(message.position)"))
    }

    private func discard(_ position: Position) -> OperatorAct {
        OperatorAct(discarding: position, act: Given.act("message.discarded.v1", "quarantine:\(position)"))
    }

    @Test func `messages are read again among a running feed, without gap, and every leaf verifies`() async throws {
        var places: [Position] = []
        for number in 0..<20 { places.append(try await log.append(Given.quarantined("q\(number)")).first) }
        let messages = try await reader.messages(in: Given.hospital, at: places, look: Self.look)
        #expect(messages.count == 20)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask { _ = try await log.append(Given.entry("m\(number)", eventCount: 1 + number % 3)) }
            }
            for message in messages {
                let act = redrive(message, eventCount: 2)
                group.addTask {
                    let outcome = try await writer.append([act], to: Given.hospital)
                    #expect(outcome.eventCount == 3 && outcome.settledBefore.isEmpty)
                }
            }
            try await group.waitForAll()
        }
        let stored = try await database.stored()
        #expect(stored.isWhole)
        #expect(stored.rows.count == 20 + 399 + 60)
        // The events read again point at the message that tells them: itself and two more.
        #expect(stored.rows.filter { $0.controlID == "q7" }.count == 3)
        #expect(try await reader.waiting().isEmpty)
        await close()
    }

    @Test func `what becomes of a message is said once, whoever says it and however often`() async throws {
        let place = try await log.append(Given.quarantined("q")).first
        let message = try await held(place)
        let acts = [redrive(message), discard(place), redrive(message), redrive(message)]
        let written = try await withThrowingTaskGroup(of: Int.self) { group in
            for act in acts {
                group.addTask {
                    let outcome = try await writer.append([act], to: Given.hospital)
                    #expect(outcome.settledBefore == (outcome.last == nil ? [place] : []))
                    return outcome.last == nil ? 0 : 1
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(written == 1)
        #expect(try await held(place).settlement != nil)
        let stored = try await database.stored()
        #expect(stored.isWhole)
        await close()
    }

    @Test func `of several acts those that are settled are left out, and the rest is written`() async throws {
        var places: [Position] = []
        for number in 0..<3 { places.append(try await log.append(Given.quarantined("q\(number)")).first) }
        _ = try await writer.append([discard(places[1])], to: Given.hospital)
        let outcome = try await writer.append(places.map(discard), to: Given.hospital)
        #expect(outcome.eventCount == 2 && outcome.last == Position(6))
        #expect(outcome.settledBefore == [places[1]])
        #expect(try await database.stored().isWhole)
        await close()
    }

    @Test func `a message waits until something becomes of it, and its row never changes`() async throws {
        let first = try await log.append(Given.quarantined("q1")).first
        _ = try await log.append(Given.entry("read"))
        let second = try await log.append(Given.quarantined("q2", reason: "visit-number-missing")).first
        #expect(try await reader.waiting().map(\.position) == [first, second])
        #expect(try await reader.waiting(reason: "pid-missing").map(\.position) == [first])
        #expect(try await reader.waiting(in: Given.otherHospital).isEmpty)
        let before = try await row(first)
        _ = try await writer.append([redrive(try await held(first))], to: Given.hospital)
        #expect(try await reader.waiting().map(\.position) == [second])
        #expect(try await row(first) == before)
        let settlement = try await held(first).settlement
        #expect(settlement?.type == "message.redriven.v1" && settlement?.position == Position(5))
        let counts = try await database.withSession(user: "primary_conect_monitor") { session in
            try session.execute("select reason, messages, byte_count > 0 from event_log.waiting_counts()").map {
                try $0.decode(String.self, Int64.self, Bool.self)
            }
        }
        #expect(counts.count == 1 && counts.first?.0 == "visit-number-missing")
        #expect(counts.first?.1 == 1 && counts.first?.2 == true)
        await close()
    }

    private func row(_ position: Position) async throws -> String {
        try await database.withSession { session in
            try session.execute("select m::text from event_log.message m where position = \(position)")[0].decode(0)
        }
    }

    @Test func `a message is shown only to a look that is recorded`() async throws {
        let place = try await log.append(Given.quarantined("q")).first
        let error = await #expect(throws: PostgresError.self) {
            try await pool.query("select bytes from event_log.held_messages('ZX901', '{1}')")
        }
        #expect(error?.sqlState == "42501")
        #expect(try await held(place).bytes == Given.quarantined("q").message.bytes)
        let record = try await database.withSession { session in
            try session.execute(
                "select concat_ws(', ', practice, role, purpose, route, login) from audit.access"
            ).map { try $0.decode(0, as: String.self) }
        }
        #expect(record == ["UNKNOWN, operator, a test, quarantine/ZX901/1, primary_conect_operator"])
        await close()
    }

    @Test func `only messages held back are shown`() async throws {
        _ = try await log.append(Given.entry("read"))
        #expect(try await reader.messages(in: Given.hospital, at: [Position(1)], look: Self.look).isEmpty)
        await close()
    }

    @Test(arguments: ["ingest", "projector", "service", "auditor", "monitor"])
    func `nobody but the operator appends acts`(role: String) async throws {
        let place = try await log.append(Given.quarantined("q")).first
        let other = OperatorWriter(configuration: database.configuration(user: "primary_conect_" + role))
        let error = await #expect(throws: PostgresError.self) {
            _ = try await other.append([discard(place)], to: Given.hospital)
        }
        #expect(error?.sqlState == "42501")
        #expect(try await database.stored().rows.count == 1)
        await close()
    }

    /// Acts that are none of the operator's, in a log with a message that was read (1) and two that wait (2, 3).
    static let forgeries: [(String, NewEvent)] = [
        ("an admission that no message told", Given.act("encounter.admitted.v1", "encounter:ZX901|SP1")),
        ("of a message that was read", Given.act("message.discarded.v1", "quarantine:1")),
        ("of a message that is not there", Given.act("message.redriven.v1", "quarantine:99")),
        ("of no message", Given.act("message.discarded.v1", "message")),
        ("in a stream of another kind", Given.act("patient.unmerged.v1", "quarantine:2")),
        ("of a kind that is not known", Given.act("message.forgotten.v1", "quarantine:2")),
    ]

    @Test(arguments: forgeries.indices) func `the database takes no act that is not an operator's`(
        index: Int
    ) async throws {
        _ = try await log.append(Given.entry("read"))
        for number in 2...3 { _ = try await log.append(Given.quarantined("q\(number)")) }
        let (what, event) = Self.forgeries[index]
        let error = await #expect(throws: PostgresError.self) {
            _ = try await writer.append([OperatorAct(event)], to: Given.hospital)
        }
        #expect(error?.sqlState == "42501", "\(what)")
        #expect(try await database.stored().rows.count == 3)
        await close()
    }

    @Test func `events of one message do not come with the redrive of another`() async throws {
        _ = try await log.append(Given.quarantined("q1"))
        _ = try await log.append(Given.quarantined("q2"))
        let first = try await held(Position(1))
        let crossed = OperatorAct(
            redriving: first, told: Given.entry("told").events, act: Given.act("message.redriven.v1", "quarantine:2"))
        let error = await #expect(throws: PostgresError.self) {
            _ = try await writer.append([crossed], to: Given.hospital)
        }
        #expect(error?.sqlState == "42501")
        #expect(try await database.stored().rows.count == 2)
        await close()
    }

    @Test func `an alias is taken back by an event that no message told`() async throws {
        _ = try await log.append(Given.entry("read"))
        let act = Given.act("patient.unmerged.v1", "patient:ZX901|1001")
        let outcome = try await writer.append([OperatorAct(act)], to: Given.hospital)
        #expect(outcome.eventCount == 1 && outcome.last == Position(2))
        #expect(try await database.stored().isWhole)
        await close()
    }

    @Test func `an operator begins no log`() async throws {
        let act = Given.act("patient.unmerged.v1", "patient:ZX902|1001")
        let error = await #expect(throws: PostgresError.self) {
            _ = try await writer.append([OperatorAct(act)], to: Given.otherHospital)
        }
        #expect(error?.sqlState == "P0002")
        await close()
    }

    @Test func `time does not run back along a log, whatever the operator's clock says`() async throws {
        let place = try await log.append(Given.quarantined("q")).first
        let late = OperatorWriter(
            configuration: database.configuration(user: "primary_conect_operator"),
            now: { Instant(microseconds: 0) })
        _ = try await late.append([discard(place)], to: Given.hospital)
        let sorted = try await database.withSession { session in
            try session.execute(
                """
                select array_agg(position order by recorded_at, position) = array_agg(position order by position)
                from event_log.event
                """
            )[0].decode(0, as: Bool.self)
        }
        #expect(sorted)
        #expect(try await database.stored().isWhole)
        await close()
    }

    @Test func `a reader is woken by what an operator appends`() async throws {
        let place = try await log.append(Given.quarantined("q")).first
        let auditors = PostgresPool(database.configuration(user: "primary_conect_auditor"), connectionsMax: 2)
        // So long that only the notification can wake it.
        let events = EventReader(pool: auditors, pollInterval: .seconds(3600)).subscribe(
            to: Given.hospital, after: .origin)
        var iterator = events.makeAsyncIterator()
        #expect(try await iterator.next()?.count == 1)
        _ = try await writer.append([redrive(try await held(place))], to: Given.hospital)
        var types: [String] = []
        while types.count < 2, let more = try await iterator.next() { types += more.map(\.type) }
        #expect(types == ["encounter.admitted.v1", "message.redriven.v1"])
        await auditors.close()
        await close()
    }
}
