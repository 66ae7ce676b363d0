import Foundation
import Postgres
import TestSupport
import Testing

/// The schema folder and the database, brought together.
@Suite struct MigratorTests {
    /// A schema folder of the test's own.
    final class Folder: Sendable {
        let path = "/tmp/pc-schema-\(UUID().uuidString.prefix(8))"

        init(_ files: [String: String] = [:]) throws {
            for folder in ["migrations", "functions", "policies", "grants"] {
                try FileManager.default.createDirectory(atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
            }
            for (name, text) in files { try write(name, text) }
        }

        deinit {
            try? FileManager.default.removeItem(atPath: path)
        }

        func write(_ name: String, _ text: String) throws {
            try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
        }

        func remove(_ name: String) throws {
            try FileManager.default.removeItem(atPath: "\(path)/\(name)")
        }

        var migrator: Migrator { Migrator(schemaDirectory: path) }
    }

    /// Roles belong to the whole server, so the tests name their own.
    private static func sample(role: String) -> [String: String] {
        [
            "migrations/0001_roles.sql": "create role \(role) login;",
            "migrations/0002_tables.sql": """
            create schema app authorization \(role);
            set local role \(role);
            create table app.note (id int8 primary key, owner text);
            insert into app.note values (1, 'a'), (2, 'b');
            """,
            "functions/app.count.sql":
                "create or replace function app.count() returns int8 language sql as 'select app.rows()';",
            "functions/app.rows.sql":
                "create or replace function app.rows() returns int8 language sql as 'select count(*) from app.note';",
            "policies/app.note.sql":
                "alter table app.note enable row level security; create policy mine on app.note using (owner = 'a');",
            "grants/\(role).sql": "grant usage on schema app to \(role); grant select on app.note to \(role);",
        ]
    }

