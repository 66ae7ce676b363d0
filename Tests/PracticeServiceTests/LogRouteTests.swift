import Audit
import EventLog
import EventSourcing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Postgres
import TestSupport
import Testing

@testable import PracticeService

/// What anybody with a token can prove of a log, by what the service gives out and nothing else.
@Suite(.timeLimit(.minutes(1)))
struct LogRouteTests {
    private static let log = LogName("ZX901").unsafelyUnwrapped
    private static let eventsFirst = 1_500
    private static let eventsMore = 1_100

    @Test func `every checkpoint is signed, every event proved to be in it, and each to begin with the one before`()
        async throws
    {
        let database = try await PostgresFixture.database()
        let signer = NoteSigner()
        let origin = LogOrigin(publicKey: signer.publicKey)
        let pools = ["projector", "service"].map { PostgresPool(database.configuration(user: "primary_conect_" + $0)) }
        var checkpointer = Checkpointer(pool: pools[0], signer: signer, notes: [], now: { Given.now }, keep: { _ in })
        try await append(Self.eventsFirst, to: database)
        try await checkpointer.sign(Self.log)
        try await append(Self.eventsMore, to: database)
        try await checkpointer.sign(Self.log)

        let board = CheckpointBoard()
        let reader = ProofReader(pool: pools[1])
        board.show(try await reader.checkpoints())
        let keys = try await TestKeys()
        let server = PracticeServer(
            configuration: .init(providers: Given.providers), source: MemoryLists(), verifier: keys.verifier,
            groups: [LogRoutes(reader: reader, origin: origin)], checkpoints: board, now: { Given.now },
            logger: CapturedLog().logger)
        let token = try await keys.token()
        try await server.application().test(.router) { client in
            func ask(_ path: String) async throws -> TestResponse {
                let uri = "/api/v1/log/" + path
                let answer = try await client.execute(
                    uri: uri, method: .get, headers: [.authorization: "Bearer \(token)"])
                OpenAPIConformance.check(.get, uri, answer)
                return answer
            }
            let key = try #require(NoteKey(String(try await ask("key?log=ZX901").text.dropLast())))
            #expect(key == origin.key(Self.log))
            let noted = try await ask("checkpoint?log=ZX901")
            let checkpoint = try #require(SignedNote(noted.text)?.checkpoint(signedBy: key))
            #expect(checkpoint.size == Int64(Self.eventsFirst + Self.eventsMore))
            #expect(try await ask("checkpoint").text == noted.text)
            let header = "ZX901@\(checkpoint.size):\(Base64.encode(checkpoint.root.bytes))"
            #expect(noted.headers[.logCheckpoint] == header)

            for position in [1, 1_024, 1_025, 1_500, 2_048, 2_600] {
                let answer = try await ask("proof/inclusion?log=ZX901&position=\(position)")
                let leaf = try #require((answer.object["leaf_hash"] as? String).flatMap(Self.digest))
                let proof = InclusionProof(
                    index: Int64(position - 1), size: checkpoint.size, hashes: Self.hashes(answer))
                #expect(proof.proves(leaf, in: checkpoint.root), "position \(position)")
            }
            for old in [1, 1_024, 1_500, 2_048, 2_600] {
                let answer = try await ask("proof/consistency?log=ZX901&from=\(old)")
                let stored = try await database.withSession { session in
                    var range = CompactRange()
                    let rows = try session.execute(
                        "select leaf_hash from event_log.event where position <= \(Int64(old)) order by position")
                    for row in rows { range.append(try row.decode(0)) }
                    return range.root()
                }
                let proof = ConsistencyProof(old: Int64(old), size: checkpoint.size, hashes: Self.hashes(answer))
                #expect(proof.proves(stored, in: checkpoint.root), "from \(old)")
            }
            #expect(try await ask("proof/inclusion?log=ZX901&position=2601").status == .notFound)
            #expect(try await ask("proof/consistency?log=ZX901&from=1&to=2601").status == .notFound)
            #expect(try await ask("checkpoint?log=ZX902").status == .notFound)
            #expect(try await ask("proof/inclusion?log=ZX901&position=0").status == .badRequest)
            let stranger = try await client.execute(uri: "/api/v1/log/checkpoint", method: .get)
            #expect(stranger.status == .unauthorized && stranger.headers[.logCheckpoint] == nil)
        }
        for pool in pools { await pool.close() }
    }

    private func append(_ count: Int, to database: TestDatabase) async throws {
        let log = GroupCommit(configuration: database.configuration(user: "primary_conect_ingest"))
        log.start()
        let events = (0..<count).map { number in
            NewEvent(
                stream: StreamName("encounter:ZX901|S\(number)"), type: "encounter.admitted.v1", payload: Array("{}".utf8),
                occurredAt: nil)
        }
        _ = try await log.append(
            Entry(
                log: Self.log,
                message: ReceivedMessage(
                    sender: "PAS|ZX901", controlID: "\(count)", bytes: Array("\(count)".utf8), trigger: "ADT^A01",
                    disposition: .read, reason: nil, answer: "AA", receivedFrom: "test"), events: events))
        await log.stop()
    }

    private static func digest(_ text: String) -> Digest? { Base64.decode(text).flatMap { Digest(bytes: $0) } }

    private static func hashes(_ answer: TestResponse) -> [Digest] {
        (answer.object["hashes"] as? [String] ?? []).compactMap(digest)
    }
}
