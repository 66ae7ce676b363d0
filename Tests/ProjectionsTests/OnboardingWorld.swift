import Admissions
import EventLog
import EventSourcing
import Postgres
import Projections
import Testing

/// Hot onboarding in a world: a desk where staff decide, and the follower.
extension World {
    var desk: OnboardingDesk {
        let clock = clock
        return OnboardingDesk(pool: servicePool, log: StaffLog(now: { clock.now }))
    }

    var follower: OnboardingFollower {
        let clock = clock
        return OnboardingFollower(
            pool: projectorPool, reader: reader, desk: desk, now: { clock.now }, logger: .silent)
    }

    /// Projects what was told, and lets follow what follows, until nothing does.
    func settle() async throws {
        var before = Position(-1)
        while try await reader.head(of: Self.hospital) != before {
            before = try await reader.head(of: Self.hospital)
            try await project()
            try await follower.catchUp(Self.hospital)
        }
    }

    /// A step of somebody of this role, on the case of this patient.
    @discardableResult
    func step(
        _ intent: HotOnboardingIntent, by role: StaffRole = .hospitalOnboarding, of person: Person,
        version: Int64? = nil
    ) async throws -> OnboardingDesk.Outcome {
        let outcome = try await desk.carryOut(
            { _ in intent }, by: act(role), on: HotOnboardingCase.stream(of: person.key), of: Self.hospital,
            access: Self.look("ZX901", role), version: version)
        try await settle()
        return outcome
    }

    func act(_ role: StaffRole) -> StaffAct {
        let id = messagesTold()
        let key = CommandKey(
            id: "00000000-0000-4000-8000-\(100_000_000_000 + id)",
            digest: Digest(of: Array("\(id)".utf8)))
        return StaffAct(by: "kay", role: role, at: clock.now, command: key.unsafelyUnwrapped)
    }

    static func look(_ code: String, _ role: StaffRole) -> AccessRequest {
        AccessRequest(
            practice: code, subject: "kay", role: role.rawValue, client: "tests", purpose: "direct-care",
            route: "onboarding-cases", requestID: "r-1")
    }

    /// The states of all cases with the practices they stand under, by hand of the owner.
    func cases() async throws -> [String] {
        let result = try await owner.query(
            """
            select concat_ws(' ', practice, state, hospital_section, care_section, alerts::text)
            from practice.onboarding_case order by stream
            """)
        return try result.map { try $0.decode(0, as: String.self) }
    }
}

extension Person {
    var key: PatientKey { PatientKey("ZX901|\(number ?? "")") }

    /// The other's record is this person's (A40).
    func absorbing(_ other: Person, _ at: String) -> AdmissionEvent {
        AdmissionEvent(
            kind: .patientMerged, telling: Telling(trigger: "A40", recorded: Moment(instant(at))), patient: details,
            prior: PriorIdentity(identifiers: [other.identifier].compactMap(\.self)))
    }
}

extension Visit {
    var subject: OnboardingSubject {
        OnboardingSubject(
            hospital: World.hospital, patient: person.key, encounter: EncounterKey(issuer: "ZX901", number: number))
    }
}
