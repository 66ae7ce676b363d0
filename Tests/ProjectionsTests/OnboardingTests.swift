import Admissions
import EventLog
import EventSourcing
import Postgres
import Projections
import TestSupport
import Testing

/// Hot onboarding over what hospitals tell: the rules, what follows by itself, and who sees what.
@Suite struct OnboardingTests {
    let billie = Visit(number: "SP1", person: .billie)
    let note = try? StaffNote.reading("Lives alone, falls", in: .note)

    @Test func `a patient suggested by rule is flagged, triaged, asked, agrees and is handed over`() async throws {
        try await World.with { world in
            try await world.tell(billie.admitted("2026-03-02T21:00:00Z"), told: "2026-03-02T21:05:00Z")
            try await world.settle()
            #expect(try await world.cases() == ["Z99001 identified suggested {}"])
            // The finding names rule, version, what was measured and the event that told it.
            let findings = try await world.owner.query("select findings, history from practice.onboarding_detail")
            let finding = try #require(findings.first).decode(0, as: String.self)
            #expect(finding.contains(#""evidence":[{"log":"ZX901","position":1}]"#))
            #expect(finding.contains(#""measured":94,"rule":"aged-emergency","threshold":75,"version":1"#))
            let head = try await world.reader.head(of: World.hospital)
            try await world.follower.catchUp(World.hospital)
            try await world.follower.sweep(World.hospital)
            #expect(try await world.reader.head(of: World.hospital) == head)

            try await world.step(.flag(billie.subject, [.livesAlone], note: note), of: .billie)
            func flag() async throws -> HuddleFlag.Value? {
                try await world.page(.inHospital).items.first?.flags.first { $0.rule == .onboarding }?.value
            }
            #expect(try await flag() == .text("flagged"))
            try await world.step(.triage(.urgent, note: note), of: .billie)
            #expect(try await flag() == .text("accepted"))
            try await world.step(.planVisit(at: instant("2026-03-03T10:00:00Z"), place: nil), of: .billie)
            try await world.step(.offer(place: HospitalLocation(ward: "7B")), of: .billie)
            #expect(try await world.cases() == ["Z99001 visit-offered waiting {}"])
            try await world.tell(billie.moved(to: "9A", "2026-03-03T09:00:00Z"))
            try await world.settle()
            #expect(try await world.cases() == ["Z99001 visit-offered waiting {place-changed}"])
            let consent = OnboardingConsent(
                version: "2", givenOn: LondonDay(of: world.clock.now), capacity: try #require(note))
            try await world.step(.consent(consent), of: .billie)
            #expect(try await world.cases() == ["Z99001 consented with-team waiting {}"])
            try await world.step(.start(keyworker: "ann"), by: .complexCare, of: .billie)
            try await world.step(
                .handOver(to: try #require(ODSPracticeCode("Z99001"))), by: .complexCare, of: .billie)
            try await world.step(.close(.completed), by: .practiceClinician, of: .billie)
            #expect(try await world.cases() == ["Z99001 closed {}"])
            #expect(try await flag() == nil)

            #expect(try await world.comparison().differences == [])
            let rows = try await world.caseRows()
            _ = try await world.rebuild()
            #expect(try await world.caseRows() == rows)
            #expect(try await world.comparison().differences == [])
        }
    }

    @Test func `who declines is not suggested again for 180 days`() async throws {
        try await World.with { world in
            try await world.tell(billie.admitted("2026-03-02T21:00:00Z"), told: "2026-03-02T21:05:00Z")
            try await world.settle()
            try await world.step(.flag(billie.subject, [.frequent]), of: .billie)
            try await world.step(.decline(note: note), of: .billie)
            try await world.tell(billie.discharged("2026-03-04T10:00:00Z"), told: "2026-03-04T10:00:00Z")
            let again = Visit(number: "SP2", person: .billie)
            try await world.tell(again.admitted("2026-08-01T10:00:00Z"), told: "2026-08-01T10:05:00Z")
            try await world.settle()
            try await world.follower.sweep(World.hospital)
            #expect(try await world.cases() == ["Z99001 declined declined {}"])
            world.clock.set(instant("2026-08-30T10:00:00Z"))
            try await world.follower.sweep(World.hospital)
            try await world.settle()
            #expect(try await world.cases() == ["Z99001 identified suggested {}"])
        }
    }

    @Test func `who goes home unseen is due today if flagged and lost if only suggested`() async throws {
        try await World.with { world in
            let kit = Visit(number: "SP2", person: .kit)
            try await world.tell(billie.admitted("2026-03-02T21:00:00Z"), told: "2026-03-02T21:05:00Z")
            try await world.tell(kit.admitted("2026-03-02T21:30:00Z"), told: "2026-03-02T21:35:00Z")
            try await world.settle()
            try await world.step(.flag(billie.subject, [.frequent]), of: .billie)
            try await world.tell(billie.discharged("2026-03-03T10:00:00Z"), told: "2026-03-03T10:01:00Z")
            try await world.tell(kit.discharged("2026-03-03T10:00:00Z"), told: "2026-03-03T10:02:00Z")
            try await world.settle()
            #expect(try await world.cases() == ["Z99001 flagged gone-home {due-today}", "Z99001 lost {}"])
            // A discharge taken back takes both back.
            try await world.tell(billie.dischargeCancelled("2026-03-03T11:00:00Z"), told: "2026-03-03T11:00:00Z")
            try await world.tell(kit.dischargeCancelled("2026-03-03T11:00:00Z"), told: "2026-03-03T11:01:00Z")
            try await world.settle()
            #expect(
                try await world.cases()
                    == ["Z99001 flagged waiting {}", "Z99001 identified suggested {reinstated}"])
            try await world.tell(billie.discharged("2026-03-03T12:00:00Z"), told: "2026-03-03T12:00:00Z")
            try await world.settle()
            world.clock.set(instant("2026-03-11T08:00:00Z"))
            try await world.follower.sweep(World.hospital)
            try await world.settle()
            #expect(try await world.cases()[0] == "Z99001 lost {}")
            #expect(try await world.comparison().differences == [])
        }
    }

    @Test func `death ends a case at once, and so does an admission that never was`() async throws {
        try await World.with { world in
            let kit = Visit(number: "SP2", person: .kit)
            try await world.tell(billie.admitted("2026-03-02T21:00:00Z"), told: "2026-03-02T21:05:00Z")
            try await world.tell(kit.admitted("2026-03-02T21:30:00Z"), told: "2026-03-02T21:35:00Z")
            try await world.settle()
            for visit in [billie, kit] { try await world.step(.flag(visit.subject, [.frequent]), of: visit.person) }
            let death = billie.discharged("2026-03-03T04:00:00Z", method: "4", destination: "79")
            try await world.tell(death, told: "2026-03-03T04:10:00Z")
            try await world.tell(kit.admissionCancelled("2026-03-03T05:00:00Z"), told: "2026-03-03T05:00:00Z")
            try await world.settle()
            #expect(try await world.cases() == ["Z99001 died {}", "Z99001 withdrawn {}"])
            let acts = try await world.owner.query(
                "select payload from event_log.event where type in ('onboarding.died.v1', 'onboarding.withdrawn.v1')")
            for act in acts {
                let payload = try act.decode(0, as: String.self)
                #expect(payload.contains(#""role":"service""#) && payload.contains(#""evidence":[{"#))
            }
        }
    }

    @Test func `merged records have one case, the oldest, and it moves with its patient`() async throws {
        try await World.with { world in
            let other = Visit(
                number: "SP2",
                person: Person(
                    number: "L9", nhsNumber: "9990000107", family: "Ashworth", given: "Billie", practice: "Z99001"))
            try await world.tell(billie.admitted("2026-03-02T21:00:00Z"), told: "2026-03-02T21:05:00Z")
            try await world.tell(other.admitted("2026-03-02T22:00:00Z"), told: "2026-03-02T22:05:00Z")
            try await world.settle()
            try await world.step(.flag(billie.subject, [.frequent]), of: .billie)
            try await world.step(.flag(other.subject, [.frequent]), of: other.person)
            try await world.tell(
                other.person.absorbing(.billie, "2026-03-03T08:00:00Z"), told: "2026-03-03T08:00:00Z")
            try await world.settle()
            #expect(
                try await world.cases() == ["Z99001 flagged waiting {other-case}", "Z99001 withdrawn {}"])
            #expect(
                try await world.count(
                    """
                    select count(*) from practice.onboarding_case a join practice.onboarding_case b
                      on a.joined_to = b.case_id and a.patient_ref = b.patient_ref
                    """) == 1)
            try await world.tell(
                other.person.registered(at: "Z99002").updated("2026-03-03T09:00:00Z"), told: "2026-03-03T09:00:00Z")
            try await world.settle()
            #expect(try await world.cases().allSatisfy { $0.hasPrefix("Z99002 ") })
            #expect(try await world.comparison().differences == [])
            _ = try await world.rebuild()
            #expect(try await world.comparison().differences == [])
        }
    }

