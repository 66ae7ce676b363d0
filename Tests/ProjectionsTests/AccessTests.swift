import Admissions
import EventSourcing
import Postgres
import Projections
import TestSupport
import Testing

@Suite struct AccessTests {
    /// Tables of the practice schema that hold rows of practices, patients or hospitals.
    static let tables = [
        "encounter", "encounter_shadow", "feed", "feed_shadow", "feed_rhythm", "encounter_state", "encounter_state_shadow",
        "patient_state", "patient_state_shadow", "checkpoint", "checkpoint_shadow", "poison", "poison_shadow",
        "installation", "rebuild",
    ]

    static let openForZ99001: SQL = """
        select audit.open_access('Z99001', 's', 'practice-clinician', 'c', 'direct-care', 'tests', 'r')
        """

    /// One patient of Z99001, one of Z99002.
    func told(_ world: World) async throws {
        try await world.tell([
            Visit(number: "SP1", person: .billie).admitted("2026-03-02T21:00:00Z"),
            Visit(number: "SP2", person: .mo).admitted("2026-03-02T21:00:00Z"),
        ])
        try await world.project()
    }

    func count(_ table: String, in results: PostgresResult) throws -> Int64 {
        try #require(results.first).decode(0, as: Int64.self)
    }

    @Test(arguments: tables) func `without an access record the service sees no row of any table`(
        table: String
    ) async throws {
        try await World.with { world in
            try await told(world)
            do {
                let result = try await world.servicePool.query("select count(*) from practice.\(identifier: table)")
                #expect(try count(table, in: result) == 0)
            } catch let error as PostgresError {
                #expect(error.sqlState == "42501")
            }
        }
    }

    @Test func `with a record the service sees the rows of that practice, and of no other`() async throws {
        try await World.with { world in
            try await told(world)
            let results = try await world.servicePool.pipeline([
                Self.openForZ99001, "select practice from practice.encounter", "select hospital from practice.feed",
                "select count(*) from practice.encounter where practice = 'Z99002'",
            ])
            #expect(try results[1].map { try $0.decode(0, as: String.self) } == ["Z99001"])
            #expect(results[2].count == 1)
            #expect(try count("encounter", in: results[3]) == 0)
        }
    }

    @Test func `the record of one transaction opens nothing to the next`() async throws {
        try await World.with { world in
            try await told(world)
            try await world.servicePool.transaction { transaction in
                _ = try await transaction.query(Self.openForZ99001)
                let result = try await transaction.query("select count(*) from practice.encounter")
                #expect(try result.first?.decode(0, as: Int64.self) == 1)
            }
            let result = try await world.servicePool.query("select count(*) from practice.encounter")
            #expect(try count("encounter", in: result) == 0)
        }
    }

    @Test(arguments: ["Z99001", "Z99002"]) func `a second record in one transaction is refused`(
        second: String
    ) async throws {
        try await World.with { world in
            try await told(world)
            do {
                _ = try await world.servicePool.pipeline([
                    Self.openForZ99001, "select * from practice.encounter",
                    "select audit.open_access(\(second), 's', 'r', 'c', 'p', 'x', 'q')",
                ])
                Issue.record("the second access record was written")
            } catch let error as PostgresError {
                #expect(error.sqlState == "42501")
            }
            // All of it was rolled back, and nothing was shown.
            #expect(try await world.count("select count(*) from audit.access") == 0)
        }
    }

    @Test func `a record that names no practice, or the unknown one, opens nothing`() async throws {
        try await World.with { world in
            try await world.tell(Visit(number: "SP5", person: .nobody).admitted("2026-03-02T21:00:00Z"))
            try await world.project()
            #expect(try await world.count("select count(*) from practice.encounter where practice = 'UNKNOWN'") == 1)
            for practice in ["", "z99001", "Z99001'", "UNKNOWN"] {
                await #expect(throws: PostgresError.self) { try await world.page(.inHospital, of: practice) }
            }
            var access = World.access("UNKNOWN")
            access.role = "operator"
            let page = try await world.lists().rows(of: .inHospital, access: access)
            #expect(page.items.map(\.row.patient.family) == ["Unknown"])
        }
    }

