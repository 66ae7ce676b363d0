import Foundation
import Postgres

/// A folder of a test's own, with a private PostgreSQL inside; both go away with `remove`.
struct SystemDirectory: Sendable {
    let path: String

    /// A folder that is there already.
    init(path: String) { self.path = path }

    init() throws {
        path = "/tmp/pcs-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    }

    var cluster: PrivateCluster? { PrivateCluster.running(at: "\(path)/postgresql") }

    func session() throws -> PostgresSession {
        guard let cluster else { throw POSIXError(.ENOENT) }
        return try PostgresSession(
            PostgresConfiguration(connectionString: cluster.connectionString(), applicationName: "system tests"))
    }

    func count(_ sql: SQL) throws -> Int64 {
        let session = try session()
        defer { session.close() }
        return try session.execute(sql)[0].decode(0)
    }

    func remove() {
        try? cluster?.stop(.immediate)
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// Runs a body with a folder, and removes it whatever happens.
func withSystemDirectory<Result>(_ body: (SystemDirectory) async throws -> Result) async throws -> Result {
    let directory = try SystemDirectory()
    do {
        let result = try await body(directory)
        directory.remove()
        return result
    } catch {
        directory.remove()
        throw error
    }
}

/// Asks again until an answer comes, without sleeping: each look is a round trip of its own.
func eventually<Value>(
    within limit: Duration = .seconds(60), _ look: () async throws -> Value?
) async throws -> Value {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
        if let value = try await look() { return value }
        await Task.yield()
    }
    throw NeverSeen()
}

struct NeverSeen: Error {}
