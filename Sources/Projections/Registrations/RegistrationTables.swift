import Admissions
import EventLog
import EventSourcing
import Postgres

/// `practice.registration`, `practice.registration_state` and `practice.registration_point`, as they are read and
/// written.
enum RegistrationTables {
    /// What a practice's projector remembers of people.
    static func selectStates(_ people: [NHSNumber], of practice: ODSPracticeCode, from table: String) -> SQL {
        """
        select state from practice.\(identifier: table)
        where practice = \(practice.rawValue) and nhs_number = any (\(people.map(\.digits)))
        """
    }

    static func decodeStates(_ result: PostgresResult, of practice: ODSPracticeCode) throws -> [Registration] {
        try result.map { row in
            let state = try row.decode(0, as: String.self)
            do throws(JSONError) {
                var json = JSONReader(Array(state.utf8))
                return try Registration(reading: &json)
            } catch {
                throw ProjectionError.stateUnreadable(
                    hospital: practice.rawValue, table: "practice.registration_state")
            }
        }
    }

    static func upsertStates(_ states: [Registration], of practice: ODSPracticeCode, into table: String) -> SQL {
        """
        insert into practice.\(identifier: table) (practice, nhs_number, state)
        select \(practice.rawValue), r.nhs_number, r.state
        from unnest(\(states.map(\.person.digits)), \(states.map(stored))) as r (nhs_number, state)
        on conflict (practice, nhs_number) do update set state = excluded.state
        """
    }

    /// A registration as its table holds it.
    static func stored(_ registration: Registration) -> String {
        var json = JSONWriter(reservingCapacity: 384)
        registration.encode(into: &json)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    // MARK: Rows

    static func upsert(_ rows: [RegistrationRow], into table: String) -> SQL {
        """
        insert into practice.\(identifier: table) (
            practice, nhs_number, is_listed, listed_from, left_on, family, given, born, usual_gp, care_home,
            symphony_score, symphony_scored_on, on_caseload, consented, key_worker, fopas_concern, reviewed_on,
            review_due_on)
        select u.practice, u.nhs_number, u.is_listed, u.listed_from, u.left_on, u.family, u.given, u.born, u.usual_gp,
               u.care_home, u.symphony_score::smallint, u.symphony_scored_on, u.on_caseload, u.consented, u.key_worker,
               u.fopas_concern, u.reviewed_on, u.review_due_on
        from unnest(
            \(rows.map(\.practice.rawValue)), \(rows.map(\.nhsNumber)), \(rows.map(\.isListed)), \
        \(rows.map(\.listedFrom)), \(rows.map(\.leftOn)), \(rows.map(\.family)), \(rows.map(\.given)), \
        \(rows.map(\.born)), \(rows.map(\.usualGP)), \(rows.map(\.careHome)), \(rows.map(\.symphonyScore)), \
        \(rows.map(\.symphonyScoredOn)), \(rows.map(\.isOnCaseload)), \(rows.map(\.isConsented)), \
        \(rows.map(\.keyWorker)), \(rows.map(\.hasFOPASConcern)), \(rows.map(\.reviewedOn)), \(rows.map(\.reviewDueOn)))
            as u (practice, nhs_number, is_listed, listed_from, left_on, family, given, born, usual_gp, care_home,
                  symphony_score, symphony_scored_on, on_caseload, consented, key_worker, fopas_concern, reviewed_on,
                  review_due_on)
        on conflict (practice, nhs_number) do update set
            is_listed = excluded.is_listed, listed_from = excluded.listed_from, left_on = excluded.left_on,
            family = excluded.family, given = excluded.given, born = excluded.born, usual_gp = excluded.usual_gp,
            care_home = excluded.care_home, symphony_score = excluded.symphony_score,
            symphony_scored_on = excluded.symphony_scored_on, on_caseload = excluded.on_caseload,
            consented = excluded.consented, key_worker = excluded.key_worker, fopas_concern = excluded.fopas_concern,
            reviewed_on = excluded.reviewed_on, review_due_on = excluded.review_due_on
        """
    }

    // MARK: Points

    static let pointColumns: SQL = "practice, nhs_number, told_at, position, is_listed, listed_from, born"

    /// All points of people, whoever told them.
    static func selectPoints(of people: [NHSNumber], from table: String) -> SQL {
        """
        select \(pointColumns) from practice.\(identifier: table)
        where nhs_number = any (\(people.map(\.digits)))
        """
    }

    /// The points of one practice behind a position and up to another, in the order of its log.
    static func selectPoints(
        of practice: ODSPracticeCode, after position: Position, through end: Position, limit: Int, from table: String
    ) -> SQL {
        """
        select \(pointColumns) from practice.\(identifier: table)
        where practice = \(practice.rawValue) and position > \(position) and position <= \(end)
        order by position limit \(limit)
        """
    }

    static func decodePoints(_ result: PostgresResult, from table: String) throws -> [RegistrationPoint] {
        try result.map { try decodePoint($0, from: table) }
    }

    static func decodePoint(_ row: PostgresRow, from table: String) throws -> RegistrationPoint {
        var columns = ColumnReader(row)
        let practice: String = try columns.next()
        let number: String = try columns.next()
        let toldAt: Instant = try columns.next()
        let position: Position = try columns.next()
        let isListed: Bool = try columns.next()
        let from: String? = try columns.next()
        let born: String = try columns.next()
        guard let practice = ODSPracticeCode(practice), let person = NHSNumber(number), let born = LondonDay(born)
        else { throw ProjectionError.rowUnreadable(table: "practice." + table) }
        return RegistrationPoint(
            practice: practice, person: person, toldAt: toldAt, position: position, isListed: isListed,
            from: from.flatMap { LondonDay($0) }, born: born)
    }

    static func insert(_ points: [RegistrationPoint], into table: String) -> SQL {
        """
        insert into practice.\(identifier: table) (\(pointColumns))
        select * from unnest(
            \(points.map(\.practice.rawValue)), \(points.map(\.person.digits)), \(points.map(\.toldAt)), \
        \(points.map(\.position)), \(points.map(\.isListed)), \(points.map { $0.from?.text }), \
        \(points.map(\.born.text)))
        """
    }
}
