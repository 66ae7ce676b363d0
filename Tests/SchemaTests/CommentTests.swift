import Postgres
import Testing

/// An auditor's `\d+` is documentation.
@Suite(.timeLimit(.minutes(2)))
struct CommentTests {
    @Test func `every schema, table, column and view has a comment`() async throws {
        let offenders = try await Catalogue().offenders(
            """
            select nspname::text from pg_namespace n
            where nspname in ('event_log', 'practice', 'audit', 'access', 'migration')
              and obj_description(n.oid, 'pg_namespace') is null
            union all
            select c.oid::regclass::text from pg_class c
            where c.relkind in ('r', 'p', 'v', 'm', 'f')
              and c.relnamespace::regnamespace::text in ('event_log', 'practice', 'audit', 'access', 'migration')
              and obj_description(c.oid, 'pg_class') is null
            union all
            select c.oid::regclass::text || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and a.attnum > 0 and not a.attisdropped
              and c.relnamespace::regnamespace::text in ('event_log', 'practice', 'audit', 'access', 'migration')
              and col_description(c.oid, a.attnum) is null
            """)
        #expect(offenders == [])
    }

    @Test func `every function, trigger and policy has a comment`() async throws {
        let offenders = try await Catalogue().offenders(
            """
            select p.oid::regprocedure::text from pg_proc p
            where p.pronamespace::regnamespace::text in ('event_log', 'practice', 'audit', 'access')
              and obj_description(p.oid, 'pg_proc') is null
            union all
            select t.tgrelid::regclass::text || ' ' || t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
            where not t.tgisinternal
              and c.relnamespace::regnamespace::text in ('event_log', 'practice', 'audit', 'access')
              and obj_description(t.oid, 'pg_trigger') is null
            union all
            select p.polrelid::regclass::text || ' ' || p.polname from pg_policy p join pg_class c on c.oid = p.polrelid
            where c.relnamespace::regnamespace::text in ('event_log', 'practice', 'audit', 'access')
              and obj_description(p.oid, 'pg_policy') is null
            """)
        #expect(offenders == [])
    }

    @Test func `every role has a comment`() async throws {
        let offenders = try await Catalogue().offenders(
            """
            select rolname::text from pg_roles r
            where rolname like 'primary\\_conect\\_%' and shobj_description(r.oid, 'pg_authid') is null
            """)
        #expect(offenders == [])
    }
}
