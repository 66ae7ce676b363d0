import Postgres
import Testing

/// What is append only is guarded, and nobody who logs in can take a guard away.
@Suite(.timeLimit(.minutes(2)))
struct GuardTests {
    @Test func `every table of the log and of the audit refuses delete and truncate, whoever asks`() async throws {
        // pg_trigger.tgtype: 8 delete, 16 update, 32 truncate, 2 before; 'A' fires for replication roles too.
        let offenders = try await Catalogue().offenders(
            """
            select c.oid::regclass::text from pg_class c
            where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text in ('event_log', 'audit')
              and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgenabled = 'A'
                              and t.tgtype & 42 = 42 and t.tgtype & 1 = 0)
            """)
        #expect(offenders == [])
    }

    @Test func `every table of the log and of the audit but the heads refuses update`() async throws {
        let offenders = try await Catalogue().offenders(
            """
            select c.oid::regclass::text from pg_class c
            where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text in ('event_log', 'audit')
              and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgenabled = 'A'
                              and t.tgtype & 18 = 18 and t.tgtype & 1 = 0 and t.tgqual is null)
            """)
        #expect(offenders == ["event_log.head"])
    }

    @Test func `no trigger runs once for each row of an insert`() async throws {
        let offenders = try await Catalogue().offenders(
            """
            select t.tgrelid::regclass::text || ' ' || t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
            where not t.tgisinternal
              and c.relnamespace::regnamespace::text in ('event_log', 'practice', 'audit', 'access')
              and t.tgtype & 5 = 5
            """)
        #expect(offenders == [])
    }

    @Test func `everything belongs to an owner who cannot log in`() async throws {
        let offenders = try await Catalogue().offenders(
            """
            select n.nspname::text from pg_namespace n
            where n.nspname in ('event_log', 'practice', 'audit', 'access')
              and n.nspowner::regrole::text <> 'primary_conect_owner'
            union all
            select c.oid::regclass::text from pg_class c
            where c.relnamespace::regnamespace::text in ('event_log', 'practice', 'audit', 'access')
              and c.relowner::regrole::text <> 'primary_conect_owner'
            union all
            select p.oid::regprocedure::text from pg_proc p
            where p.pronamespace::regnamespace::text in ('event_log', 'practice', 'audit', 'access')
              and p.proowner::regrole::text <> 'primary_conect_owner'
            union all
            select rolname::text from pg_roles where rolname = 'primary_conect_owner' and rolcanlogin
            """)
        #expect(offenders == [])
    }

    @Test func `those who log in are no more than their grants`() async throws {
        let offenders = try await Catalogue().offenders(
            """
            select rolname::text from pg_roles
            where rolname like 'primary\\_conect\\_%'
              and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)
            union all
            select m.member::regrole::text || ' in ' || m.roleid::regrole::text from pg_auth_members m
            where m.member::regrole::text like 'primary\\_conect\\_%'
              and not (m.member::regrole::text = 'primary_conect_monitor' and m.roleid::regrole::text = 'pg_monitor')
            """)
        #expect(offenders == [])
    }

    @Test func `nothing is granted to everybody`() async throws {
        let offenders = try await Catalogue().offenders(
            """
            select p.oid::regprocedure::text from pg_proc p,
                aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as acl
            where p.pronamespace::regnamespace::text in ('event_log', 'practice', 'audit', 'access') and acl.grantee = 0
            union all
            select c.oid::regclass::text from pg_class c, aclexplode(c.relacl) as acl
            where c.relnamespace::regnamespace::text in ('event_log', 'practice', 'audit', 'access') and acl.grantee = 0
            union all
            select n.nspname::text from pg_namespace n, aclexplode(n.nspacl) as acl
            where n.nspname in ('event_log', 'practice', 'audit', 'access') and acl.grantee = 0
            """)
        #expect(offenders == [])
    }

    @Test func `functions that act as the owner have a fixed search path`() async throws {
        let offenders = try await Catalogue().offenders(
            """
            select p.oid::regprocedure::text from pg_proc p
            where p.pronamespace::regnamespace::text in ('event_log', 'practice', 'audit', 'access') and p.prosecdef
              and not coalesce(p.proconfig @> array['search_path=pg_catalog, pg_temp'], false)
            """)
        #expect(offenders == [])
    }

    @Test func `nobody who logs in may change what is append only`() async throws {
        let offenders = try await Catalogue().offenders(
            """
            select acl.grantee::regrole::text || ' ' || acl.privilege_type || ' ' || c.oid::regclass
            from pg_class c, aclexplode(c.relacl) as acl
            where c.relnamespace::regnamespace::text in ('event_log', 'audit') and acl.grantee <> c.relowner
              and acl.privilege_type <> 'SELECT'
            """)
        #expect(offenders == [])
    }

    @Test func `only ingest, operator, service and the watch write the log, by functions that take nothing else`()
        async throws
    {
        let offenders = try await Catalogue().offenders(
            """
            select distinct acl.grantee::regrole::text || ' ' || p.oid::regproc
            from pg_proc p, aclexplode(p.proacl) as acl
            where p.pronamespace::regnamespace::text = 'event_log' and acl.grantee <> p.proowner and p.provolatile = 'v'
            order by 1
            """)
        #expect(
            offenders == [
                "primary_conect_ingest event_log.append", "primary_conect_operator event_log.append_events",
                "primary_conect_operator event_log.append_registrations",
                "primary_conect_operator event_log.redact",
                "primary_conect_projector event_log.append_checkpoint",
                "primary_conect_projector event_log.append_feed_event",
                "primary_conect_service event_log.append_acts",
                "primary_conect_service event_log.append_registrations",
            ])
    }
}
