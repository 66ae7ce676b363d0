import Audit
import EventLog
import EventSourcing
import HTTPTypes
import HummingbirdTesting
import Logging
import NIOCore
import Postgres
import TestSupport
import Testing

@testable import PracticeService
@testable import Projections

/// The service over a database of its own, with every part of it: the groups here are those of the daemon.
struct StoredService: Sendable {
    let database: TestDatabase
    let pool: PostgresPool
    let archive: PostgresPool
    let keys: TestKeys
    let log = CapturedLog()
    let server: PracticeServer

    init() async throws {
        database = try await PostgresFixture.database()
        pool = PostgresPool(database.configuration(user: "primary_conect_service"))
        archive = PostgresPool(database.configuration(user: "primary_conect_auditor"))
        keys = try await TestKeys()
        let pool = pool
        let book = AccessBook(pool: pool)
        let client = try await TestClient()
        let policy = TokenPolicy(issuer: TestClient.address, audience: "primary-conect")
        let registered = [try client.registered()]
        let issuer = try await TokenIssuer.opening(keyFile: "\(TestClient.folder)/stored.jwk", policy: policy)
        let hub = ChangeHub(pool: pool, now: { Given.now }, logger: log.logger)
        hub.finish()
        let reader = ChangeReader(pool: pool)
        let outbound = try OutboundHTTP()
        let changes = ChangeRoutes(reader: reader, key: try await reader.cursorKey(), hub: hub)
        let reading = ListReader(pool: pool, now: { Given.now })
        let details = DetailReader(pool: pool, now: { Given.now })
        server = PracticeServer(
            configuration: .init(providers: Given.providers),
            source: ProjectedLists(reader: reading) { true }, past: AsAtReader(desk: pool, archive: archive),
            verifier: keys.verifier, breakGlass: book,
            groups: [
                TokenEndpoint(
                    clients: try ClientRegistry(registered, outbound: outbound), book: book, issuer: issuer,
                    address: TestClient.address),
                StatusRoutes(source: reading), DetailRoutes(reader: details), FHIRRoutes(reader: details),
                HistoryRoutes(
                    reader: HistoryReader(
                        pool: pool, now: { Given.now }, past: AsAtReader(desk: pool, archive: archive)),
                    messages: HistoryMessages(reader: HistoryReader(pool: archive, login: .auditor)) { _ in [] }),
                ActRoutes(
                    store: ActStore(pool: pool, now: { Given.now }, projectionWaitMax: .zero),
                    rosters: RosterStore(
                        configuration: database.configuration(user: "primary_conect_service"), isLive: false,
                        now: { Given.now })),
                OnboardingRoutes(
                    reader: OnboardingReader(pool: pool),
                    desk: OnboardingDesk(pool: pool, log: StaffLog(now: { Given.now }))),
                AuditRoutes(reader: AccessReader(pool: archive)), LogRoutes(reader: ProofReader(pool: pool), origin: nil),
                changes, WebhookRoutes(store: WebhookStore(pool: pool)) { outbound.allows($0) },
            ], now: { Given.now }, logger: log.logger)
    }

    /// Runs `body` with a service, and closes what it holds.
    static func with(_ body: (StoredService) async throws -> Void) async throws {
        let service = try await StoredService()
        do {
            try await body(service)
        } catch {
            await service.close()
            throw error
        }
        await service.close()
    }

    private func close() async {
        await pool.close()
        await archive.close()
    }

    /// Asks, as the caller of the claims where there are any.
    func ask(
        _ method: HTTPRequest.Method, _ address: String, as claims: TokenClaims?, body: String? = nil,
        headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        try await ask(
            method, address, token: try await claims.asyncMap { try await keys.token($0) }, body: body, headers)
    }

    /// Asks, with this token where there is one.
    func ask(
        _ method: HTTPRequest.Method, _ address: String, token: String?, body: String?, _ headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        if body != nil, headers[.contentType] == nil { headers[.contentType] = "application/json" }
        let sent = headers
        let answer = try await server.application().test(.router) { client in
            try await client.execute(
                uri: address, method: method, headers: sent, body: body.map { ByteBuffer(string: $0) })
        }
        OpenAPIConformance.check(method, address, answer)
        return answer
    }

    /// The first column of the rows, as text, asked by the owner of everything.
    func texts(_ sql: SQL) async throws -> [String] {
        try await database.withSession { session in
            try session.execute(sql).map { try $0.decode(0, as: String.self) }
        }
    }
}

extension Optional {
    fileprivate func asyncMap<Other>(_ change: (Wrapped) async throws -> Other) async rethrows -> Other? {
        guard let self else { return nil }
        return try await change(self)
    }
}
