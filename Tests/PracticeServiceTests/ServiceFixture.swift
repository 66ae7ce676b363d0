import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Postgres

@testable import PracticeService
@testable import Projections

/// A service over lists in memory, asked without sockets.
struct ServiceFixture: Sendable {
    let keys: TestKeys
    let lists = MemoryLists()
    let log = CapturedLog()
    let server: PracticeServer

    init(configuration: PracticeServiceConfiguration = .init(providers: Given.providers)) async throws {
        keys = try await TestKeys()
        let hub = ChangeHub(pool: Self.noDatabase, now: { Given.now }, logger: log.logger)
        let changes = ChangeRoutes(
            reader: ChangeReader(pool: Self.noDatabase), key: ChangeCursorKey([UInt8](repeating: 1, count: 32)), hub: hub)
        let details = DetailReader(pool: Self.noDatabase)
        let all: [any RouteGroup] = [
            DetailRoutes(reader: details), FHIRRoutes(reader: details), changes,
            WebhookRoutes(store: WebhookStore(pool: Self.noDatabase)) { _ in true }, StatusRoutes(source: lists),
        ]
        server = PracticeServer(
            configuration: configuration, source: lists, verifier: keys.verifier, groups: all,
            now: { Given.now },
            makeRequestID: { "00000000-0000-4000-8000-000000000001" }, logger: log.logger)
        lists.change { state in
            state.feeds = [Given.feed("ZX901")]
            state.items[MemoryLists.key(Given.practice, .inHospital)] = [Given.item(Given.stay())]
            state.items[MemoryLists.key(Given.practice, .admissions)] = [Given.item(Given.stay())]
            state.items[MemoryLists.key(Given.otherPractice, .inHospital)] = [
                Given.item(Given.stay(ref: "enc_others00001"))
            ]
        }
    }

    /// What is not in memory here cannot be read.
    private static let noDatabase = PostgresPool(
        PostgresConfiguration(connectionString: "host=/nonexistent dbname=none", connectDeadline: .seconds(1)),
        connectionsMax: 1, waitMax: .seconds(1))

    static let path = "/api/v1/practices/Z99001/lists/in-hospital"

    /// Asks; with a sound token unless another is given.
    func ask(
        _ path: String = path, method: HTTPRequest.Method = .get, token: String? = nil, headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        var headers = headers
        if headers[.authorization] == nil {
            headers[.authorization] = "Bearer \(try await sound(token))"
        }
        return try await askBare(path, method: method, headers: headers)
    }

    /// Asks with these headers and no others.
    func askBare(
        _ path: String, method: HTTPRequest.Method = .get, headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        let answer = try await server.application().test(.router) { client in
            try await client.execute(uri: path, method: method, headers: headers)
        }
        OpenAPIConformance.check(method, path, answer)
        return answer
    }

    private func sound(_ token: String?) async throws -> String {
        if let token { return token }
        return try await keys.token()
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    /// The body as a JSON object; empty where it is none.
    var object: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(body.readableBytesView))) as? [String: Any] ?? [:]
    }

    var code: String? { object["code"] as? String }
}
