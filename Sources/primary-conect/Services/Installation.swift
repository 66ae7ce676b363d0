import Foundation
import Logging
import Postgres

/// One installation: its folder, its PostgreSQL, and how each role logs in.
///
/// Without a connection string the PostgreSQL is a private one below the folder, reached by a unix socket alone.
struct Installation: Sendable {
    let directory: String
    let settings: Settings
    /// A connection string given by the operator; nil for the private cluster.
    let database: String?

    init(options: InstallationOptions) async throws {
        settings = try await Settings(file: options.configFile)
        let path =
            options.directory ?? settings.text("directory") ?? ProcessInfo.processInfo.environment[
                "PRIMARY_CONECT_HOME"] ?? ".primary-conect"
        directory = URL(filePath: path).standardizedFileURL.path
        database = options.database ?? settings.text("database")
    }

    /// Where the private cluster lies.
    var clusterDirectory: String { "\(directory)/postgresql" }

    /// Starts the private cluster, or takes the one that runs; nil where the operator gave a PostgreSQL.
    func startCluster(durability: PrivateCluster.Durability = .full) throws -> PrivateCluster? {
        guard database == nil else { return nil }
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
            return try PrivateCluster.start(at: clusterDirectory, durability: durability)
        } catch {
            throw CommandFailure(
                .unavailable, "The private PostgreSQL does not start: \(error)", next: "primary-conect doctor")
        }
    }

    /// How a role logs in.
    ///
    /// - Throws: `CommandFailure(.unavailable)` where the private cluster does not run.
    func connection(_ role: DatabaseRole) throws -> PostgresConfiguration {
        let text: String
        if let override = settings.text(role.setting) {
            text = override
        } else if let database {
            // The last of two equal keywords counts; an address (URI) must name its user itself.
            text = database.contains("://") || role == .migrator ? database : "\(database) user=\(role.rawValue)"
        } else if let cluster = PrivateCluster.running(at: clusterDirectory) {
            text = cluster.connectionString(user: role.rawValue)
        } else {
            throw CommandFailure(
                .unavailable, "No PostgreSQL runs in \(clusterDirectory).",
                next: "primary-conect serve, or give --database")
        }
        return PostgresConfiguration(connectionString: text, applicationName: "primary-conect \(role.rawValue)")
    }

    func pool(_ role: DatabaseRole, connectionsMax: Int = 2) throws -> PostgresPool {
        PostgresPool(try connection(role), connectionsMax: connectionsMax, waitMax: .seconds(5))
    }

    /// The schema folder: beside the checkout in development, or named by the setting `schema`.
    var schemaDirectory: String {
        if let path = settings.text("schema") { return path }
        let manager = FileManager.default
        let here = URL(filePath: manager.currentDirectoryPath).appending(path: "schema").path
        if manager.fileExists(atPath: "\(here)/migrations") { return here }
        let binary = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        var folder = binary.deletingLastPathComponent()
        while folder.path != "/" {
            let candidate = folder.appending(path: "schema").path
            if manager.fileExists(atPath: "\(candidate)/migrations") { return candidate }
            folder = folder.deletingLastPathComponent()
        }
        return here
    }
}
