import EventLog
import EventSourcing
import Postgres
import TestSupport
import Testing

/// What staff do: in one stream of their own log, within an access record of that log, each command once.
@Suite(.timeLimit(.minutes(2)))
struct StaffLogTests {
    // A code of the right form.
    static let practice = LogName("L99901").unsafelyUnwrapped
    static let ids = (0..<10).map { "5b0a4c9e-0000-4000-8000-00000000000\($0)" }

    private let database: TestDatabase
    private let pool: PostgresPool
    private let log = StaffLog()

    init() async throws {
        database = try await PostgresFixture.database()
        pool = PostgresPool(database.configuration(user: "primary_conect_service"))
    }

    private static func concern(_ id: String) -> StreamName { StreamName("concern:" + id) }

    private static func event(
        _ type: String = "concern.raised.v1", _ stream: StreamName = concern(ids[0])
    ) -> NewEvent {
        NewEvent(stream: stream, type: type, payload: Array(#"{"by":"kay"}"#.utf8), occurredAt: Given.morning)
    }

    private func command(_ id: String, asking: String = "this") -> StaffLog.Command {
        .init(id: id, digest: Digest(of: Array(asking.utf8)))
    }

    /// Loads a stream and appends events to it, unless the command is known.
    private func act(
        _ events: [NewEvent], in stream: StreamName = concern(ids[0]), of practice: LogName = practice,
        _ command: StaffLog.Command?, as opened: String? = nil
    ) async throws -> StaffStream {
        let opened = opened ?? practice.rawValue
        return try await pool.transaction { transaction in
            try await transaction.query(
                "select audit.open_access(\(opened), 'kay', 'practice-coach', 'test', 'a test', 'concerns', 'r-1')")
            let stream = try await log.load(stream, of: practice, for: command, in: transaction)
            guard stream.known == nil else { return stream }
            return try await log.append(events, to: stream, in: transaction)
        }
    }

    @Test func `the first act begins the log of its practice, and every leaf verifies`() async throws {
        _ = try await act([Self.event()], command(Self.ids[0]))
        let after = try await act([Self.event("concern.closed.v1")], command(Self.ids[1]))
        #expect(after.events.map(\.type) == ["concern.raised.v1", "concern.closed.v1"])
        #expect(after.events.map(\.position.rawValue) == [1, 2] && after.version == 2)
        let stored = try await database.stored(Self.practice)
        #expect(stored.isWhole && stored.rows.count == 2)
        await pool.close()
    }

    @Test func `a command that comes again is known for good, whatever its stream, and writes nothing`() async throws {
        _ = try await act([Self.event()], command(Self.ids[0]))
        _ = try await act([], in: Self.concern(Self.ids[2]), command(Self.ids[3]))
        let again = try await act([Self.event()], command(Self.ids[0]))
        #expect(again.known?.position == Position(1) && again.known?.digest == Digest(of: Array("this".utf8)))
        let other = try await act(
            [Self.event("concern.raised.v1", Self.concern(Self.ids[1]))], in: Self.concern(Self.ids[1]),
            command(Self.ids[0], asking: "something else"))
        #expect(other.known?.digest == Digest(of: Array("this".utf8)))
        // One that changed nothing is remembered, too.
        let idle = try await act([], in: Self.concern(Self.ids[2]), command(Self.ids[3]))
        #expect(idle.known?.position == Position(1))
        #expect(try await database.stored(Self.practice).rows.count == 1)
        await pool.close()
    }

    @Test func `of many at once nobody loses, and each sees who came before`() async throws {
        let versions = try await withThrowingTaskGroup(of: Int64.self) { group in
            for id in Self.ids { group.addTask { try await act([Self.event()], command(id)).version } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(versions.sorted() == Array(1...10))
        let stored = try await database.stored(Self.practice)
        #expect(stored.isWhole && stored.rows.count == 10)
        await pool.close()
    }

    @Test func `without a record of that very log nothing is read or written`() async throws {
        _ = try await act([Self.event()], command(Self.ids[0]))
        for opened in ["L99902", "ZX901"] {
            let error = await #expect(throws: PostgresError.self) {
                _ = try await act([Self.event()], command(Self.ids[1]), as: opened)
            }
            #expect(error?.sqlState == "42501")
        }
        let error = await #expect(throws: PostgresError.self) {
            try await pool.query("select * from event_log.staff_events('L99901', \(Self.concern(Self.ids[0])))")
        }
        #expect(error?.sqlState == "42501")
        #expect(try await database.stored(Self.practice).rows.count == 1)
        await pool.close()
    }

    private struct Forgery: Sendable {
        let type: String
        let stream: String
        var log = "L99901"
    }

    private static let forgeries = [
        Forgery(type: "registration.listed.v1", stream: "registration:0123456789abcdef0123456789abcdef"),
        Forgery(type: "concern.raised.v1", stream: "concern:9990000018"),
        Forgery(type: "concern.raised.v1", stream: "huddle:2026-03-03"),
        Forgery(type: "huddle.forgotten.v1", stream: "huddle:2026-03-03"),
        Forgery(type: "onboarding.flagged.v1", stream: "onboarding:ZX901|1"),
        Forgery(type: "concern.raised.v1", stream: "concern:5b0a4c9e-0000-4000-8000-000000000000", log: "ZX901"),
        Forgery(type: "encounter.admitted.v1", stream: "encounter:ZX901|1", log: "ZX901"),
        Forgery(type: "patient.unmerged.v1", stream: "patient:ZX901|1", log: "ZX901"),
    ]

    @Test func `the database takes only acts, each in its stream and in the log of who may do it`() async throws {
        let hospital = GroupCommit(configuration: database.configuration(user: "primary_conect_ingest"))
        hospital.start()
        _ = try await hospital.append(Given.entry("C1"))
        await hospital.stop()
        for forgery in Self.forgeries {
            let stream = StreamName(forgery.stream)
            let log = try #require(LogName(forgery.log))
            let error = await #expect(throws: PostgresError.self, "\(forgery)") {
                _ = try await act([Self.event(forgery.type, stream)], in: stream, of: log, nil)
            }
            #expect(error?.sqlState == "42501", "\(forgery)")
        }
        let case1 = StreamName("onboarding:ZX901|1")
        let opened = try await act(
            [Self.event("onboarding.flagged.v1", case1)], in: case1, of: Given.hospital, command(Self.ids[0]))
        #expect(opened.events.map(\.position.rawValue) == [2])
        #expect(try await database.stored().isWhole)
        await pool.close()
    }

    @Test func `a hospital that has told nothing has no cases`() async throws {
        let error = await #expect(throws: PostgresError.self) {
            _ = try await act([], in: StreamName("onboarding:ZX901|1"), of: Given.hospital, nil)
        }
        #expect(error?.sqlState == "P0002")
        await pool.close()
    }
}
