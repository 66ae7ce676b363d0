import ADT
import Admissions
import EventLog
import EventSourcing
import Foundation
import HL7v2
import Ingest
import Logging
import MLLP
import NIOCore
import NIOPosix
import Postgres
import Projections
import TestSupport
import Testing

/// Every scenario folder through real sockets into a real log, and out again: the same fold, and the same rows.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ScenarioFeedTests {
    static let folders: [URL] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/ADT")
        let folders = (try? FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)) ?? []
        return folders.sorted { $0.path < $1.path }
    }()

    @Test func `each scenario comes out of the log as expected, and its rows are those of the fold`() async throws {
        #expect(Self.folders.count >= 150)
        for folder in Self.folders { try await run(folder) }
    }

    private func run(_ folder: URL) async throws {
        let name = folder.lastPathComponent
        let database = try await PostgresFixture.database()
        let log = GroupCommit(configuration: database.configuration(user: "primary_conect_ingest"))
        log.start()
        let pool = PostgresPool(database.configuration(user: "primary_conect_projector"))
        let owner = PostgresPool(database.configuration(user: "postgres"))
        let reader = EventReader(pool: pool)
        let projector = Projector(
            pool: pool, reader: reader, logger: Logger(label: "t") { _ in SwiftLogNoOpLogHandler() })
        try await send(folder, to: log) {
            // After each message, and holding nothing: rows must follow every step, from what is stored.
            for hospital in try await reader.logs() { try await projector.catchUp(hospital) }
        }
        var folds = LogFold()
        for hospital in try await reader.logs() {
            let events = try await reader.events(in: hospital, after: .origin, limit: 1_000)
            for event in events where event.isAboutSomebody {
                folds.apply(try ToldEvent(event))
            }
        }
        let expected = try Self.object(try Data(contentsOf: folder.appending(path: "expected.json")))
        let found = try Self.object(Data(JourneyReport(folds).json))
        for part in ["encounters", "patients"] {
            #expect((found[part] as? NSArray) == (expected[part] as? NSArray), "\(name): \(part)")
        }
        let rows = try await owner.query(
            """
            select practice, status, coalesce(nhs_number, '') from practice.encounter
            where status <> 'withdrawn' order by 1, 2, 3
            """)
        let shown = try rows.map { row in
            let (practice, status, number) = try row.decode(String.self, String.self, String.self)
            return "\(practice) \(status) \(number)"
        }
        #expect(shown == Self.rows(of: folds.reading), "\(name): rows")
        let comparison = try await ViewComparison(pool: pool, reader: reader).run()
        #expect(comparison.isEqual, "\(name): the view is not its fold")
        await log.stop()
        await pool.close()
        await owner.close()
    }

    /// What the practices' rows must come to.
    private static func rows(of reading: LogReading) -> [String] {
        let people = Dictionary(uniqueKeysWithValues: reading.people.map { ($0.key, $0.patient) })
        return reading.visits.map { visit in
            let patient = visit.patient.flatMap { people[$0] }
            let practice = patient?.practice?.rawValue ?? "UNKNOWN"
            return "\(practice) \(visit.reading.status.rawValue) \(patient?.nhsNumber?.digits ?? "")"
        }.sorted()
    }

    private func send(
        _ folder: URL, to log: GroupCommit, afterEach project: () async throws -> Void
    ) async throws {
        let feed = Feed(log: try #require(LogName("ZX901")), name: "test", facilities: [])
        let receiver = Receiver(log: log, feeds: FeedDirectory(feeds: [], unlisted: feed), now: WallClock.now)
        let server = MLLPServer(
            configuration: MLLPServerConfiguration(host: "127.0.0.1", port: 0),
            group: MultiThreadedEventLoopGroup.singleton, logger: Logger(label: "t") { _ in SwiftLogNoOpLogHandler() }
        ) { input, _ in
            guard case .frame(let bytes) = input else { return .close }
            let answers = await receiver.receive(bytes, from: "test").map(\.bytes).filter { !$0.isEmpty }
            return answers.isEmpty ? .none : .sendSeveral(answers, closes: false)
        }
        let port = try #require(try await server.start().port)
        let client = try await MLLPClient.connect(host: "127.0.0.1", port: port)
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "hl7" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
        for file in files {
            for piece in HL7Batch.split([UInt8](try Data(contentsOf: file))) {
                let answer = try await client.send(piece.bytes)
                #expect(!answer.isEmpty, "\(folder.lastPathComponent)")
                try await project()
            }
        }
        await client.close()
        await server.shutdown(deadline: .seconds(5))
    }

    private static func object(_ json: Data) throws -> NSDictionary {
        try #require(try JSONSerialization.jsonObject(with: json) as? NSDictionary)
    }
}
