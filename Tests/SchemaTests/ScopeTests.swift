import Postgres
import TestSupport
import Testing

/// The access record is the scope of every table that the service may read, those of tomorrow too: the tables are taken
/// from the catalogue, and each is given a row.
@Suite(.timeLimit(.minutes(2)))
struct ScopeTests {
    @Test func `the service sees no row of any table without an access record, and none of another practice with one`()
        async throws
    {
        let database = try await PostgresFixture.database()
        try await database.withSession { session in
            try session.script(Self.oneRowInEachTable)
        }
        let tables = try await database.withSession { session in
            try session.execute(
                """
                select c.relname::text, has_any_column_privilege('primary_conect_service', c.oid, 'select'),
                       exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'practice')
                from pg_class c
                where c.relnamespace = 'practice'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
                order by 1
                """
            ).map { try $0.decode(String.self, Bool.self, Bool.self) }
        }
        #expect(tables.contains { $0.0 == "encounter" && $0.1 && $0.2 })
        let seen = try await database.withSession(user: "primary_conect_service") { session in
            try tables.filter(\.1).map { table in
                let count: SQL = "select count(*) from practice.\(identifier: table.0)"
                func look(_ practice: String?) throws -> Int64 {
                    try session.transaction {
                        if let practice {
                            // The role that sees most of a practice: details of hot onboarding are for it alone.
                            try session.execute(
                                "select audit.open_access(\(practice), 's', 'complex-care', 'c', 'care', 'r', 'r')")
                        }
                        return try session.execute(count)[0].decode(0, as: Int64.self)
                    }
                }
                return (table: table, bare: try look(nil), own: try look("Z99001"), other: try look("Z99002"))
            }
        }
        for found in seen {
            #expect(found.bare == 0, "\(found.table.0) shows rows to nobody in particular")
            #expect(found.own == 1, "\(found.table.0) has no row to show")
            // What is of no practice is shown to whoever has a record.
            #expect(found.other == (found.table.2 ? 0 : 1), "\(found.table.0) shows another practice's rows")
        }
        let closed = tables.filter { !$0.1 }
        for table in closed {
            let error = try await database.withSession(user: "primary_conect_service") { session -> String? in
                do {
                    _ = try session.execute("select from practice.\(identifier: table.0)")
                    return nil
                } catch let error as PostgresError { return error.sqlState }
            }
            #expect(error == "42501", "\(table.0)")
        }
    }

    /// Every column is filled by its type and no check is kept: the rows are there to be counted and for nothing else.
    private static let oneRowInEachTable = """
        do $fill$
        declare
            item record;
            names text;
            places text;
        begin
            for item in select k.conrelid::regclass as place, k.conname from pg_constraint k
                        where k.connamespace = 'practice'::regnamespace and k.contype in ('c', 'f')
                          and k.conparentid = 0 and pg_get_constraintdef(k.oid) <> 'CHECK (singleton)' loop
                execute format('alter table %s drop constraint %I', item.place, item.conname);
            end loop;
            for item in select c.oid, c.oid::regclass as place from pg_class c
                        where c.relnamespace = 'practice'::regnamespace and c.relkind in ('r', 'p') loop
                execute format('delete from %s', item.place);
                select string_agg(quote_ident(a.attname), ', ' order by a.attnum), string_agg(
                    case when a.attname = 'practice' then '''Z99001'''
                         when a.attname in ('hospital', 'log') then '''ZX901'''
                         when a.atttypid in ('text'::regtype, 'varchar'::regtype) then '''x'''
                         when a.atttypid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'numeric'::regtype,
                                             'float4'::regtype, 'float8'::regtype) then '1'
                         when a.atttypid = 'bool'::regtype then 'true'
                         when a.atttypid in ('timestamptz'::regtype, 'timestamp'::regtype, 'date'::regtype) then 'now()'
                         when a.atttypid = 'interval'::regtype then '''1 minute'''
                         when a.atttypid = 'uuid'::regtype then 'gen_random_uuid()'
                         when a.atttypid in ('jsonb'::regtype, 'json'::regtype) then '''{}'''
                         when a.atttypid = 'bytea'::regtype then '''x'''
                         when a.atttypid = 'xid8'::regtype then 'pg_current_xact_id()'
                         when t.typcategory = 'A' then '''{}'''
                         else 'null' end, ', ' order by a.attnum)
                into names, places
                from pg_attribute a join pg_type t on t.oid = a.atttypid
                where a.attrelid = item.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
                execute format('insert into %s (%s) values (%s)', item.place, names, places);
            end loop;
        end
        $fill$
        """
}
