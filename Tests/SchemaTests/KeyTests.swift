import Postgres
import Testing

/// Every table is keyed by its hospital or its practice (house.md decision 6, operations.md 2.3).
@Suite(.timeLimit(.minutes(2)))
struct KeyTests {
    @Test func `every table has a primary key`() async throws {
        let offenders = try await Catalogue().offenders(
            """
            select c.oid::regclass::text from pg_class c
            where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text in ('event_log', 'practice', 'audit')
              and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p')
            """)
        #expect(offenders == [])
    }

    @Test func `log, hospital or practice leads every primary key and unique constraint`() async throws {
        // A table of at most one row, kept so by its key, is of the installation.
        let offenders = try await Catalogue().offenders(
            """
            select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid
            where c.relnamespace::regnamespace::text in ('event_log', 'practice', 'audit') and i.indisunique
              and (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = i.indkey[0])
                  not in ('log', 'hospital', 'practice')
              and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'
                              and pg_get_constraintdef(k.oid) = 'CHECK (singleton)')
            """)
        #expect(offenders == [])
    }

    @Test func `the key column is never null`() async throws {
        let offenders = try await Catalogue().offenders(
            """
            select c.oid::regclass::text from pg_class c
            where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text in ('event_log', 'practice', 'audit')
              and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attnotnull
                              and a.attname in ('log', 'hospital', 'practice', 'singleton'))
            """)
        #expect(offenders == [])
    }

    @Test func `foreign keys stay within one key`() async throws {
        let offenders = try await Catalogue().offenders(
            """
            select k.conrelid::regclass::text || ' ' || k.conname from pg_constraint k
            join pg_class c on c.oid = k.conrelid
            where k.contype = 'f' and c.relnamespace::regnamespace::text in ('event_log', 'practice', 'audit')
              and not exists (
                select from unnest(k.conkey, k.confkey) as pair (own, foreign_one)
                join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.own
                join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.foreign_one
                where a.attname = b.attname and a.attname in ('log', 'hospital', 'practice'))
            """)
        #expect(offenders == [])
    }

    @Test func `nothing is numbered by a sequence`() async throws {
        let offenders = try await Catalogue().offenders(
            """
            select c.oid::regclass::text from pg_class c
            where c.relkind = 'S' and c.relnamespace::regnamespace::text in ('event_log', 'practice', 'audit')
            union all
            select a.attrelid::regclass::text || '.' || a.attname from pg_attribute a
            join pg_class c on c.oid = a.attrelid
            where c.relnamespace::regnamespace::text in ('event_log', 'practice', 'audit')
              and (a.attidentity <> '' or exists (
                select from pg_attrdef d where d.adrelid = a.attrelid and d.adnum = a.attnum
                and pg_get_expr(d.adbin, d.adrelid) like '%nextval%'))
            """)
        #expect(offenders == [])
    }

    @Test func `keys of the log compare byte by byte`() async throws {
        let offenders = try await Catalogue().offenders(
            """
            select a.attrelid::regclass::text || '.' || a.attname
            from pg_index i join pg_class c on c.oid = i.indrelid, unnest(i.indkey::smallint[]) as key (number)
            join pg_attribute a on a.attnum = key.number
            where a.attrelid = c.oid and c.relnamespace::regnamespace::text = 'event_log'
              and a.atttypid = 'text'::regtype and a.attcollation <> 'pg_catalog."C"'::regcollation
            """)
        #expect(offenders == [])
    }
}
