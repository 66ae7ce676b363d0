import Postgres
import TestSupport
import Testing

/// Connection strings with several hosts.
@Suite struct HostsTests {
    private func connect(_ string: String, deadline: Duration = .seconds(5)) async throws -> PostgresConnection {
        try await PostgresConnection.connect(PostgresConfiguration(connectionString: string, connectDeadline: deadline))
    }

    @Test func `a host that is away is passed over`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let socket = database.cluster.socketDirectory
        let rest = "port=5432 user=postgres dbname=\(database.name) target_session_attrs=read-write"
        let string = "host=/nonexistent,\(socket) \(rest)"
        let connection = try await connect(string)
        #expect(
            try await connection.query("select current_database()::text")[0].decode(0, as: String.self) == database.name
        )
        await connection.close()
    }

    @Test func `a host that swallows packets costs only its share of the deadline`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        // 192.0.2.1 is set aside for documents (RFC 5737): nothing answers there.
        let socket = database.cluster.socketDirectory
        let string = "host=192.0.2.1,\(socket) user=postgres dbname=\(database.name) gssencmode=disable"
        let start = ContinuousClock.now
        let connection = try await connect(string, deadline: .seconds(2))
        #expect(ContinuousClock.now - start < .seconds(2))
        await connection.close()
    }

    @Test func `a standby is asked for and a primary taken if there is none`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let socket = database.cluster.socketDirectory
        let preferring = "host=\(socket),\(socket) user=postgres dbname=\(database.name) target_session_attrs="
        await (try connect(preferring + "prefer-standby")).close()
        let error = await #expect(throws: PostgresError.self) { try await connect(preferring + "standby") }
        #expect(error?.code == .connectionFailed)
    }

    @Test func `a URI works, and settings pass through`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let host = database.cluster.socketDirectory.split(separator: "/").joined(separator: "%2F")
        let connection = try await connect(
            "postgresql://postgres@%2F\(host)/\(database.name)?application_name=tried&options=-c%20work_mem%3D8MB")
        let row = try await connection.query("select current_setting('application_name'), current_setting('work_mem')")[
            0]
        #expect(try row.decode(String.self, String.self) == ("tried", "8MB"))
        await connection.close()
        // TLS settings reach libpq: over a unix socket there is no TLS, over TCP nobody listens.
        let tls = await #expect(throws: PostgresError.self) {
            try await connect("host=127.0.0.1 port=1 sslmode=verify-full sslrootcert=/nonexistent user=postgres")
        }
        #expect(tls?.code == .connectionFailed)
    }

    @Test(arguments: ["host=a,b hostaddr=1.2.3.4", "host=a port=1,2", "nonsense", "host=a password='x"])
    func `a string that cannot be read is refused without being quoted`(string: String) async throws {
        let error = await #expect(throws: PostgresError.self) { try await connect(string) }
        #expect(error?.code == .connectionFailed)
        #expect(error?.description.contains(string) == false)
    }
}
