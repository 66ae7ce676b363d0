import Admissions
import EventLog
import EventSourcing
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOPosix
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import PracticeService
@testable import Projections

/// The change feed, its stream, and polls that find nothing new, over a database of the test's own.
@Suite(.timeLimit(.minutes(2)))
struct ChangeRouteTests {
    static let feed = "/api/v1/practices/Z99001/changes"

    @Test func `the feed begins now, goes on from cursors, and names the patients it showed`() async throws {
        try await withService { service in
            try await service.tell("SP1")
            let now = try await service.ask(Self.feed).object
            #expect((now["changes"] as? [Any])?.isEmpty == true && now["caught_up"] as? Bool == true)
            try await service.tell("SP2")
            try await service.tell("SP3")
            let next = try #require(now["next"] as? String)
            let first = try await service.ask(Self.feed + "?limit=1&cursor=\(next)").object
            let change = try #require((first["changes"] as? [[String: Any]])?.first)
            #expect(change["type"] as? String == "encounter.admitted")
            #expect(change["happened_at"] as? String == "2026-03-02T21:14:00+00:00")
            #expect(change["lists"] as? [String] == ["admissions", "huddle", "in-hospital"])
            let encounter = try #require(change["encounter"] as? String)
            #expect(change["href"] as? String == "/api/v1/encounters/\(encounter)")
            #expect(first["caught_up"] as? Bool == false && first["next"] as? String == change["cursor"] as? String)
            // The same cursor gives the same changes first.
            let again = try await service.ask(Self.feed + "?cursor=\(next)").object
            let both = try #require(again["changes"] as? [[String: Any]])
            #expect(both.count == 2 && both[0]["cursor"] as? String == change["cursor"] as? String)
            let oldest = try await service.ask(Self.feed + "?from=oldest")
            #expect((oldest.object["changes"] as? [Any])?.count == 3)
            for secret in ["ZX901", "southmoor", "7B", "9990000018", "Ashworth"] {
                #expect(!oldest.text.contains(secret))
            }
            let patient = try #require(change["patient"] as? String)
            #expect(
                try await service.count(
                    """
                    select count(*) from audit.access a join audit.shown s on s.practice = a.practice and s.access = a.id
                    where a.route = 'changes' and \(patient) = any (s.refs)
                    """) == 3)
        }
    }

    @Test func `cursors that we did not give for this practice are refused, old ones say where to begin`() async throws {
        try await withService { service in
            try await service.tell("SP1")
            let own = service.key.text(ChangeCursor(epoch: 1, count: 0), of: "Z99001")
            let others = service.key.text(ChangeCursor(epoch: 1, count: 0), of: "Z99002")
            #expect(try await service.ask(Self.feed + "?cursor=\(own)").status == .ok)
            // Some character in the middle, for the last may hold bits that say nothing.
            let middle = own.index(own.startIndex, offsetBy: own.count / 2)
            let changed = own[..<middle] + (own[middle] == "0" ? "1" : "0") + own[own.index(after: middle)...]
            for wrong in [others, String(changed), "c1.", "", "1"] {
                let answer = try await service.ask(Self.feed + "?cursor=\(wrong)")
                #expect(answer.status == .badRequest && answer.code == "invalid_parameter", "\(wrong)")
            }
            for query in ["wait=26", "limit=0", "limit=501", "from=newest", "from=oldest&cursor=\(own)"] {
                #expect(try await service.ask(Self.feed + "?\(query)").code == "invalid_parameter", "\(query)")
            }
            #expect(try await service.ask(Self.feed + "?since=1").code == "unknown_parameter")
            #expect(try await service.ask("/api/v1/practices/Z99002/changes").code == "not_found")
            try await service.owner.query("update practice.counter set epoch = 2")
            let expired = try await service.ask(Self.feed + "?cursor=\(own)")
            #expect(expired.status == .gone && expired.code == "cursor_expired")
            #expect(expired.headers[.link] == "<\(Self.feed)?from=oldest>; rel=\"start\"")
        }
    }

    @Test func `who waits is told as soon as something changes`() async throws {
        try await withService { service in
            try await service.following { _ in
                async let answer = service.ask(Self.feed + "?wait=25")
                try await service.eventually { service.waiting == 1 }
                try await service.tell("SP1")
                let object = try await answer.object
                #expect((object["changes"] as? [Any])?.count == 1)
                try await service.eventually { service.waiting == 0 }
            }
        }
    }

    @Test func `a stream tells lists and feeds, and goes on where it broke off`() async throws {
        try await withService { service in
            try await service.following { _ in
                try await service.live { port in
                    let stream = try await EventStream(port: port, token: try await service.keys.token())
                    try await service.eventually { stream.text.contains("id: c1.") }
                    try await service.tell("SP1")
                    try await service.eventually { stream.text.contains(#""list":"in-hospital""#) }
                    #expect(stream.text.contains("HTTP/1.1 200") && stream.text.contains("text/event-stream"))
                    #expect(stream.text.contains("retry: 5000\n"))
                    #expect(stream.text.contains("event: list-changed\ndata: {\"list\":\"admissions\",\"version\":\"1\"}"))
                    #expect(!stream.text.contains("pt_") && !stream.text.contains("enc_"))
                    // The feed falls silent by the clock alone, and a tick notices it.
                    try await service.eventually { stream.text.contains(": hb ") }
                    service.clock.set(Given.now + .seconds(12 * 3_600))
                    try await service.eventually { stream.text.contains("event: reauthenticate") && stream.isClosed }
                    service.clock.set(Given.now)

                    let last = try #require(stream.lastID)
                    try await service.tell("SP2")
                    let resumed = try await EventStream(
                        port: port, token: try await service.keys.token(), lastID: last)
                    try await service.eventually { resumed.text.contains(#""list":"in-hospital","version":"2""#) }
                    #expect(!resumed.text.contains("event: reset"))
                    let lost = try await EventStream(
                        port: port, token: try await service.keys.token(), lastID: "c1.unknown")
                    try await service.eventually { lost.text.contains("event: reset") }
                    await resumed.close()
                    await lost.close()
                    try await service.eventually { service.waiting == 0 }
                }
            }
        }
    }

    @Test func `a silent feed is told on the stream`() throws {
        let key = ChangeCursorKey([UInt8](repeating: 1, count: 32))
        var frames = StreamFrames(
            practice: "Z99001", head: ChangeCursor(epoch: 1, count: 4), resume: nil, keptFrom: 1, key: key,
            providers: Given.providers)
        var feed = Given.feed("ZX901")
        #expect(frames.next(nil, [feed], at: Given.now).hasPrefix(": hb "))
        feed.state = .silent
        let silent = frames.next(nil, [feed], at: Given.now)
        #expect(silent.hasPrefix("event: feed\ndata: {\"feed\":\"southmoor\",\"state\":\"silent\",\"last_heard\":"))
        #expect(frames.next(nil, [feed], at: Given.now).hasPrefix(": hb "))
        var standing = ChangeHub.Standing(epoch: 1, count: 6, keptFrom: 1, lists: ["admissions": 3, "huddle": 6])
        let told = frames.next(standing, [feed], at: Given.now)
        #expect(told.contains("huddle") && !told.contains("admissions"))
        standing.lists["all"] = 7
        standing.count = 7
        #expect(frames.next(standing, [feed], at: Given.now).contains("event: reset"))
        // A hub that is behind the opening says nothing.
        standing.count = 2
        #expect(frames.next(standing, [feed], at: Given.now).hasPrefix(": hb "))
    }

    @Test func `a poll that finds nothing new costs no look at the database, and is noted`() async throws {
        try await withService { service in
            try await service.following { hub in
                let path = "/api/v1/practices/Z99001/lists/in-hospital"
                try await service.tell("SP1")
                try await service.eventually { hub.standing(of: "Z99001")?.count == 1 && hub.feeds?.isComplete == true }
                let tag = try #require(try await service.ask(path).headers[.eTag])
                let looks: SQL = "select count(*) from audit.access"
                let before = try await service.count(looks)
                for _ in 0..<3 {
                    let poll = try await service.ask(path, headers: [.ifNoneMatch: tag])
                    #expect(poll.status == .notModified && poll.headers[.eTag] == tag)
                }
                #expect(try await service.count(looks) == before)
                await service.polls.flush()
                #expect(
                    try await service.count(
                        """
                        select polls from audit.poll where practice = 'Z99001' and subject = 'kay'
                        and route = 'lists/in-hospital'
                        """) == 3)
                // Another question, another tag, and a tag of yesterday are looked up.
                _ = try await service.ask(path + "?limit=7", headers: [.ifNoneMatch: tag])
                _ = try await service.ask(path, headers: [.ifNoneMatch: "\"other\""])
                service.clock.set(Given.now + .seconds(61))
                _ = try await service.ask(path, headers: [.ifNoneMatch: tag])
                #expect(try await service.count(looks) == before + 3)
                // So is a poll once something was told.
                try await service.tell("SP2")
                try await service.eventually { hub.standing(of: "Z99001")?.count == 2 }
                #expect(try await service.ask(path, headers: [.ifNoneMatch: tag]).status == .ok)
            }
        }
    }

    private func withService(_ body: (ChangeService) async throws -> Void) async throws {
        let service = try await ChangeService()
        do {
            try await body(service)
        } catch {
            await service.close()
            throw error
        }
        await service.close()
    }
}

/// A database, a hospital that tells, a projector, and the service with its change feed.
final class ChangeService: Sendable {
    let database: TestDatabase
    let log: GroupCommit
    let projectorPool: PostgresPool
    let servicePool: PostgresPool
    let owner: PostgresPool
    let projector: Projector
    let keys: TestKeys
    let key: ChangeCursorKey
    let hub: ChangeHub
    let polls: PollLedger
    let server: PracticeServer
    let clock = ServiceClock()
    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init(groups: (ChangeService.Parts) -> [any RouteGroup] = { _ in [] }) async throws {
        database = try await PostgresFixture.database()
        log = GroupCommit(
            configuration: database.configuration(user: "primary_conect_ingest"), now: { Given.now - .seconds(60) })
        projectorPool = PostgresPool(database.configuration(user: "primary_conect_projector"))
        let pool = PostgresPool(database.configuration(user: "primary_conect_service"))
        servicePool = pool
        owner = PostgresPool(database.configuration())
        projector = Projector(pool: projectorPool, reader: EventReader(pool: projectorPool), logger: Self.quiet)
        keys = try await TestKeys()
        let now: @Sendable () -> Instant = { [clock] in clock.now }
        hub = ChangeHub(pool: pool, now: now, tick: .milliseconds(50), logger: Self.quiet)
        polls = PollLedger(pool: pool, logger: Self.quiet)
        let reader = ChangeReader(pool: pool)
        key = try await reader.cursorKey()
        server = PracticeServer(
            configuration: .init(port: 0, providers: Given.providers),
            source: ProjectedLists(reader: ListReader(pool: pool, now: now)) { true }, verifier: keys.verifier,
            groups: [ChangeRoutes(reader: reader, key: key, hub: hub)] + groups(Parts(pool: pool, hub: hub)),
            versions: ListVersions(hub: hub, polls: polls), now: now, logger: Self.quiet)
        log.start()
    }

    struct Parts {
        let pool: PostgresPool
        let hub: ChangeHub
    }

    func close() async {
        await log.stop()
        for pool in [projectorPool, servicePool, owner] { await pool.close() }
    }

    /// Runs the hub beside `body`, once it knows where everything stands.
    func following(_ body: (ChangeHub) async throws -> Void) async throws {
        let following = Task { [hub] in await hub.run() }
        defer { following.cancel() }
        try await eventually { hub.standing(of: "Z99001") != nil }
        try await body(hub)
    }

    /// Waits for a condition, looking whenever the hub gives a sign; the test's time limit ends it.
    func eventually(_ condition: @Sendable () async throws -> Bool) async throws {
        let watch = try #require(hub.subscribe(to: "WATCH"))
        defer { watch.end() }
        if try await condition() { return }
        for await _ in watch.wakes where try await condition() { return }
        throw CancellationError()
    }

    /// How many wait but for the test itself, asked within `eventually`.
    var waiting: Int { hub.subscriberCount - 1 }

    /// Serves on a socket beside `body`.
    func live(_ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        try await server.application().test(.live) { client in try await body(try #require(client.port)) }
    }

    /// A hospital tells an admission, and it is projected.
    func tell(_ number: String, practice: String = "Z99001") async throws {
        var encounter = EncounterDetails(
            number: number, issuer: "ZX901", encounterClass: .inpatient,
            location: .value(HospitalLocation(site: "ZX901", ward: "7B", bay: "1", bed: "3")))
        encounter.admittedAt = Moment(Given.instant("2026-03-02T21:14:00Z"))
        let patient = PatientDetails(
            local: Identifier(value: "L1", issuer: "ZX901", type: "MR"), nhsNumber: NHSNumber("9990000018"),
            name: PersonName(family: "Ashworth", given: ["Kit"]), born: "1931-12-25",
            practice: ODSPracticeCode(practice).map { .value($0) } ?? .absent)
        let event = AdmissionEvent(
            kind: .admitted, telling: Telling(trigger: "A01", recorded: Moment(Given.instant("2026-03-02T21:15:00Z"))),
            patient: patient, encounter: encounter)
        let message = ReceivedMessage(
            sender: "TEST|ZX901", controlID: number, bytes: Array(number.utf8), trigger: "ADT^A01",
            disposition: .read, reason: nil, answer: "AA", receivedFrom: "test")
        _ = try await log.append(Entry(log: Given.hospital("ZX901"), message: message, events: [event.newEvent]))
        _ = try await projector.catchUp(Given.hospital("ZX901"))
    }

    func ask(
        _ path: String, method: HTTPRequest.Method = .get, role: String = "practice-clinician",
        headers: HTTPFields = [:], body: String? = nil
    ) async throws -> TestResponse {
        var headers = headers
        headers[.authorization] = "Bearer \(try await keys.token(TestKeys.claims(role: role)))"
        let sent = headers
        let answer = try await server.application().test(.router) { client in
            try await client.execute(
                uri: path, method: method, headers: sent, body: body.map { ByteBuffer(string: $0) })
        }
        OpenAPIConformance.check(method, path, answer)
        return answer
    }

    func count(_ sql: SQL) async throws -> Int {
        let result = try await owner.query(sql)
        return Int(try #require(result.first).decode(0, as: Int64.self))
    }
}

/// A clock that stands where it is put.
final class ServiceClock: Sendable {
    private let time = Mutex(Given.now)

    var now: Instant { time.withLock { $0 } }

    func set(_ instant: Instant) {
        time.withLock { $0 = instant }
    }
}

/// A client of the stream, on a socket of its own.
final class EventStream: Sendable {
    private struct State {
        var text = ""
        var isClosed = false
    }

    private let state = Mutex(State())
    private let channel: any Channel

    init(port: Int, token: String, lastID: String? = nil) async throws {
        let reading = Reading()
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(reading) }
            }
            .connect(host: "localhost", port: port).get()
        reading.stream.withLock { $0 = self }
        let resume = lastID.map { "Last-Event-ID: \($0)\r\n" } ?? ""
        try await channel.writeAndFlush(
            ByteBuffer(
                string: "GET /api/v1/practices/Z99001/stream HTTP/1.1\r\nHost: a\r\n\(resume)"
                    + "Authorization: Bearer \(token)\r\n\r\n"))
    }

    var text: String { state.withLock { $0.text } }
    var isClosed: Bool { state.withLock { $0.isClosed || $0.text.hasSuffix("0\r\n\r\n") } }

    /// The newest id that was told.
    var lastID: String? {
        text.split(separator: "\n").last { $0.hasPrefix("id: ") }.map { String($0.dropFirst(4)) }
    }

    func close() async { try? await channel.close() }

    private final class Reading: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        let stream = Mutex<EventStream?>(nil)

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let text = String(buffer: unwrapInboundIn(data))
            stream.withLock { $0 }?.state.withLock { $0.text += text }
        }

        func channelInactive(context: ChannelHandlerContext) {
            stream.withLock { $0 }?.state.withLock { $0.isClosed = true }
        }
    }
}
