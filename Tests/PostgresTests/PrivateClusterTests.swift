import Foundation
import Postgres
import TestSupport
import Testing

/// Servers of our own: started, killed, adopted, destroyed.
@Suite struct PrivateClusterTests {
    private static func temporaryDirectory(_ suffix: String = "") -> String {
        "/tmp/pc-test-\(UUID().uuidString.prefix(8))\(suffix)"
    }

    private static func value(_ cluster: PrivateCluster, _ sql: SQL) throws -> String {
        let session = try PostgresSession(.init(connectionString: cluster.connectionString()))
        defer { session.close() }
        return try session.execute(sql)[0].decode(0, as: String.self)
    }

    /// Processes that work below a directory.
    private static func processes(below directory: String) -> [String] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.filter { entry in
            let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(entry)/cwd")
            return Int(entry) != nil && path?.hasPrefix(directory) == true
        }
    }

    @Test func `a kept server starts, stops, and has its data when it starts again`() async throws {
        let directory = Self.temporaryDirectory()
        try await OwnThread.run(named: "cluster") {
            let first = try PrivateCluster.start(at: directory, durability: .full, settings: ["work_mem": "7MB"])
            #expect(
                try Self.value(
                    first,
                    """
                    select current_setting('fsync') || current_setting('synchronous_commit')
                           || current_setting('data_checksums')
                    """
                ) == "ononon")
            #expect(try Self.value(first, "select current_setting('work_mem')") == "7MB")
            #expect(try Self.value(first, "select current_setting('listen_addresses')") == "")
            let session = try PostgresSession(.init(connectionString: first.connectionString()))
            try session.execute("create table t as select 'kept'::text as word")
            session.close()
            try first.stop()
            #expect(!first.isRunning)
            #expect(Self.processes(below: directory).isEmpty)

            let second = try PrivateCluster.start(at: directory, durability: .none)
            #expect(try Self.value(second, "select word from t") == "kept")
            #expect(try Self.value(second, "select current_setting('fsync')") == "off")
            second.destroy()
            #expect(!FileManager.default.fileExists(atPath: directory))
        }
    }

    @Test func `a server that runs already is adopted`() async throws {
        let directory = Self.temporaryDirectory()
        try await OwnThread.run(named: "cluster") {
            let first = try PrivateCluster.start(at: directory, durability: .none)
            let started = try Self.value(first, "select pg_postmaster_start_time()::text")
            let second = try PrivateCluster.start(at: directory, durability: .none)
            #expect(try Self.value(second, "select pg_postmaster_start_time()::text") == started)
            second.destroy()
            #expect(!first.isRunning)
        }
    }

    @Test func `several starts of one directory give one server`() async throws {
        let directory = Self.temporaryDirectory()
        let started = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try await OwnThread.run(named: "cluster") {
                        let cluster = try PrivateCluster.start(at: directory, durability: .none)
                        return try Self.value(cluster, "select pg_postmaster_start_time()::text")
                    }
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(started.count == 1)
        try await OwnThread.run(named: "cluster") {
            try PrivateCluster.start(at: directory, durability: .none).destroy()
        }
    }

    @Test func `a killed server starts again, whatever its pid file says`() async throws {
        let directory = Self.temporaryDirectory()
        try await OwnThread.run(named: "cluster") {
            let cluster = try PrivateCluster.start(at: directory, durability: .full)
            let session = try PostgresSession(.init(connectionString: cluster.connectionString()))
            try session.execute("create table t as select 'committed'::text as word")
            cluster.kill()
            #expect(!cluster.isRunning && Self.processes(below: directory).isEmpty)
            #expect(FileManager.default.fileExists(atPath: directory + "/data/postmaster.pid"))
            // The number in it is in use again, by another process of anybody's.
            let pidFile = directory + "/data/postmaster.pid"
            let lines = try String(contentsOfFile: pidFile, encoding: .utf8).split(separator: "\n").dropFirst()
            try (["\(getpid())"] + lines.map(String.init)).joined(separator: "\n").write(
                toFile: pidFile, atomically: false, encoding: .utf8)
            let again = try PrivateCluster.start(at: directory, durability: .full)
            #expect(try Self.value(again, "select word from t") == "committed")
            again.destroy()
        }
    }

    @Test func `initdb that was cut short is begun again`() async throws {
        let directory = Self.temporaryDirectory()
        try FileManager.default.createDirectory(atPath: directory + "/data.new/base", withIntermediateDirectories: true)
        try await OwnThread.run(named: "cluster") {
            let cluster = try PrivateCluster.start(at: directory, durability: .none)
            #expect(try Self.value(cluster, "select 'up'::text") == "up")
            cluster.destroy()
        }
    }

    @Test func `a path too long for a socket gets a short one`() async throws {
        let directory = Self.temporaryDirectory("-" + String(repeating: "long", count: 25))
        try await OwnThread.run(named: "cluster") {
            let cluster = try PrivateCluster.start(at: directory, durability: .none)
            #expect(cluster.socketDirectory.utf8.count < 90)
            #expect(try Self.value(cluster, "select 'up'::text") == "up")
            cluster.destroy()
            #expect(!FileManager.default.fileExists(atPath: cluster.socketDirectory))
        }
    }

    @Test func `nobody else can enter the socket directory`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let attributes = try FileManager.default.attributesOfItem(atPath: database.cluster.socketDirectory)
        #expect(attributes[.posixPermissions] as? Int == 0o700)
    }

    @Test func `a directory that cannot be used is refused with the reason`() async throws {
        await #expect(throws: PrivateClusterError.self) {
            try await OwnThread.run(named: "cluster") {
                _ = try PrivateCluster.start(at: "/proc/nothing", durability: .none)
            }
        }
        await #expect(throws: PrivateClusterError.self) {
            try await OwnThread.run(named: "cluster") {
                _ = try PrivateCluster.start(at: "relative", durability: .none)
            }
        }
        let directory = Self.temporaryDirectory()
        let error = await #expect(throws: PrivateClusterError.self) {
            try await OwnThread.run(named: "cluster") {
                _ = try PrivateCluster.start(at: directory, durability: .none, settings: ["no_such_setting": "1"])
            }
        }
        #expect(error?.description.contains("no_such_setting") == true)
        try? FileManager.default.removeItem(atPath: directory)
    }

    @Test func `a throwaway cluster leaves no process and no file`() async throws {
        let cluster = try await PostgresFixture.start()
        try await OwnThread.run(named: "cluster") {
            let fsync = try Self.value(cluster, "select current_setting('fsync')")
            #expect(fsync == "off")
            #expect(!Self.processes(below: cluster.directory).isEmpty)
            cluster.destroy()
            #expect(Self.processes(below: cluster.directory).isEmpty)
            #expect(!FileManager.default.fileExists(atPath: cluster.directory))
        }
    }
}
