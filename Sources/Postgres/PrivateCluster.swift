import FoundationEssentials
import Glibc

/// A PostgreSQL server of our own, in one directory, reached by a unix socket and by nothing else.
///
/// For `deploy/run`, `primary-conect demo` and the tests. The server runs as ourselves, or if we are root as
/// `postgres` (else `nobody`). Whoever can enter the socket directory (mode 0700) is let in as any role: the directory
/// is the lock. What it logs holds no statements and no DETAIL, hence no patient data. All calls block their thread
/// for up to a minute.
///
/// ```
/// <directory>/lock         held while it is started or stopped, so that two starts do not race
/// <directory>/data         PGDATA
/// <directory>/socket       .s.PGSQL.5432; in /tmp instead if the path is too long for a socket
/// <directory>/log          server.log
/// ```
package struct PrivateCluster: Sendable {
    package enum Durability: Sendable {
        /// What is committed survives a power cut: fsync and synchronous_commit on, data checksums.
        case full
        /// What is committed survives at most a crash of the server: for tests.
        case none
    }

    package enum StopMode: Sendable {
        /// Ends sessions, writes a checkpoint.
        case fast
        /// Ends at once; the next start recovers from the log.
        case immediate
    }

    package let directory: String
    package let socketDirectory: String
    private let user: ServerUser
    private let programs: ServerPrograms
    private let keeper: ThrowawayKeeper?

    /// Starts the server of a directory, making the directory and its data if there are none.
    ///
    /// A server that already runs there is adopted as it is: then durability and settings do not change. Data files
    /// outlive `stop`, the process, and a crash; stale pid files and orphans of a killed server are cleared away.
    package static func start(
        at directory: String, durability: Durability, settings: [String: String] = [:],
        within limit: Duration = .seconds(60)
    ) throws(PrivateClusterError) -> PrivateCluster {
        let cluster = try PrivateCluster(directory, keeper: nil)
        try cluster.start(durability, settings, within: limit)
        return cluster
    }

    /// Starts a server in a new directory below /tmp that vanishes with this process, however it ends.
    ///
    /// `destroy` ends it earlier. What dead processes have left is cleared away first.
    package static func throwaway(
        durability: Durability = .none, settings: [String: String] = [:], within limit: Duration = .seconds(60)
    ) throws(PrivateClusterError) -> PrivateCluster {
        ThrowawayKeeper.sweep()
        let directory = ThrowawayKeeper.newDirectory()
        let cluster = try PrivateCluster(
            directory, keeper: ThrowawayKeeper(directory: directory, socketDirectory: socketDirectory(for: directory)))
        do throws(PrivateClusterError) {
            try cluster.start(durability, settings, within: limit)
        } catch {
            cluster.destroy()
            throw error
        }
        return cluster
    }

    /// The server of a directory if it runs; nil, and nothing is made, if it does not.
    package static func running(at directory: String) -> PrivateCluster? {
        guard let cluster = try? PrivateCluster(directory, keeper: nil), cluster.isRunning else { return nil }
        return cluster
    }

    private init(_ directory: String, keeper: ThrowawayKeeper?) throws(PrivateClusterError) {
        guard directory.hasPrefix("/") else {
            throw .directoryUnusable(path: directory, reason: "the path must begin with /")
        }
        self.directory = directory
        self.keeper = keeper
        user = try ServerUser.current()
        let version = try? String(contentsOfFile: directory + "/data/PG_VERSION", encoding: .utf8)
        programs = try ServerPrograms.find(major: version?.split(separator: "\n").first.map(String.init))
        socketDirectory = Self.socketDirectory(for: directory)
    }

    /// libpq's string for a session with this server.
    package func connectionString(user: String = "postgres", database: String = "postgres") -> String {
        "host=\(Self.quoted(socketDirectory)) port=5432 user=\(Self.quoted(user)) dbname=\(Self.quoted(database)) "
            + "sslmode=disable gssencmode=disable"
    }

    /// The directory of the server's programs, for tools such as pg_dump.
    package var programDirectory: String { programs.directory }

    /// Whether the server runs.
    package var isRunning: Bool { process.postmaster != nil }

    /// Stops the server; nothing if it does not run.
    package func stop(_ mode: StopMode = .fast, within limit: Duration = .seconds(60)) throws(PrivateClusterError) {
        let lock = try FileLock(lockPath, waiting: limit)
        defer { withExtendedLifetime(lock) {} }
        if let postmaster = process.postmaster { Glibc.kill(postmaster, mode == .fast ? SIGINT : SIGQUIT) }
        guard process.waitUntilGone(limit) else { throw .stillRunning(path: directory) }
    }

    /// Kills the server without warning, as the machine's out-of-memory killer would; returns when all of it is gone.
    package func kill() {
        if let postmaster = process.postmaster { Glibc.kill(postmaster, SIGKILL) }
        process.endAll()
    }

    /// Starts the server again after `stop` or `kill`, with the settings it had.
    package func restart(within limit: Duration = .seconds(60)) throws(PrivateClusterError) {
        let lock = try FileLock(lockPath, waiting: limit)
        defer { withExtendedLifetime(lock) {} }
        try launch(within: limit)
    }

    /// Stops the server at once and deletes the directory with everything in it.
    package func destroy() {
        // What cannot be stopped or removed now is left to the keeper, or to the next sweep.
        try? stop(.immediate, within: .seconds(20))
        process.endAll()
        try? FileManager.default.removeItem(atPath: directory)
        if !socketDirectory.hasPrefix(directory + "/") { try? FileManager.default.removeItem(atPath: socketDirectory) }
        keeper?.dismiss()
    }

    // MARK: Starting

    private var dataDirectory: String { directory + "/data" }
    private var logFile: String { directory + "/log/server.log" }
    private var socketFile: String { socketDirectory + "/.s.PGSQL.5432" }
    private var lockPath: String { directory + "/lock" }
    private var process: ServerProcess { ServerProcess(dataDirectory: dataDirectory) }

    private func start(
        _ durability: Durability, _ settings: [String: String], within limit: Duration
    ) throws(PrivateClusterError) {
        try ServerDirectories.makeParent(directory)
        let lock = try FileLock(lockPath, waiting: limit)
        defer { withExtendedLifetime(lock) {} }
        if isRunning { return try waitUntilReady(within: limit) }
        try ServerDirectories.check(directory, reachableBy: user)
        try ServerDirectories.make(socketDirectory, for: user)
        try ServerDirectories.make(directory + "/log", for: user)
        if !FileManager.default.fileExists(atPath: dataDirectory + "/PG_VERSION") { try initialise(durability) }
        let text = ServerSettings(durability: durability, socketDirectory: socketDirectory, own: settings).text
        try ServerDirectories.write(text, to: dataDirectory + "/" + ServerSettings.fileName, for: user)
        try launch(within: limit)
    }

    /// Makes the data in a directory beside, which takes its name only once it is whole.
    private func initialise(_ durability: Durability) throws(PrivateClusterError) {
        let new = dataDirectory + ".new"
        try? FileManager.default.removeItem(atPath: new)
        try ServerDirectories.make(new, for: user)
        var command = [
            programs.path("initdb"), "-D", new, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C",
            "--no-instructions",
        ]
        switch durability {
        case .full: command.append("--data-checksums")
        case .none: command.append("--no-sync")
        }
        try ChildProcess.run(user.command(command))
        try ServerDirectories.write("local all all trust\n", to: new + "/pg_hba.conf", for: user)
        try ServerDirectories.write(
            "include '\(ServerSettings.fileName)'\n", to: new + "/postgresql.conf", for: user)
        guard rename(new, dataDirectory) == 0 else {
            throw .directoryUnusable(path: dataDirectory, reason: "it is in the way: error \(errno)")
        }
    }

    private func launch(within limit: Duration) throws(PrivateClusterError) {
        if isRunning { return try waitUntilReady(within: limit) }
        process.endAll()
        // Whoever's number stands in these, it is not this server's: PostgreSQL itself would believe it.
        for file in [dataDirectory + "/postmaster.pid", socketFile + ".lock", socketFile] { unlink(file) }
        do throws(PrivateClusterError) {
            try ChildProcess.run(
                user.command([
                    programs.path("pg_ctl"), "start", "-D", dataDirectory, "-s", "-w", "-t",
                    "\(limit.components.seconds)", "-l", logFile,
                ]))
        } catch {
            let log = (try? String(contentsOfFile: logFile, encoding: .utf8)) ?? ""
            throw .failed(program: "postgres", output: ChildProcess.tail(log.isEmpty ? "\(error)" : log))
        }
        try waitUntilReady(within: limit)
    }

    /// Waits until the server takes sessions: one that is adopted may still be recovering.
    private func waitUntilReady(within limit: Duration) throws(PrivateClusterError) {
        let deadline = ContinuousClock.now + limit
        while true {
            do throws(PostgresError) {
                let session = try PostgresSession(PostgresConfiguration(connectionString: connectionString()))
                return session.close()
            } catch {
                guard .now < deadline, isRunning else { throw .failed(program: "postgres", output: "\(error)") }
                usleep(20_000)
            }
        }
    }

    // MARK: Names

    /// A unix socket's path holds 107 bytes; `/.s.PGSQL.5432` takes 14 of them.
    private static let socketDirectoryBytesMax = 93

    /// `socket` in the directory, or if that is too long a directory in /tmp named by a digest (FNV-1a) of the path.
    private static func socketDirectory(for directory: String) -> String {
        let path = directory + "/socket"
        if path.utf8.count <= socketDirectoryBytesMax { return path }
        let digest = path.utf8.reduce(14_695_981_039_346_656_037 as UInt64) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        return "/tmp/pc-socket-\(geteuid())-" + String(digest, radix: 36)
    }

    /// A value in single quotes, as libpq's strings want it.
    private static func quoted(_ value: String) -> String {
        "'" + value.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined() + "'"
    }
}