    @Test func `a fresh database gets all, a second run changes nothing`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let folder = try Folder(Self.sample(role: "fresh_role"))
        try await database.withSession { session throws in
            #expect(
                try folder.migrator.check(session).map(\.path) == [
                    "migrations/0001_roles.sql", "migrations/0002_tables.sql", "functions/app.count.sql",
                    "functions/app.rows.sql",
                    "policies/app.note.sql", "grants/fresh_role.sql",
                ])
            #expect(try session.execute("select to_regnamespace('migration') is null")[0].decode(0, as: Bool.self))
            let report = try folder.migrator.migrate(session)
            #expect(report.applied == ["migrations/0001_roles.sql", "migrations/0002_tables.sql"])
            #expect(report.replaced.count == 4)
            #expect(try session.execute("select app.count()")[0].decode(0, as: Int.self) == 2)
            #expect(try folder.migrator.check(session).isEmpty)
            let again = try folder.migrator.migrate(session)
            #expect(again.applied.isEmpty && again.replaced.isEmpty)
            #expect(
                try session.execute("select count(*) from migration.applied where length(sha256) = 32")[0].decode(
                    0, as: Int.self) == 6)
            #expect(try session.execute("select current_user::text")[0].decode(0, as: String.self) == "postgres")
        }
    }

    @Test func `an existing database gets what is new`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let folder = try Folder(["migrations/0001_a.sql": "create table a (n int8);"])
        try await database.withSession { session throws in
            try folder.migrator.migrate(session)
            try folder.write("migrations/0002_b.sql", "alter table a add m int8;")
            try folder.write(
                "functions/public.one.sql",
                "create or replace function one() returns int8 language sql as 'select 1::int8';")
            #expect(
                try folder.migrator.check(session) == [
                    .init(path: "migrations/0002_b.sql", reason: .new),
                    .init(path: "functions/public.one.sql", reason: .new),
                ])
            #expect(try folder.migrator.migrate(session).applied == ["migrations/0002_b.sql"])
            #expect(try session.execute("select one()")[0].decode(0, as: Int.self) == 1)
        }
    }

    @Test func `a migration that was changed after it had been applied is refused`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let folder = try Folder(["migrations/0001_a.sql": "create table a (n int8);"])
        try await database.withSession { session throws in
            try folder.migrator.migrate(session)
            try folder.write("migrations/0001_a.sql", "create table a (n int8, m int8);")
            try folder.write("migrations/0002_b.sql", "create table b (n int8);")
            #expect(throws: MigratorError.changed(path: "migrations/0001_a.sql")) {
                try folder.migrator.migrate(session)
            }
            #expect(throws: MigratorError.changed(path: "migrations/0001_a.sql")) { try folder.migrator.check(session) }
            #expect(try session.execute("select to_regclass('b') is null")[0].decode(0, as: Bool.self))
            try folder.write("migrations/0001_a.sql", "create table a (n int8);")
            #expect(try folder.migrator.migrate(session).applied == ["migrations/0002_b.sql"])
        }
    }

    @Test func `a database newer than the folder is refused`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let folder = try Folder(["migrations/0001_a.sql": "select 1;", "migrations/0002_b.sql": "select 2;"])
        try await database.withSession { session throws in
            try folder.migrator.migrate(session)
            try folder.remove("migrations/0002_b.sql")
            #expect(throws: MigratorError.unknown(path: "migrations/0002_b.sql")) {
                try folder.migrator.migrate(session)
            }
        }
    }

    @Test func `numbers have no gap, no double, and names are as the folder demands`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let wrong: [([String], MigratorError)] = [
            (["0001_a.sql", "0003_c.sql"], .numbering(path: "migrations/0003_c.sql")),
            (["0001_a.sql", "0001_b.sql"], .numbering(path: "migrations/0001_b.sql")),
            (["0001-a.sql"], .misnamed(path: "migrations/0001-a.sql")),
            (["1_a.sql"], .misnamed(path: "migrations/1_a.sql")),
        ]
        try await database.withSession { session throws in
            for (names, error) in wrong {
                let folder = try Folder()
                for name in names { try folder.write("migrations/" + name, "select 1;") }
                #expect(throws: error) { try folder.migrator.migrate(session) }
            }
            let folder = try Folder(["functions/nameless.sql": "select 1;"])
            #expect(throws: MigratorError.misnamed(path: "functions/nameless.sql")) {
                try folder.migrator.check(session)
            }
            #expect(throws: MigratorError.unreadable(path: "/nonexistent")) {
                try Migrator(schemaDirectory: "/nonexistent").migrate(session)
            }
        }
    }

    @Test func `a migration that fails leaves nothing of itself and says the line`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let folder = try Folder([
            "migrations/0001_a.sql": "create table a (n int8);",
            "migrations/0002_b.sql": "create table b (n int8);\n\ninsert into nowhere values (1);\n",
        ])
        try await database.withSession { session throws in
            let error = #expect(throws: MigratorError.self) { try folder.migrator.migrate(session) }
            guard case .failed("migrations/0002_b.sql", 3, let cause)? = error else {
                Issue.record("not the error that was expected")
                return
            }
            #expect(cause.sqlState == "42P01")
            #expect(
                try session.execute("select to_regclass('b') is null and to_regclass('a') is not null")[0].decode(
                    0, as: Bool.self))
            try folder.write("migrations/0002_b.sql", "create table b (n int8);")
            #expect(try folder.migrator.migrate(session).applied == ["migrations/0002_b.sql"])
        }
    }

    @Test func `what a file sets does not reach the next`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let folder = try Folder([
            "migrations/0001_a.sql":
                "create role leaking_role; create schema other; set role leaking_role; set search_path = other;",
            "migrations/0002_b.sql": "create table b (n int8);",
        ])
        try await database.withSession { session throws in
            try folder.migrator.migrate(session)
            #expect(try session.execute("select to_regclass('public.b') is not null")[0].decode(0, as: Bool.self))
        }
    }

    @Test func `a function is replaced whole: a new signature leaves no old one, a removed file no function`()
        async throws
    {
        let database = try await PostgresFixture.emptyDatabase()
        let folder = try Folder([
            "functions/public.f.sql":
                "create or replace function f(a int8) returns int8 language sql as 'select 1::int8';",
            "functions/public.g.sql": "create or replace function g() returns int8 language sql as 'select 1::int8';",
        ])
        try await database.withSession { session throws in
            try folder.migrator.migrate(session)
            try folder.write(
                "functions/public.f.sql",
                "create or replace function f(a int8, b text) returns int8 language sql as 'select 2::int8';")
            try folder.remove("functions/public.g.sql")
            #expect(
                try folder.migrator.check(session) == [
                    .init(path: "functions/public.g.sql", reason: .removed),
                    .init(path: "functions/public.f.sql", reason: .changed),
                ])
            try folder.migrator.migrate(session)
            let left = try session.execute(
                "select oid::regprocedure::text from pg_proc where pronamespace = 'public'::regnamespace")
            #expect(try left.map { try $0.decode(0, as: String.self) } == ["f(bigint,text)"])
            #expect(try folder.migrator.check(session).isEmpty)
        }
    }

    @Test func `policies and grants are replaced whole, also what was added by hand`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let folder = try Folder(Self.sample(role: "granted_role"))
        try await database.withSession { session throws in
            try folder.migrator.migrate(session)
            try session.script(
                """
                grant insert on app.note to granted_role; grant update (owner) on app.note to granted_role;
                create policy theirs on app.note using (true);
                """)
            // The owner has all privileges anyway; so the table goes to another before it is asked.
            try session.script("alter table app.note owner to postgres")
            try folder.migrator.migrate(session)
            let row = try session.execute(
                """
                select has_table_privilege('granted_role', 'app.note', 'select'),
                       has_table_privilege('granted_role', 'app.note', 'insert'),
                       has_column_privilege('granted_role', 'app.note', 'owner', 'update')
                """)[0]
            #expect(try row.decode(Bool.self, Bool.self, Bool.self) == (true, false, false))
            #expect(
                try session.execute("select array_agg(policyname::text) from pg_policies")[0].decode(
                    0, as: [String].self) == ["mine"])
            try folder.remove("policies/app.note.sql")
            try folder.remove("grants/granted_role.sql")
            try folder.migrator.migrate(session)
            #expect(try session.execute("select count(*) from pg_policies")[0].decode(0, as: Int.self) == 0)
            #expect(
                try session.execute("select has_table_privilege('granted_role', 'app.note', 'select')")[0].decode(
                    0, as: Bool.self) == false)
        }
    }

    @Test func `two migrators queue and each migration is applied once`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let folder = try Folder([
            "migrations/0001_a.sql": "create table a (n int8); select pg_sleep(0.2);",
            "migrations/0002_b.sql": "insert into a values (1);",
            "functions/public.f.sql": "create or replace function f() returns int8 language sql as 'select 1::int8';",
        ])
        let reports = try await withThrowingTaskGroup(of: Migrator.Report.self) { group in
            for _ in 0..<4 {
                group.addTask { try await database.withSession { try folder.migrator.migrate($0) } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(reports.filter { $0.applied.count == 2 }.count == 1)
        #expect(reports.filter { $0.applied.isEmpty }.count == 3)
        try await database.withSession { session throws in
            #expect(try session.execute("select count(*) from a")[0].decode(0, as: Int.self) == 1)
        }
    }

    @Test func `a migration outside a transaction may build its index concurrently`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let folder = try Folder([
            "migrations/0001_a.sql": "create table a (n int8, m int8);",
            "migrations/0002_b.sql": """
            -- outside a transaction
            create index concurrently if not exists a_n on a (n);
            create index concurrently if not exists
                a_m on a (m);
            """,
        ])
        try await database.withSession { session throws in
            try folder.migrator.migrate(session)
            #expect(
                try session.execute("select count(*) from pg_index where indisvalid and indrelid = 'a'::regclass")[0]
                    .decode(0, as: Int.self) == 2)
        }
    }

    @Test func `a table in use is waited for`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let folder = try Folder(["migrations/0001_a.sql": "create table a (n int8);"])
        try await database.withSession { try folder.migrator.migrate($0) }
        try folder.write("migrations/0002_b.sql", "alter table a add m int8;")
        let holder = try await PostgresConnection.connect(database.configuration())
        let migration = try await holder.transaction { transaction in
            try await transaction.query("select * from a")
            let migration = Task { try await database.withSession { try folder.migrator.migrate($0) } }
            try await database.withSession { session throws in
                let waiting: SQL = """
                    select exists (select from pg_locks where not granted and relation is not null
                                   and database = (select oid from pg_database where datname = current_database()))
                    """
                while try !session.execute(waiting)[0].decode(0, as: Bool.self) {}
            }
            return migration
        }
        #expect(try await migration.value.applied == ["migrations/0002_b.sql"])
        await holder.close()
    }

    @Test func `the snapshot of a database is the same each time`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let folder = try Folder(Self.sample(role: "snapshot_role"))
        try await database.withSession { try folder.migrator.migrate($0) }
        let snapshots = try await OwnThread.run(named: "dump") {
            let programs = try ServerPrograms.find()
            return try (0..<2).map { _ in
                try SchemaSnapshot.take(connectionString: database.connectionString(), programs: programs)
            }
        }
        #expect(snapshots[0] == snapshots[1])
        #expect(snapshots[0].contains("CREATE TABLE app.note"))
        #expect(snapshots[0].contains("GRANT SELECT ON TABLE app.note TO snapshot_role"))
        #expect(!snapshots[0].contains("migration"))
    }

    @Test func `the schema of this checkout applies, twice`() async throws {
        let database = try await PostgresFixture.database()
        try await database.withSession { session throws in
            let migrator = Migrator(schemaDirectory: PostgresFixture.schemaDirectory)
            #expect(try migrator.check(session).isEmpty)
            #expect(try migrator.migrate(session).applied.isEmpty)
        }
    }
}
