package import EventSourcing
import Postgres

/// Which encounters of a practice are wanted, in which order, from where on.
///
/// Everything given narrows: conditions of one kind are alternatives within their list, and an empty list asks nothing.
/// What began when is read as `started_at` and `ended_at` of the view; an open encounter has no end.
package struct EncounterSearch: Sendable, Hashable {
    /// A span of time on one side or the other of which something must lie; both ends belong to it.
    package struct Span: Sendable, Hashable {
        /// How an encounter must lie to the span (FHIR R4 search, prefixes).
        package enum Relation: String, Sendable, CaseIterable {
            /// Wholly within it.
            case equal = "eq"
            /// Not wholly within it.
            case notEqual = "ne"
            /// With a part after it.
            case greater = "gt"
            /// With a part before it.
            case less = "lt"
            /// With a part at or after its beginning.
            case greaterOrEqual = "ge"
            /// With a part at or before its end.
            case lessOrEqual = "le"
            /// Wholly after it.
            case startsAfter = "sa"
            /// Wholly before it.
            case endsBefore = "eb"
        }

        package var relation: Relation
        package var first: Instant
        package var last: Instant

        package init(_ relation: Relation, first: Instant, last: Instant) {
            self.relation = relation
            self.first = first
            self.last = last
        }
    }

    /// Where a page begins: behind this row.
    package struct Place: Sendable, Hashable {
        package var startedAt: Instant
        package var encounterRef: String

        package init(startedAt: Instant, encounterRef: String) {
            self.startedAt = startedAt
            self.encounterRef = encounterRef
        }
    }

    /// Refs of encounters.
    package var refs: [String] = []
    /// Refs of patients.
    package var patients: [String] = []
    /// Statuses of the view; `withdrawn` is asked for by why a row was withdrawn.
    package var statuses: [String] = []
    /// Why a row was withdrawn, as an alternative to `statuses`.
    package var withdrawals: [WithdrawalReason] = []
    /// Classes of the view.
    package var classes: [String] = []
    /// Hospitals; a restricted patient's encounters are at none of them (product.md 4.9).
    package var hospitals: [String] = []
    /// Each must hold of the time of the encounter.
    package var happened: [Span] = []
    /// Each must hold of the instant when we last learned something of it.
    package var told: [Span] = []
    /// The earliest first, rather than the latest.
    package var isAscending = false
    /// 1...200.
    package var limit = 50
    /// Behind which row the page begins.
    package var after: Place?

    package init() {}

    /// The page, and whom it shows; one line more than the limit, if there is one.
    func statement(of practice: String) -> SQL {
        """
        with page as materialized (
            select e.* from practice.encounter e
            where e.practice = \(practice) \(conditions) order by \(order("e")) limit \(limit + 1)
        )
        select \(EncounterTable.columns)
        from (select audit.record_shown(array(
            select page.patient_ref from page order by \(order("page")) limit \(limit))) as shown) noted
        left join page e on true
        order by \(order("e"))
        """
    }

    private var conditions: SQL {
        var sql: SQL = ""
        if !refs.isEmpty { sql = "\(sql) and e.encounter_ref = any (\(refs))" }
        if !patients.isEmpty { sql = "\(sql) and e.patient_ref = any (\(patients))" }
        if !statuses.isEmpty || !withdrawals.isEmpty {
            let reasons = withdrawals.map(\.rawValue)
            sql = """
                \(sql) and (e.status = any (\(statuses))
                            or e.status = 'withdrawn' and e.withdrawn_reason = any (\(reasons)))
                """
        }
        if !classes.isEmpty { sql = "\(sql) and e.class = any (\(classes))" }
        if !hospitals.isEmpty { sql = "\(sql) and e.hospital = any (\(hospitals)) and not e.restricted" }
        for span in happened { sql = "\(sql) and \(Self.happened(span))" }
        for span in told { sql = "\(sql) and \(Self.told(span))" }
        if let after {
            let (at, ref) = (after.startedAt, after.encounterRef)
            sql =
                isAscending
                ? "\(sql) and (e.started_at, e.encounter_ref) > (\(at), \(ref))"
                : "\(sql) and (e.started_at, e.encounter_ref) < (\(at), \(ref))"
        }
        return sql
    }

    private func order(_ table: String) -> SQL {
        isAscending
            ? "\(identifier: table).started_at, \(identifier: table).encounter_ref"
            : "\(identifier: table).started_at desc, \(identifier: table).encounter_ref desc"
    }

    private static func happened(_ span: Span) -> SQL {
        let (first, last) = (span.first, span.last)
        let end: SQL = "coalesce(e.ended_at, 'infinity')"
        return switch span.relation {
        case .equal: "(e.started_at >= \(first) and \(end) <= \(last))"
        case .notEqual: "not (e.started_at >= \(first) and \(end) <= \(last))"
        case .greater: "\(end) > \(last)"
        case .less: "e.started_at < \(first)"
        case .greaterOrEqual: "\(end) >= \(first)"
        case .lessOrEqual: "e.started_at <= \(last)"
        case .startsAfter: "e.started_at > \(last)"
        case .endsBefore: "\(end) < \(first)"
        }
    }

    private static func told(_ span: Span) -> SQL {
        let (first, last) = (span.first, span.last)
        let told: SQL = "coalesce(e.withdrawn_at, e.last_told_at)"
        return switch span.relation {
        case .equal: "\(told) between \(first) and \(last)"
        case .notEqual: "\(told) not between \(first) and \(last)"
        case .greater, .startsAfter: "\(told) > \(last)"
        case .less, .endsBefore: "\(told) < \(first)"
        case .greaterOrEqual: "\(told) >= \(first)"
        case .lessOrEqual: "\(told) <= \(last)"
        }
    }
}
