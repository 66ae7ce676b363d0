/// Replaces functions, policies and grants whole, so that the database has what the folder says and nothing else.
///
/// Runs within one transaction, in this order: functions (bodies unchecked, so that they may name each other); of each
/// table with a policy file its policies, then the file; functions of these names that were not written anew; of each
/// role with a grant file its privileges in our schemas, then the file. Sessions at work see either the old or the
/// new.
struct SchemaReplacement {
    let folder: SchemaFolder
    let session: PostgresSession
    let limit: Duration

    func run(removing removed: [String]) throws {
        try session.script("set local check_function_bodies = off")
        for file in folder.functions { try run(file) }

        for path in removed where path.hasPrefix("policies/") {
            try dropPolicies(SchemaFolder.File(path: path, text: ""))
        }
        for file in folder.policies {
            try dropPolicies(file)
            try run(file)
        }
        // Policies that used an earlier form have been replaced by now.
        for file in folder.functions { try dropOtherOverloads(file) }
        for path in removed where path.hasPrefix("functions/") {
            try dropOtherOverloads(SchemaFolder.File(path: path, text: ""))
        }

        for path in removed where path.hasPrefix("grants/") { try revokeAll(SchemaFolder.File(path: path, text: "")) }
        for file in folder.grants {
            try revokeAll(file)
            try run(file)
        }
        try record(removed)
    }

    private func run(_ file: SchemaFolder.File) throws {
        try SchemaFile.run(file.text, of: file.path, session, within: limit)
        try session.script("reset role")
    }

    /// Drops the functions of the file's name that this transaction has not written.
    private func dropOtherOverloads(_ file: SchemaFolder.File) throws {
        guard let (schema, name) = file.qualifiedName else { return }
        let rows = try session.execute(
            """
            select pg_catalog.pg_get_function_identity_arguments(p.oid), p.prokind = 'p'
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = \(schema) and p.proname = \(name) and p.xmin <> pg_current_xact_id()::xid
            """)
        for row in rows {
            let (arguments, isProcedure) = try row.decode(String.self, Bool.self)
            let kind = isProcedure ? "procedure" : "function"
            try run("drop \(kind) \(quoted(schema)).\(quoted(name))(\(arguments))", for: file)
        }
    }

    private func dropPolicies(_ file: SchemaFolder.File) throws {
        guard let (schema, table) = file.qualifiedName else { return }
        let rows = try session.execute(
            "select policyname::text from pg_policies where schemaname = \(schema) and tablename = \(table)")
        for row in rows {
            let policy = try row.decode(0, as: String.self)
            try run("drop policy \(quoted(policy)) on \(quoted(schema)).\(quoted(table))", for: file)
        }
    }

    /// Takes all privileges in our schemas from the role that the file is named after.
    private func revokeAll(_ file: SchemaFolder.File) throws {
        let role = String(file.name)
        let exists = try session.execute("select exists (select from pg_roles where rolname = \(role))")[0].decode(
            0, as: Bool.self)
        guard exists else { return }
        let schemas = try session.execute(
            """
            select nspname::text from pg_namespace
            where nspname !~ '^pg_' and nspname <> 'information_schema' order by 1
            """
        )
        for row in schemas {
            let schema = quoted(try row.decode(0, as: String.self))
            let objects =
                ["tables", "sequences", "routines"].map { "all \($0) in schema \(schema)" } + ["schema \(schema)"]
            for object in objects {
                try run("revoke all on \(object) from \(quoted(role))", for: file)
            }
        }
    }

    private func run(_ text: String, for file: SchemaFolder.File) throws {
        do throws(PostgresError) {
            try session.script(text, within: limit)
        } catch {
            throw MigratorError.failed(path: file.path, line: nil, error)
        }
    }

    private func quoted(_ name: String) -> String { SQL.quoted(identifier: name) }

    private func record(_ removed: [String]) throws {
        let files = folder.replaced
        try session.execute("delete from migration.applied where path = any(\(removed))")
        try session.execute(
            """
            insert into migration.applied as old (path, sha256, applied_at)
            select path, sha256(text), clock_timestamp()
            from unnest(\(files.map(\.path)), \(files.map { Array($0.text.utf8) })) as file(path, text)
            on conflict (path) do update set sha256 = excluded.sha256, applied_at = excluded.applied_at
            where old.sha256 <> excluded.sha256
            """)
    }
}
