import ArgumentParser
import Postgres

/// Brings the database schema up to date.
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Brings the database schema up to date.",
        discussion: """
            Examples:
              primary-conect migrate
              primary-conect migrate --check      ends with 3 if something is pending

            Two that run at once queue. Migrations go forward only; functions, policies and grants are replaced whole.
            """)

    @OptionGroup var installation: InstallationOptions
    @Flag(help: "Only say what is pending.")
    var check = false

    func run() async throws {
        try await reporting {
            let installation = try await Installation(options: installation)
            let wasRunning = try? installation.connection(.migrator)
            let cluster = try installation.startCluster()
            defer { if wasRunning == nil { try? cluster?.stop(.fast) } }
            let migrations = Migrations(installation)
            if check {
                let pending = try migrations.pending()
                guard pending.isEmpty else {
                    for file in pending { Console.out("\(file.reason.rawValue)  \(file.path)") }
                    throw ExitStatus.problemsFound.exit
                }
                Console.out("OK  the schema is up to date")
                return
            }
            let report = try migrations.migrate()
            for name in report.applied { Console.out("applied  \(name)") }
            Console.out("OK  the schema is up to date")
        }
    }
}

/// Prints the libpq connection string of a role.
struct Connection: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints the connection string of a database role, for psql and pgbench.",
        discussion: """
            Examples:
              psql "$(primary-conect connection)"
              psql "$(primary-conect connection --role primary_conect_auditor)"
            """)

    @OptionGroup var installation: InstallationOptions
    @Option(help: "primary_conect_ingest, _projector, _service, _auditor, _monitor, _operator, or postgres.")
    var role = DatabaseRole.migrator.rawValue

    func run() async throws {
        try await reporting {
            guard let role = DatabaseRole(rawValue: role) else {
                throw CommandFailure(.badData, "There is no role '\(role)'.")
            }
            let installation = try await Installation(options: installation)
            Console.out(try installation.connection(role).connectionString)
        }
    }
}
