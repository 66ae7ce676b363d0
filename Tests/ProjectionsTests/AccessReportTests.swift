import Admissions
import Audit
import EventSourcing
import Postgres
import Projections
import TestSupport
import Testing

/// Who looked at whom, read back by the auditor.
@Suite struct AccessReportTests {
    private static let look = AuditLook(
        practice: nil, subject: "ig-lead", client: "tests", reason: "subject access request", route: "audit/access",
        requestID: "audit-1")

    @Test func `all looks at a person are found, under each ref and at each practice, and nobody else's`() async throws
    {
        try await World.with { world in
            let double = Person(
                number: "L9", nhsNumber: Person.billie.nhsNumber, family: "Nightingale", given: "W", practice: "Z99001")
            try await world.tell([
                Visit(number: "SP1", person: .billie).admitted("2026-03-01T21:00:00Z"),
                Visit(number: "SP9", person: double.called("Nightingale")).admitted("2026-03-01T22:00:00Z"),
                Visit(number: "SP2", person: .kit).admitted("2026-03-01T23:00:00Z"),
            ])
            try await world.project()
            // Both records, and another patient beside them.
            try await world.page(.inHospital)
            // The hospital joins the two records, and then the person registers elsewhere.
            try await world.tell(
                AdmissionEvent(
                    kind: .patientMerged, telling: Telling(trigger: "A40", recorded: Moment(instant("2026-03-02T01:00:00Z"))),
                    patient: Person.billie.details,
                    prior: PriorIdentity(identifiers: [double.identifier].compactMap(\.self))))
            try await world.project()
            try await world.page(.inHospital)
            try await world.tell(Person.billie.registered(at: "Z99002").updated("2026-03-02T02:00:00Z"))
            try await world.project()
            try await world.page(.inHospital, of: "Z99002")
            // Now the first practice sees the other patient alone.
            try await world.page(.inHospital)

            try await Self.reading(world) { reader in
                let number = try #require(NHSNumber(Person.billie.nhsNumber))
                var lines: [AccessLine] = []
                try await reader.each(AccessQuestion(person: .nhsNumber(number)), look: Self.look) { lines += $0 }
                #expect(lines.map(\.practice) == ["Z99001", "Z99001", "Z99002"])
                // Two records, then one, then the one of the other practice; of the other patient only that there was one.
                #expect(lines.map(\.refs.count) == [2, 1, 1])
                #expect(lines.map(\.patients) == [3, 2, 1])
                #expect(lines.allSatisfy { $0.subject == "dr-test" && $0.requestID == "r-1" && $0.kind == .look })

                // By any of the refs the same, and page by page; the auditor's own look is among them now.
                let ref = try #require(lines[2].refs.first)
                var paged: [AccessLine] = []
                var place: AccessPlace?
                repeat {
                    let page = try await reader.page(
                        AccessQuestion(person: .ref(ref), until: nil), after: place, limit: 2, look: Self.look)
                    paged += page.lines
                    place = page.next
                } while place != nil
                #expect(Array(paged.prefix(3)) == lines)
                #expect(paged.dropFirst(3).contains { $0.purpose == "audit" && $0.reason == "subject access request" })

                let kit = try #require(NHSNumber(Person.kit.nhsNumber))
                let others = try await reader.page(AccessQuestion(person: .nhsNumber(kit)), look: Self.look)
                #expect(others.lines.map(\.practice) == ["Z99001", "Z99001", "Z99001"])
                let stranger = try #require(NHSNumber("9990000107"))
                #expect(try await reader.page(AccessQuestion(person: .nhsNumber(stranger)), look: Self.look).lines == [])
            }
        }
    }

