import Admissions
import EventSourcing
import Postgres

/// A row of `practice.registration`: one person who is or was on a practice's list, and what the practice says of them.
struct RegistrationRow: Sendable, Hashable {
    let practice: ODSPracticeCode
    let nhsNumber: String
    /// Whether the person is on the list now.
    let isListed: Bool
    /// Since when, or when last before the person left; `nil` where nobody tells.
    let listedFrom: String?
    /// The day on which the person left; `nil` for one who is on the list.
    let leftOn: String?
    let family: String
    let given: String?
    let born: String
    let usualGP: String?
    let careHome: String?
    /// From 1 to 10.
    let symphonyScore: Int32?
    let symphonyScoredOn: String?
    let isOnCaseload: Bool
    let isConsented: Bool
    let keyWorker: String?
    let hasFOPASConcern: Bool
    let reviewedOn: String?
    let reviewDueOn: String?

    init(_ registration: Registration, at practice: ODSPracticeCode) {
        let (details, care) = (registration.patient.details, registration.patient.care)
        self.practice = practice
        nhsNumber = registration.person.digits
        isListed = registration.isListed
        listedFrom = registration.listedFrom?.text
        leftOn = registration.leftOn?.text
        family = EncounterRow.clipped(details.surname)
        given = details.given.map(EncounterRow.clipped)
        born = details.born.text
        usualGP = details.usualGP.map(EncounterRow.clipped)
        careHome = details.careHome.map(EncounterRow.clipped)
        symphonyScore = registration.patient.symphony.map { Int32(clamping: $0.score) }
        symphonyScoredOn = registration.patient.symphony?.scoredOn?.text
        isOnCaseload = care.isOnCaseload
        isConsented = care.isConsented
        keyWorker = care.keyWorker.map(EncounterRow.clipped)
        hasFOPASConcern = care.hasFOPASConcern
        reviewedOn = care.reviewedOn?.text
        reviewDueOn = care.reviewDueOn?.text
    }
}

extension RegistrationRow {
    /// The columns in the order in which `init(_:)` reads them, of the table named `r`.
    static let columns: SQL = """
        r.practice, r.nhs_number, r.is_listed, r.listed_from, r.left_on, r.family, r.given, r.born, r.usual_gp, \
        r.care_home, r.symphony_score::integer, r.symphony_scored_on, r.on_caseload, r.consented, r.key_worker, \
        r.fopas_concern, r.reviewed_on, r.review_due_on
        """

    /// Reads a row.
    init(_ row: PostgresRow) throws {
        var columns = ColumnReader(row)
        let code: String = try columns.next()
        guard let practice = ODSPracticeCode(code) else {
            throw ProjectionError.rowUnreadable(table: "practice.registration")
        }
        self.practice = practice
        nhsNumber = try columns.next()
        isListed = try columns.next()
        listedFrom = try columns.next()
        leftOn = try columns.next()
        family = try columns.next()
        given = try columns.next()
        born = try columns.next()
        usualGP = try columns.next()
        careHome = try columns.next()
        symphonyScore = try columns.next()
        symphonyScoredOn = try columns.next()
        isOnCaseload = try columns.next()
        isConsented = try columns.next()
        keyWorker = try columns.next()
        hasFOPASConcern = try columns.next()
        reviewedOn = try columns.next()
        reviewDueOn = try columns.next()
    }
}
