import Postgres

/// What a practice's own list says of a patient: a row of `practice.registration`.
package struct ListedPerson: Sendable, Hashable {
    /// Whether the person is on the list now.
    package var isListed: Bool
    /// `yyyy-mm-dd`, as all days here.
    package var listedFrom: String?
    package var leftOn: String?
    package var usualGP: String?
    package var careHome: String?
    /// 1 to 10.
    package var symphonyScore: Int32?
    package var symphonyScoredOn: String?
    /// Whether the complex care team has the person on its caseload.
    package var isOnCaseload: Bool
    package var hasConsented: Bool
    package var keyWorker: String?
    package var hasFOPASConcern: Bool
    package var reviewedOn: String?
    package var reviewDueOn: String?

    /// Whether two dates of birth may be one: the hospital's may lack its day, or its month, or be untold
    /// (`RegistrationBook`).
    static func agrees(_ listed: SQL, _ told: SQL) -> SQL {
        "(\(told) is null or left(\(told), 10) = left(\(listed), length(\(told))))"
    }

    /// At most one row: of the patient who bears the NHS number of one of these rows, and was not born on another day.
    static func statement(_ rows: [EncounterRow], of practice: String) -> SQL {
        """
        select is_listed, listed_from, left_on, usual_gp, care_home, symphony_score::integer, symphony_scored_on,
               on_caseload, consented, key_worker, fopas_concern, reviewed_on, review_due_on
        from practice.registration r
        join unnest(\(rows.map(\.patient.nhsNumber)), \(rows.map(\.patient.born))) as e (nhs_number, born)
            on r.nhs_number = e.nhs_number collate "C" and \(agrees("r.born", "e.born"))
        where r.practice = \(practice)
        order by r.nhs_number limit 1
        """
    }

    init(_ row: PostgresRow) throws(PostgresError) {
        var columns = ColumnReader(row)
        isListed = try columns.next()
        listedFrom = try columns.next()
        leftOn = try columns.next()
        usualGP = try columns.next()
        careHome = try columns.next()
        symphonyScore = try columns.next()
        symphonyScoredOn = try columns.next()
        isOnCaseload = try columns.next()
        hasConsented = try columns.next()
        keyWorker = try columns.next()
        hasFOPASConcern = try columns.next()
        reviewedOn = try columns.next()
        reviewDueOn = try columns.next()
    }
}
