import Postgres
import TestSupport
import Testing

/// A commit whose wait for the standby is cancelled answers success (operations.md, finding 2); we do not believe it.
@Suite struct CommitInDoubtTests {
    @Test func `a commit that was cancelled in its wait for the standby is in doubt`() async throws {
        // A standby that is demanded and does not exist.
        let cluster = try await PostgresFixture.start(
            durability: .full, settings: ["synchronous_standby_names": "nobody"])
        let configuration = PostgresConfiguration(connectionString: cluster.connectionString())
        try await OwnThread.run(named: "doubt") {
            let session = try PostgresSession(configuration)
            try session.execute("set synchronous_commit = local")
            try session.execute("create table t (n int8)")
            try session.execute("set synchronous_commit = on")

            try Self.cancelWait(of: session.processID, configuration)
            let alone = try session.execute("insert into t values (1)")
            #expect(alone.leavesCommitInDoubt)
            #expect(session.warnings.contains { $0.leavesCommitInDoubt })

            try Self.cancelWait(of: session.processID, configuration)
            let error = #expect(throws: PostgresError.self) {
                try session.transaction { _ = try session.execute("insert into t values (2)") }
            }
            #expect(error?.code == .commitInDoubt && error?.isOutcomeUnknown == true)
            session.close()
        }
        let connection = try await PostgresConnection.connect(configuration)
        try Self.cancelWait(of: connection.processID, configuration)
        let error = await #expect(throws: PostgresError.self) {
            try await connection.transaction { try await $0.query("insert into t values (3)") }
        }
        #expect(error?.code == .commitInDoubt)
        await connection.close()
        try await OwnThread.run(named: "destroy") { cluster.destroy() }
    }

    /// Watches from a thread of its own until the session waits for the standby, and cancels that.
    private static func cancelWait(of process: Int32, _ configuration: PostgresConfiguration) throws {
        try OwnThread.start(named: "cancel") {
            guard let watcher = try? PostgresSession(configuration) else { return }
            var isCancelled: Bool? = false
            while isCancelled == false {
                let rows = try? watcher.execute(
                    """
                    select coalesce(bool_or(pg_cancel_backend(pid)), false) from pg_stat_activity
                    where pid = \(process) and wait_event = 'SyncRep'
                    """)
                isCancelled = try? rows?.first?.decode(0, as: Bool.self)
            }
            watcher.close()
        }
    }
}
