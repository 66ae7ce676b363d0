import Admissions
import EventLog
import EventSourcing
import Postgres

/// A row of `practice.encounter` as far as the rules look at it: narrow, for a year of it is read with each look.
struct Candidate: Sendable {
    /// NHS number, else the ref of the hospital's record: one for all hospitals that tell of a person.
    let person: String
    let patientRef: String
    let hospital: LogName
    let family: String?
    let given: String?
    let born: String?
    let isDeceased: Bool
    let deathToldAt: Instant?
    let encounter: HuddleEncounter
    /// As the practice's own list says it.
    let listScore: HuddlePatient.Score?
    let registration: HuddlePatient.Registration
    /// Whether the row itself belongs to a plain list.
    let isListed: Bool

    /// In the order in which `init` reads them, of the table named `e`; what the practice's own list says stands between
    /// them and `isListed`.
    static let columns: SQL = """
        \(CandidateQuery.person), e.patient_ref, e.hospital, e.family, e.given[1], e.born, e.is_deceased, \
        e.death_told_at, e.encounter_ref, e.version, e.class, e.status, e.started_at, e.last_told_at, \
        e.is_attendance, e.is_inferred, e.restricted, e.admitted_at, e.admitted_precision, e.admitted_told_at, \
        e.arrived_at, e.arrived_precision, e.arrived_told_at, e.discharged_at, e.discharged_precision, \
        e.discharged_told_at, e.ended_at, e.admission_method, e.admission_source, e.discharge_method, \
        e.discharge_destination, e.disposal, e.site, e.ward, e.specialty, e.expected_discharge, e.medically_fit, \
        e.ready_at, e.linked_ref, e.shown_since, \
        case when e.status in ('cancelled', 'entered-in-error', 'withdrawn') \
        then coalesce(e.withdrawn_at, e.last_told_at) end
        """

    init(_ row: PostgresRow, now: Instant) throws {
        var columns = ColumnReader(row)
        person = try columns.next()
        patientRef = try columns.next()
        hospital = try columns.next()
        family = try columns.next()
        given = try columns.next()
        born = try columns.next()
        isDeceased = try columns.next()
        let deathToldAt: Instant? = try columns.next()
        var encounter = HuddleEncounter(
            ref: try columns.next(), version: try columns.next(), encounterClass: try columns.next(),
            status: try columns.next(), startedAt: try columns.next(), lastToldAt: try columns.next())
        encounter.isAttendance = try columns.next()
        encounter.isInferred = try columns.next()
        encounter.isRestricted = try columns.next()
        encounter.admitted = try Self.moment(&columns)
        encounter.arrived = try Self.moment(&columns)
        encounter.discharged = try Self.moment(&columns)
        encounter.endedAt = try columns.next()
        encounter.admissionMethod = try columns.next()
        encounter.admissionSource = try columns.next()
        encounter.dischargeMethod = try columns.next()
        encounter.dischargeDestination = try columns.next()
        encounter.disposal = try columns.next()
        encounter.site = try columns.next()
        encounter.ward = try columns.next()
        encounter.specialty = try columns.next()
        encounter.expectedDischarge = (try columns.next() as String?).flatMap(LondonDay.init(toldAs:))
        encounter.isMedicallyFit = (try columns.next() as Bool?) ?? false
        encounter.readyAt = try columns.next()
        encounter.linkedRef = try columns.next()
        encounter.shownSince = try columns.next()
        encounter.correctedAt = try columns.next()
        self.encounter = Self.doubted(encounter, now: now)
        self.deathToldAt = Self.deathToldHere(deathToldAt, shownSince: encounter.shownSince)
        listScore = try Self.score(&columns)
        registration = HuddlePatient.Registration(
            isInCareHome: (try columns.next() as String?) != nil, hasFOPASConcern: try columns.next())
        isListed = try columns.next()
    }

    /// The same of a row in memory.
    init(_ row: EncounterRow, hospital: LogName, listed: RegistrationRow?, isListed: Bool, now: Instant) {
        person = row.patient.nhsNumber ?? row.patient.ref
        patientRef = row.patient.ref
        self.hospital = hospital
        family = row.patient.family
        given = row.patient.given.first
        born = row.patient.born
        isDeceased = row.patient.isDeceased
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
        encounter.admissionSource = row.admissionSource
        encounter.dischargeMethod = row.dischargeMethod
        encounter.dischargeDestination = row.dischargeDestination
        encounter.disposal = row.disposal
        encounter.site = row.location.site
        encounter.ward = row.location.ward
        encounter.specialty = row.specialty
        encounter.expectedDischarge = row.expectedDischarge.flatMap(LondonDay.init(toldAs:))
        encounter.isMedicallyFit = row.isMedicallyFit ?? false
        encounter.readyAt = row.readyAt
        encounter.linkedRef = row.linkedRef
        encounter.shownSince = row.shownSince
        encounter.correctedAt = row.isCorrected ? row.correctedAt : nil
        self.encounter = Self.doubted(encounter, now: now)
        deathToldAt = Self.deathToldHere(row.patient.deathToldAt, shownSince: row.shownSince)
        listScore = listed?.symphonyScore.map { score in
            HuddlePatient.Score(Int(score), on: listed?.symphonyScoredOn.flatMap { LondonDay($0) })
        }
        registration = HuddlePatient.Registration(
            isInCareHome: listed?.careHome != nil, hasFOPASConcern: listed?.hasFOPASConcern ?? false)
        self.isListed = isListed
    }

    /// How an open encounter is still to be believed.
    private static func doubted(_ encounter: HuddleEncounter, now: Instant) -> HuddleEncounter {
        guard encounter.isOpen else { return encounter }
        var encounter = encounter
        let standing = EncounterStanding.ofOpen(
            isAttendance: encounter.encounterClass == "emergency",
            since: encounter.arrived.at ?? encounter.startedAt, lastToldAt: encounter.lastToldAt, now: now)
        encounter.doubt = standing == .confirmed ? nil : standing.rawValue
        return encounter
    }

    /// When this practice was told of a death: when the line came to it, if the death was news then.
    private static func deathToldHere(_ told: Instant?, shownSince: Instant) -> Instant? {
        let reach = shownSince - .seconds(HuddleEncounter.newsReachDays * 86_400)
        return told.map { $0 > reach ? max($0, shownSince) : $0 }
    }

    /// A score, and when it was found.
    static func score(_ columns: inout ColumnReader) throws -> HuddlePatient.Score? {
        let score: Int64? = try columns.next()
        let day: String? = try columns.next()
        return score.map { HuddlePatient.Score(Int($0), on: day.flatMap { LondonDay($0) }) }
    }

    private static func moment(_ columns: inout ColumnReader) throws -> HuddleMoment {
        let happening = Happening(
            at: try columns.next(), precision: try columns.next(), isAmbiguous: false, toldAt: try columns.next())
        return HuddleMoment(happening)
    }
}

extension HuddleMoment {
    /// What rules ask of a happening: of a year or a month alone no day follows.
    package init(_ happening: Happening) {
        let precision = happening.precision.flatMap { Moment.Precision(rawValue: $0) }
        let hasDay = precision != .year && precision != .month
        self.init(at: hasDay ? happening.at : nil, isDayAlone: precision == .day, toldAt: happening.toldAt)
    }
}

extension LondonDay {
    /// The day in a date or time as a hospital writes it: `20260305`, `202603051200`, `2026-03-05`.
    package init?(toldAs text: String) {
        let day = text.prefix(10)
        if day.dropFirst(4).first == "-" {
            self.init(String(day))
        } else {
            self.init("\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.dropFirst(6).prefix(2))")
        }
    }
}