    @Test func `each look is recorded with who, why, what and whom it showed`() async throws {
        try await World.with { world in
            try await told(world)
            try await world.tell(Visit(number: "SP6", person: .billie).admitted("2026-03-02T22:00:00Z"))
            try await world.project()
            let page = try await world.page(.inHospital)
            #expect(page.items.count == 2)
            let result = try await world.owner.query(
                """
                select a.practice, a.subject, a.role, a.client, a.purpose, a.route, a.request_id, a.outcome, a.login
                from audit.access a where a.id = \(page.accessID)::uuid
                """)
            let row = try #require(result.first)
            let texts = try (0..<9).map { try row.decode($0, as: String.self) }
            #expect(
                texts == [
                    "Z99001", "dr-test", "practice-clinician", "tests", "direct-care", "lists/in-hospital", "r-1",
                    "granted", "primary_conect_service",
                ])
            let shown = try await world.owner.query(
                "select patients, refs from audit.shown where practice = 'Z99001' and access = \(page.accessID)::uuid")
            let (patients, refs) = try #require(shown.first).decode(Int32.self, [String].self)
            // Two stays of one patient.
            #expect(patients == 1)
            #expect(refs == [page.items[0].row.patient.ref])
        }
    }

    @Test func `a look that shows nobody is recorded as that`() async throws {
        try await World.with { world in
            try await told(world)
            _ = try await world.page(.discharges)
            #expect(try await world.count("select patients::bigint from audit.shown") == 0)
        }
    }

    @Test func `only those on the page are recorded as shown`() async throws {
        try await World.with { world in
            try await world.tell([
                Visit(number: "SP1", person: .billie).admitted("2026-03-01T21:00:00Z"),
                Visit(number: "SP2", person: .kit).admitted("2026-03-02T21:00:00Z"),
            ])
            try await world.project()
            let page = try await world.page(.inHospital, limit: 1)
            #expect(page.total == 2)
            let result = try await world.owner.query("select refs from audit.shown")
            #expect(try result.first?.decode(0, as: [String].self) == [page.items[0].row.patient.ref])
        }
    }

    @Test func `showing without a record is refused`() async throws {
        try await World.with { world in
            await #expect(throws: PostgresError.self) {
                try await world.servicePool.query("select audit.record_shown(array['pt_1'])")
            }
        }
    }

    @Test func `a denial is recorded and opens nothing`() async throws {
        try await World.with { world in
            try await told(world)
            try await world.lists().recordDenial(World.access("Z99002"), reason: .practiceOutOfScope)
            try await world.lists().recordDenial(World.access("what is this?"), reason: .practiceOutOfScope)
            let result = try await world.owner.query(
                "select practice, denial from audit.access where outcome = 'denied' order by practice")
            #expect(try result.map { try $0.decode(0, as: String.self) } == ["INVALID", "Z99002"])
            #expect(
                try result.map { try $0.decode(1, as: String.self) }
                    == Array(repeating: "practice-out-of-scope", count: 2))
            let rows = try await world.servicePool.pipeline([
                "select audit.record_denial('Z99001', 's', 'r', 'c', 'p', 'x', 'q', 'role-not-allowed')",
                "select count(*) from practice.encounter",
            ])
            #expect(try count("encounter", in: rows[1]) == 0)
        }
    }

    @Test(
        arguments: [
            "update audit.access set subject = 'x'", "delete from audit.access", "truncate audit.access cascade",
            "update audit.shown set patients = 0", "delete from audit.shown", "truncate audit.shown",
        ] as [SQL]) func `access records never change, not even for a superuser`(change: SQL) async throws
    {
        try await World.with { world in
            try await told(world)
            _ = try await world.page(.inHospital)
            let error = await #expect(throws: PostgresError.self) { try await world.owner.query(change) }
            #expect(error?.sqlState == "42501")
            // Nor for who replays a replication stream.
            let replica = await #expect(throws: PostgresError.self) {
                try await world.owner.pipeline(["set local session_replication_role = replica", change])
            }
            #expect(replica?.sqlState == "42501")
            #expect(try await world.count("select count(*) from audit.access") == 1)
            #expect(try await world.count("select count(*) from audit.shown") == 1)
        }
    }

    /// Statement, and the roles that may run it.
    static let matrix: [(SQL, Set<String>)] = [
        ("select * from practice.encounter", ["projector", "service", "auditor"]),
        ("select * from practice.encounter_state", ["projector", "auditor"]),
        ("select * from practice.patient_state", ["projector", "auditor"]),
        ("select * from practice.installation", ["projector"]),
        ("select * from practice.feed", ["projector", "service", "auditor", "monitor"]),
        ("select * from practice.feed_rhythm", ["projector", "service", "auditor", "monitor"]),
        ("select practice.standing()", ["service"]),
        ("select * from practice.checkpoint", ["projector", "auditor", "monitor"]),
        ("select position from practice.poison", ["projector", "auditor", "monitor"]),
        ("select stream from practice.poison", ["projector", "auditor"]),
        ("select * from audit.access", ["auditor"]),
        ("select * from audit.shown", ["auditor"]),
        ("delete from practice.encounter", ["projector"]),
        ("insert into audit.shown values ('Z99001', gen_random_uuid(), 1, 0, '{}')", []),
        ("select audit.open_access('Z99001', 's', 'r', 'c', 'p', 'x', 'q')", ["service", "auditor"]),
        ("select audit.record_denial('Z99001', 's', 'r', 'c', 'p', 'x', 'q', 'role-not-allowed')", ["service"]),
        ("select audit.open_operator_access('s', 'p', 'x', 'q')", ["operator"]),
        ("select event_log.waiting(null, null)", ["operator"]),
        ("select event_log.waiting_counts()", ["monitor"]),
        // The operator may ask, and gets nothing without an access record.
        ("select event_log.held_messages('ZX901', '{1}')", []),
        ("select event_log.identity_events('ZX901')", []),
        ("select practice.advance('ZX901', 'practice', 0, 1, now(), '')", ["projector"]),
        ("select practice.begin_rebuild()", ["projector"]),
        ("truncate practice.encounter_shadow", []),
        ("alter table practice.encounter disable row level security", []),
    ]

    @Test(arguments: matrix.indices) func `each role may do its work and nothing else`(index: Int) async throws {
        let (statement, allowed) = Self.matrix[index]
        let database = try await PostgresFixture.database()
        for role in ["ingest", "projector", "service", "auditor", "monitor", "operator"] {
            let refusal = try await database.withSession(user: "primary_conect_" + role) { session in
                do throws(PostgresError) {
                    try session.execute(statement)
                    return nil as String?
                } catch {
                    return error.sqlState
                }
            }
            #expect(refusal == (allowed.contains(role) ? nil : "42501"), "\(role)")
        }
    }

    @Test func `the auditor sees every practice`() async throws {
        try await World.with { world in
            try await told(world)
            let auditor = PostgresPool(world.database.configuration(user: "primary_conect_auditor"), connectionsMax: 1)
            let result = try await auditor.query("select count(*) from practice.encounter")
            #expect(try count("encounter", in: result) == 2)
            await auditor.close()
        }
    }
}
