import Admissions
import EventSourcing

@testable import PracticeService
@testable import Projections

/// Invented people, places and times.
enum Given {
    static let now = instant("2026-03-03T08:02:04Z")
    static let practice = "Z99001"
    static let otherPractice = "Z99002"
    static let policy = TokenPolicy(issuer: "https://issuer.test", audience: "primary-conect")
    static let providers = ProviderDirectory([
        .init(code: "ZX901", name: "Southmoor District", feed: "southmoor"),
        .init(code: "ZX902", name: "Castlemead Community", feed: "castlemead"),
    ])

    static func instant(_ text: String) -> Instant {
        guard let instant = Instant(iso8601: text) else { fatalError("not a time: \(text)") }
        return instant
    }

    static func hospital(_ code: String) -> LogName {
        guard let name = LogName(code) else { fatalError("not a log: \(code)") }
        return name
    }

    static func feed(
        _ code: String, lastHeard: String = "2026-03-03T07:59:11Z", _ state: FeedFreshness.State = .fresh
    ) -> FeedFreshness {
        FeedFreshness(
            hospital: hospital(code), feed: "adt", lastHeard: instant(lastHeard), position: Position(100), messages: 50,
            state: state)
    }

    static func told(_ happened: String, _ told: String, precision: String = "second", isAmbiguous: Bool = false)
        -> Happening
    {
        Happening(at: instant(happened), precision: precision, isAmbiguous: isAmbiguous, toldAt: instant(told))
    }

    /// The patient of product.md section 5.2.
    static func wilhelmina() -> PatientSummary {
        var patient = PatientSummary(ref: "pt_c91xw5e8rd")
        patient.nhsNumber = "9990209251"
        patient.localNumber = "RX1234567"
        patient.localIssuer = "ZX901"
        patient.family = "NIGHTINGALE-ASHWORTH"
        patient.given = ["Wilhelmina"]
        patient.prefix = "Mrs"
        patient.preferred = "Billie"
        patient.born = "1931-12-25"
        patient.gender = "female"
        return patient
    }

    /// The stay of product.md section 5.2.
    static func stay(ref: String = "enc_7hq3v0k2mz", patient: PatientSummary = wilhelmina()) -> EncounterRow {
        var row = row(ref: ref, patient: patient, encounterClass: "inpatient", status: "in-progress")
        row.version = 14
        row.admitted = told("2026-02-09T15:22:00Z", "2026-02-09T15:23:08.512Z")
        row.admissionMethod = "21"
        row.location = PlaceOfCare(site: "ZX901", ward: "7B", bay: "2", bed: "3")
        row.expectedDischarge = "20260305"
        return row
    }

    static func attendance(ref: String = "enc_3mm1t9q0aa") -> EncounterRow {
        var row = row(ref: ref, patient: wilhelmina(), encounterClass: "emergency", status: "arrived")
        row.arrived = told("2026-03-03T02:40:00Z", "2026-03-03T02:41:12Z")
        row.location = PlaceOfCare(site: "ZX901", ward: "ED")
        return row
    }

    static func item(_ row: EncounterRow, standing: EncounterStanding = .confirmed, linked: String? = nil) -> ListItem {
        var row = row
        if let linked { row.linkedRef = linked }
        let encounter = encounter(row, standing)
        var patient = HuddlePatient(encounters: [encounter])
        patient.isDeceased = row.patient.isDeceased
        return ListItem(
            row: row, standing: standing, flags: HuddleRules().flags(of: encounter, patient, now: now))
    }

    /// A row as the rules see it.
    private static func encounter(_ row: EncounterRow, _ standing: EncounterStanding) -> HuddleEncounter {
        var encounter = HuddleEncounter(
            ref: row.encounterRef, version: row.version, encounterClass: row.encounterClass, status: row.status,
            startedAt: row.startedAt, lastToldAt: row.lastToldAt)
        encounter.isAttendance = row.isAttendance
        encounter.isInferred = row.isInferred
        encounter.isRestricted = row.patient.isRestricted
        encounter.admitted = HuddleMoment(row.admitted)
        encounter.arrived = HuddleMoment(row.arrived)
        encounter.discharged = HuddleMoment(row.discharged)
        encounter.endedAt = row.endedAt
        encounter.admissionMethod = row.admissionMethod
        encounter.doubt = standing == .confirmed ? nil : standing.rawValue
        if !row.isOpen, row.status != "finished" { encounter.correctedAt = row.correctedAt }
        return encounter
    }

    private static func row(
        ref: String, patient: PatientSummary, encounterClass: String, status: String
    ) -> EncounterRow {
        EncounterRow(
            practice: practice, hospital: hospital("ZX901"), encounterRef: ref, version: 1, patient: patient,
            encounterClass: encounterClass, status: status, isAttendance: encounterClass == "emergency",
            isInferred: false, startedAt: now, admitted: .unknown, arrived: .unknown, discharged: .unknown,
            location: PlaceOfCare(), firstToldAt: now, lastToldAt: now,
            flags: [], shownSince: now)
    }
}
