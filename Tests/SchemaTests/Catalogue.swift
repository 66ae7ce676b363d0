import Postgres
import TestSupport

/// Questions to the catalogue of a migrated database, asked as superuser.
struct Catalogue: Sendable {
    private let database: TestDatabase

    /// A fresh migrated database.
    init() async throws {
        database = try await PostgresFixture.database()
    }

    /// The first column of the rows, as text: what breaks a rule.
    func offenders(_ sql: SQL) async throws -> [String] {
        try await database.withSession { session in
            try session.execute(sql).map { try $0.decode(0, as: String.self) }
        }
    }

    /// The whole schema as text.
    func snapshot() async throws -> String {
        let connection = database.connectionString()
        return try await OwnThread.run(named: "snapshot") {
            try SchemaSnapshot.take(connectionString: connection, programs: try ServerPrograms.find())
        }
    }
}