    @Test func `an admission that was another patient's takes its case back`() async throws {
        try await World.with { world in
            try await world.tell(billie.admitted("2026-03-02T21:00:00Z"), told: "2026-03-02T21:05:00Z")
            try await world.settle()
            try await world.step(.flag(billie.subject, [.frequent]), of: .billie)
            let mo = Visit(number: "SP1", person: .mo)
            try await world.tell(mo.taken(from: .billie, "2026-03-03T08:00:00Z"), told: "2026-03-03T08:00:00Z")
            try await world.settle()
            // The other patient is suggested in their own right.
            #expect(try await world.cases() == ["Z99001 withdrawn {}", "Z99002 identified suggested {}"])
        }
    }

    @Test func `of two who decide at once the second is told that the case has moved`() async throws {
        try await World.with { world in
            try await world.tell(billie.admitted("2026-03-02T21:00:00Z"), told: "2026-03-02T21:05:00Z")
            try await world.settle()
            try await world.step(.flag(billie.subject, [.frequent]), of: .billie)
            let desk = world.desk
            let stream = HotOnboardingCase.stream(of: Person.billie.key)
            let acts = [world.act(.hospitalOnboarding), world.act(.hospitalOnboarding)]
            let outcomes = try await withThrowingTaskGroup { group in
                for act in acts {
                    group.addTask {
                        let outcome = try await desk.carryOut(
                            { _ in .triage(.soon) }, by: act, on: stream, of: World.hospital,
                            access: World.look("ZX901", .hospitalOnboarding), version: 2)
                        return if case .stale = outcome { (act, isStale: true) } else { (act, isStale: false) }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let first = try #require(outcomes.first { !$0.isStale }).0
            #expect(outcomes.filter(\.isStale).count == 1)
            // Without a version the decider refuses; nothing is lost and nothing done twice.
            await #expect(throws: ActRejection(.notAllowedInState)) {
                try await world.step(.triage(.soon), of: .billie)
            }
            // The same command again gets the answer of the first time, whatever has happened since.
            try await world.step(.offer(place: nil), of: .billie)
            let again = try await desk.carryOut(
                { _ in .triage(.soon) }, by: first, on: stream, of: World.hospital,
                access: World.look("ZX901", .hospitalOnboarding), version: nil)
            guard case .known(let record, _) = again else {
                Issue.record("the command was carried out twice")
                return
            }
            #expect(record.state.state == .triaged)
        }
    }

    @Test func `the practice sees that there is a case, the hospital all of it, complex care once agreed`()
        async throws
    {
        try await World.with { world in
            try await world.tell(billie.admitted("2026-03-02T21:00:00Z"), told: "2026-03-02T21:05:00Z")
            try await world.tell(
                Visit(number: "SP3", person: .mo).admitted("2026-03-02T21:00:00Z"), told: "2026-03-02T21:06:00Z")
            try await world.settle()
            try await world.step(.flag(billie.subject, [.frequent], note: note), of: .billie)
            #expect(try await seen(world, "Z99001", .practiceClinician) == [1, 0, 1])
            #expect(try await seen(world, "Z99001", .complexCare) == [1, 0, 1])
            #expect(try await seen(world, "Z99003", .practiceClinician) == [0, 0, 0])
            // Of the hospital: both practices' patients, with what was noted.
            #expect(try await seen(world, "ZX901", .hospitalOnboarding) == [2, 2, 2])
            #expect(try await seen(world, "ZX902", .hospitalOnboarding) == [0, 0, 0])
            try await world.step(.triage(.soon), of: .billie)
            try await world.step(.offer(place: nil), of: .billie)
            let consent = OnboardingConsent(
                version: "2", givenOn: LondonDay(of: world.clock.now), capacity: try #require(note))
            try await world.step(.consent(consent), of: .billie)
            #expect(try await seen(world, "Z99001", .complexCare) == [1, 1, 1])
            #expect(try await seen(world, "Z99001", .practiceClinician) == [1, 0, 1])
            try await world.tell(billie.discharged("2026-03-03T10:00:00Z"), told: "2026-03-03T10:01:00Z")
            try await world.settle()
            // Of who has gone home the hospital's staff see no stay.
            #expect(try await seen(world, "ZX901", .hospitalOnboarding) == [2, 2, 1])
            for table in ["onboarding_case", "onboarding_detail"] {
                let result = try await world.servicePool.query("select count(*) from practice.\(identifier: table)")
                #expect(try #require(result.first).decode(0, as: Int64.self) == 0)
            }
        }
    }

    /// How many cases, details and stays somebody sees.
    private func seen(_ world: World, _ code: String, _ role: StaffRole) async throws -> [Int64] {
        try await ["onboarding_case", "onboarding_detail", "encounter"].asyncMap { table in
            let results = try await world.servicePool.pipeline([
                "select audit.open_access(\(code), 's', \(role.rawValue), 'c', 'direct-care', 'tests', 'r')",
                "select count(*) from practice.\(identifier: table)",
            ])
            return try #require(results[1].first).decode(0, as: Int64.self)
        }
    }
}

extension World {
    /// All cases with their details, as text.
    fileprivate func caseRows() async throws -> [String] {
        let result = try await owner.query(
            """
            select (to_jsonb(c) || to_jsonb(d))::text
            from practice.onboarding_case c join practice.onboarding_detail d using (hospital, case_id) order by case_id
            """)
        return try result.map { try $0.decode(0, as: String.self) }
    }
}

extension Array {
    fileprivate func asyncMap<T>(_ body: (Element) async throws -> T) async throws -> [T] {
        var mapped: [T] = []
        for element in self { mapped.append(try await body(element)) }
        return mapped
    }
}
