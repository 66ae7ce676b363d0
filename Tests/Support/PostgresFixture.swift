import Glibc
package import Postgres
import Synchronization

/// A database for each test, on one throwaway server for each test process.
///
/// The server starts with the first test that asks, migrates a template once from the schema folder, and clones it for
/// each test. It keeps nothing safe on disk (durability `.none`) and is gone when the process ends, however it ends.
package enum PostgresFixture {
    /// A fresh copy of the migrated database; dropped when the last reference to it goes.
    package static func database() async throws -> TestDatabase {
        try await server.value.clone(template)
    }

    /// A database with nothing in it, for tests of migrations.
    package static func emptyDatabase() async throws -> TestDatabase {
        try await server.value.clone("template0")
    }

    /// A server of the test's own, to stop, kill and start again; destroyed when the process ends, if not before.
    package static func start(
        durability: PrivateCluster.Durability = .none, settings: [String: String] = [:]
    ) async throws -> PrivateCluster {
        try await OwnThread.run(named: "fixture") {
            let cluster = try PrivateCluster.throwaway(durability: durability, settings: settings)
            destroyAtExit(cluster)
            return cluster
        }
    }

    /// The folder with the migrations of this checkout.
    package static let schemaDirectory: String = {
        // realpath, because a lane package links to this file; it exists, for it was compiled.
        let file = realpath(#filePath, nil)
        defer { free(file) }
        let path = file.map { String(cString: $0) } ?? #filePath
        return "/" + path.split(separator: "/").dropLast(3).joined(separator: "/") + "/schema"
    }()

    // MARK: The server

    private static let template = "primary_conect_template"

    private struct Server: Sendable {
        let cluster: PrivateCluster
        let pool: PostgresPool

        func clone(_ template: String) async throws -> TestDatabase {
            let number = PostgresFixture.count.wrappingAdd(1, ordering: .relaxed).newValue
            let name = "test_\(number)"
            try await pool.query(
                "create database \(identifier: name) template \(identifier: template)", within: .seconds(120))
            return TestDatabase(name: name, cluster: cluster, pool: pool)
        }
    }

    private static let count = Atomic<Int>(0)

    private static let server = Task {
        let settings = ["max_connections": "400", "shared_buffers": "64MB"]
        let cluster = try await start(settings: settings)
        let configuration = PostgresConfiguration(
            connectionString: cluster.connectionString(), applicationName: "fixture")
        let pool = PostgresPool(configuration, connectionsMax: 2, waitMax: .seconds(120))
        try await pool.query("create database \(identifier: template) template template0")
        try await OwnThread.run(named: "fixture") {
            let session = try PostgresSession(.init(connectionString: cluster.connectionString(database: template)))
            try Migrator(schemaDirectory: schemaDirectory).migrate(session)
            session.close()
        }
        return Server(cluster: cluster, pool: pool)
    }

    // MARK: The end

    private static let clusters = Mutex<[PrivateCluster]?>(nil)

    private static func destroyAtExit(_ cluster: PrivateCluster) {
        let isFirst = clusters.withLock { clusters in
            defer { clusters = (clusters ?? []) + [cluster] }
            return clusters == nil
        }
        if isFirst {
            atexit {
                for cluster in PostgresFixture.clusters.withLock({ $0 ?? [] }) { cluster.destroy() }
            }
        }
    }
}

/// One test's own database.
package final class TestDatabase: Sendable {
    package let name: String
    package let cluster: PrivateCluster
    private let pool: PostgresPool

    fileprivate init(name: String, cluster: PrivateCluster, pool: PostgresPool) {
        self.name = name
        self.cluster = cluster
        self.pool = pool
    }

    deinit {
        // Nobody waits for it; what is not dropped goes with the server.
        let (pool, name) = (pool, name)
        Task.detached { _ = try? await pool.query("drop database if exists \(identifier: name) with (force)") }
    }

    /// libpq's string for a session as one of the roles.
    package func connectionString(user: String = "postgres") -> String {
        cluster.connectionString(user: user, database: name)
    }

    package func configuration(
        user: String = "postgres", statementDeadline: Duration = .seconds(30)
    ) -> PostgresConfiguration {
        PostgresConfiguration(
            connectionString: connectionString(user: user), applicationName: name, statementDeadline: statementDeadline)
    }

    /// Runs `body` with a session on a thread of its own, and closes the session.
    @discardableResult
    package func withSession<R: Sendable>(
        user: String = "postgres", statementDeadline: Duration = .seconds(30),
        _ body: @escaping @Sendable (PostgresSession) throws -> R
    ) async throws -> R {
        let configuration = configuration(user: user, statementDeadline: statementDeadline)
        return try await OwnThread.run(named: name) {
            let session = try PostgresSession(configuration)
            defer { session.close() }
            return try body(session)
        }
    }
}