    @Test func `the database makes the refs that the projector makes, whatever the key is like`() async throws {
        try await World.with { world in
            let long = "ZX901|" + String(repeating: "é9", count: 90)
            try await world.tell(Visit(number: "SP1", person: .billie).admitted("2026-03-01T21:00:00Z"))
            try await world.project()
            try await world.page(.inHospital)
            let bytes: [UInt8] = try #require(
                try await world.owner.query("select ref_key from practice.installation").first).decode(0)
            let key = ReferenceKey(bytes)
            let records = [("ZX901", "ZX901|L1"), ("ZX902", "NHS|9990000018"), ("ZX901", long)]
            try await Self.auditing(world) { pool in
                let found = try await pool.transaction { transaction in
                    try await transaction.query(
                        """
                        select audit.open_access('DISTRICT', 'ig-lead', 'auditor', 'tests', 'audit', 'audit/access', 'r')
                        """)
                    return try await transaction.query(
                        """
                        select practice, ref from audit.patient_refs(\(records.map(\.0)), \(records.map(\.1)))
                        """
                    ).map { try $0.decode(String.self, String.self) }
                }
                #expect(Set(found.map(\.0)) == ["Z99001", "UNKNOWN", "DISTRICT"])
                let made = ["Z99001", "UNKNOWN", "DISTRICT"].flatMap { practice in
                    records.compactMap { record in
                        LogName(record.0).map { key.patientRef(hospital: $0, patient: record.1, practice: practice) }
                    }
                }
                #expect(Set(found.map(\.1)) == Set(made))
                // Without an access record of its own the auditor is told nothing.
                let none: [String] = []
                await #expect(throws: PostgresError.self) {
                    try await pool.query("select * from audit.patient_refs(\(none), \(none))")
                }
            }
        }
    }

    @Test func `denials, reveals, broken glass and polls are lines of their kind, by user, client and time`() async throws
    {
        try await World.with { world in
            try await world.tell(Visit(number: "SP1", person: .sam).admitted("2026-03-01T21:00:00Z"))
            try await world.project()
            let ref = try await world.page(.inHospital).items[0].row.patient.ref
            var access = World.access()
            access.route = "patients/reveal"
            access.purpose = "reveal: her son rang, she is missing"
            let details = DetailReader(pool: world.servicePool, now: { instant("2026-03-03T08:00:00Z") })
            _ = try await details.revealing(ref, access: access)
            let book = AccessBook(pool: world.servicePool)
            var glass = World.access("Z99002")
            glass.purpose = AccessPurpose.breakGlass
            glass.subject = "dr-elsewhere"
            glass.grant = try await book.open(glass, reason: "patient in front of me", minutes: 30).id
            _ = try await details.patients([ref], access: glass)
            try await world.owner.query(
                """
                select audit.record_denial('Z99001', 'dr-curious', 'practice-coach', 'tests', 'direct-care', 'patients', 'r-9',
                                           'practice-out-of-scope'),
                       audit.note_polls('{Z99001}', '{svc}', '{integration}', '{levels}', '{lists/in-hospital}', '{31}',
                                        array[now()], array[now()])
                """)
            try await Self.reading(world) { reader in
                func lines(_ question: AccessQuestion) async throws -> [AccessLine] {
                    try await reader.page(question, look: Self.look).lines
                }
                let reveals = try await lines(AccessQuestion(kinds: [.reveal]))
                #expect(reveals.map(\.reason) == ["her son rang, she is missing"])
                #expect(reveals.map(\.refs) == [[ref]])
                let broken = try await lines(AccessQuestion(user: "dr-elsewhere"))
                #expect(Set(broken.map(\.kind)) == [.grant, .breakGlass])
                #expect(broken.allSatisfy { $0.reason == "patient in front of me" && $0.isReviewed == false })
                #expect(try await lines(AccessQuestion(kinds: [.denial])).map(\.denial) == ["practice-out-of-scope"])
                #expect(try await lines(AccessQuestion(client: "levels")).map(\.count) == [31])
                #expect(try await lines(AccessQuestion(practice: "Z99001", agent: "dr-curious")).count == 1)
                #expect(try await lines(AccessQuestion(until: instant("2026-01-01T00:00:00Z"))).isEmpty)
                // Each of these questions stands in the record, under the district.
                let asked = try await lines(AccessQuestion(practice: AuditLook.everyPractice))
                #expect(asked.count == 6)
                #expect(asked.first?.refs == [ref])
            }
        }
    }

    private static func reading(_ world: World, _ body: (AccessReader) async throws -> Void) async throws {
        try await auditing(world) { try await body(AccessReader(pool: $0)) }
    }

    private static func auditing(_ world: World, _ body: (PostgresPool) async throws -> Void) async throws {
        let pool = PostgresPool(world.database.configuration(user: "primary_conect_auditor"))
        do {
            try await body(pool)
            await pool.close()
        } catch {
            await pool.close()
            throw error
        }
    }
}
