import Postgres

/// The schema of an installation, brought up to date.
struct Migrations {
    let installation: Installation

    init(_ installation: Installation) { self.installation = installation }

    /// Applies what is pending.
    func migrate() throws -> Migrator.Report {
        try withSession { migrator, session in try migrator.migrate(session) }
    }

    /// What would be applied.
    func pending() throws -> [Migrator.Pending] {
        try withSession { migrator, session in try migrator.check(session) }
    }

    private func withSession<Result>(_ body: (Migrator, PostgresSession) throws -> Result) throws -> Result {
        do {
            let session = try PostgresSession(try installation.connection(.migrator))
            defer { session.close() }
            return try body(Migrator(schemaDirectory: installation.schemaDirectory), session)
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(.unavailable, "The schema cannot be migrated: \(error)", next: "primary-conect doctor")
        }
    }
}
