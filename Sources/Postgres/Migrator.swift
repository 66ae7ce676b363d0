import Glibc

/// Brings a database's schema to what the folder says.
///
/// Migrations are applied in the order of their numbers, each in one transaction with the record of it (its SHA-256 in
/// `migration.applied`); one whose first line is `-- outside a transaction` runs without, for `create index
/// concurrently`, and must bear being run again. Then functions, policies and grants are replaced whole, all in one
/// further transaction: what the folder no longer has is dropped. A file sees its session as it came: a role or
/// setting that it sets does not reach the next. An advisory lock makes two migrators queue. The session must be a
/// superuser's, or one that may act as the owner.
package struct Migrator: Sendable {
    /// What is not yet in the database.
    package struct Pending: Sendable, Hashable {
        package enum Reason: String, Sendable {
            /// Not in the database yet.
            case new
            /// In the database with another text.
            case changed
            /// In the database, no longer in the folder.
            case removed
        }

        package let path: String
        package let reason: Reason

        package init(path: String, reason: Reason) {
            self.path = path
            self.reason = reason
        }
    }

    /// What a call of `migrate` has done.
    package struct Report: Sendable {
        /// Migrations applied now, in order.
        package var applied: [String] = []
        /// Functions, policies and grants that differed from before, or went.
        package var replaced: [Pending] = []
    }

    /// Waiting for another migrator ends after this long.
    package var queueDeadline: Duration = .seconds(600)
    /// A single file may take this long.
    package var fileDeadline: Duration = .seconds(3600)
    /// A table that is in use is waited for this long, then everybody behind us goes first: tried `lockTriesMax` times.
    package static let lockTimeoutMilliseconds = 2000
    package static let lockTriesMax = 10

    private let schemaDirectory: String

    package init(schemaDirectory: String) {
        self.schemaDirectory = schemaDirectory
    }

    // MARK: Asking

    /// What `migrate` would do, in its order; empty if the database is as the folder says. Changes nothing.
    ///
    /// Throws `.changed` or `.unknown` where `migrate` would refuse.
    package func check(_ session: PostgresSession) throws -> [Pending] {
        let folder = try SchemaFolder(schemaDirectory)
        let exists = try session.execute("select to_regclass('migration.applied') is not null")[0].decode(
            0, as: Bool.self)
        guard exists else { return (folder.migrations + folder.replaced).map { Pending(path: $0.path, reason: .new) } }
        return try pendingMigrations(folder, session).map { Pending(path: $0.path, reason: .new) }
            + pendingReplacements(folder, session)
    }

    /// The number of the newest migration in the folder.
    package func newestNumber() throws(MigratorError) -> Int {
        try SchemaFolder(schemaDirectory).migrations.count
    }

    // MARK: Migrating

    /// Applies what is pending. If it throws, the files before the one named have been applied.
    @discardableResult
    package func migrate(_ session: PostgresSession) throws -> Report {
        let folder = try SchemaFolder(schemaDirectory)
        try session.execute("select pg_advisory_lock(\(Self.lockKey))", within: queueDeadline)
        defer {
            // A session that cannot unlock is gone, and its lock with it.
            _ = try? session.execute("select pg_advisory_unlock(\(Self.lockKey))")
        }
        try session.script(Self.bookkeeping)
        var report = Report()
        for file in try pendingMigrations(folder, session) {
            try retryingLocks(session, file.path) { try apply(file, session) }
            report.applied.append(file.path)
        }
        report.replaced = try pendingReplacements(folder, session)
        let removed = report.replaced.filter { $0.reason == .removed }.map(\.path)
        try retryingLocks(session, "functions") {
            try session.transaction {
                try session.script("set local lock_timeout = \(Self.lockTimeoutMilliseconds)")
                try SchemaReplacement(folder: folder, session: session, limit: fileDeadline).run(removing: removed)
            }
        }
        return report
    }

    private func apply(_ file: SchemaFolder.File, _ session: PostgresSession) throws {
        if file.text.hasPrefix("-- outside a transaction") {
            // Recorded afterwards: if we die in between it is run again.
            for statement in SchemaFile.statements(file.text) {
                try SchemaFile.run(statement, of: file.path, session, within: fileDeadline)
            }
            try session.script("reset role; reset all")
            try record(file, session)
        } else {
            try session.transaction {
                try session.script("set local lock_timeout = \(Self.lockTimeoutMilliseconds)")
                try SchemaFile.run(file.text, of: file.path, session, within: fileDeadline)
                try session.script("reset role")
                try record(file, session)
            }
            try session.script("reset all")
        }
    }

    private func record(_ file: SchemaFolder.File, _ session: PostgresSession) throws {
        try session.execute(
            """
            insert into migration.applied (path, sha256, applied_at)
            values (\(file.path), sha256(\(Array(file.text.utf8))), clock_timestamp())
            """)
    }

    /// Tries again what only failed because a table was in use.
    private func retryingLocks(_ session: PostgresSession, _ path: String, _ body: () throws -> Void) throws {
        var backOff = BackOff()
        for attempt in 1...Self.lockTriesMax {
            do {
                return try body()
            } catch let MigratorError.failed(_, _, error) where error.isLockTimeout && attempt < Self.lockTriesMax {
                usleep(UInt32(backOff.fail() / .microseconds(1)))
            }
        }
    }

    // MARK: Comparing

    private func pendingMigrations(_ folder: SchemaFolder, _ session: PostgresSession) throws -> [SchemaFolder.File] {
        let files = folder.migrations
        let rows = try session.execute(
            """
            select path, sha256 = coalesce(file.digest, '') from migration.applied
            left join (select path, sha256(text) as digest
                       from \(texts(of: files)) as file(path, text)) file using (path)
            where path like 'migrations/%' order by path
            """)
        var applied: Set<String> = []
        for row in rows {
            let (path, isSame) = try row.decode(String.self, Bool.self)
            guard files.contains(where: { $0.path == path }) else { throw MigratorError.unknown(path: path) }
            guard isSame else { throw MigratorError.changed(path: path) }
            applied.insert(path)
        }
        return files.filter { !applied.contains($0.path) }
    }

    private func pendingReplacements(_ folder: SchemaFolder, _ session: PostgresSession) throws -> [Pending] {
        let files = folder.replaced
        let rows = try session.execute(
            """
            select coalesce(file.path, applied.path),
                   case when applied.path is null then 'new' when file.path is null then 'removed' else 'changed' end
            from (select path, sha256(text) as digest, number
                  from \(texts(of: files)) with ordinality as file(path, text, number)) file
            full join (select path, sha256 from migration.applied
                       where path not like 'migrations/%') applied using (path)
            where applied.sha256 is distinct from file.digest
            order by file.number nulls first, 1
            """)
        return try rows.map { row in
            let (path, reason) = try row.decode(String.self, String.self)
            return Pending(path: path, reason: Pending.Reason(rawValue: reason) ?? .changed)
        }
    }

    /// A set of path and text, to be hashed by the server.
    private func texts(of files: [SchemaFolder.File]) -> SQL {
        "unnest(\(files.map(\.path)), \(files.map { Array($0.text.utf8) }))"
    }

    // MARK: Bookkeeping

    /// `primary` in ASCII: the lock of this database's migrators.
    private static let lockKey: Int64 = 0x7072_696D_6172_79

    private static let bookkeeping = """
        set client_min_messages = warning;
        create schema if not exists migration;
        comment on schema migration is 'Which files of the schema folder this database has.';
        create table if not exists migration.applied (
            path        text collate "C" not null,
            sha256      bytea            not null,
            applied_at  timestamptz      not null,
            constraint applied_pkey primary key (path)
        );
        comment on table migration.applied is 'One row for each file that has been run.';
        comment on column migration.applied.path is 'The file, below the schema folder.';
        comment on column migration.applied.sha256 is
            'SHA-256 of its text. A migration never differs; the others are replaced.';
        comment on column migration.applied.applied_at is 'When it was run, by the clock of the server.';
        reset client_min_messages;
        """
}
