import EventLog
import EventSourcing
import Postgres

/// The statement that reads one page of a list, and records in the same breath which patients it shows.
///
/// Row-level security narrows to the access record's practice; the explicit `practice =` lets the index find it. The
/// window counts from when we were told, the order is by when it happened. The conditions repeat those of the partial
/// indexes word for word.
struct ListQuery: Sendable {
    let list: PracticeList
    let practice: String
    /// Told after this instant, not at it: windows that follow each other neither overlap nor leave a gap.
    let since: Instant?
    let limit: Int
    let cursor: ListCursor?

    /// Columns: those of `EncounterTable`, then the total, and how many patients were noted as shown.
    /// One line more than the limit, if there is one; one row of NULLs with the total if there is no line.
    var statement: SQL {
        """
        with page as materialized (
            select e.*, \(sortKey) as sort_key from practice.encounter e
            where \(condition) \(after) order by \(order) limit \(limit + 1)
        )
        select \(EncounterTable.columns), counted.total, noted.shown
        from (select count(*) as total from practice.encounter e where \(condition)) counted
        cross join (select audit.record_shown(array(
            select page.patient_ref from page order by \(pageOrder) limit \(limit))) as shown) noted
        left join page e on true
        order by \(order)
        """
    }

    private var condition: SQL { "e.practice = \(practice) and \(membership) \(window)" }

    private var membership: SQL {
        switch list {
        case .admissions: "e.class = 'inpatient' and e.status in ('arrived', 'in-progress', 'onleave', 'finished')"
        case .inHospital: "e.class = 'inpatient' and e.status in ('arrived', 'in-progress', 'onleave')"
        case .discharges: "e.class = 'inpatient' and e.status = 'finished'"
        case .attendances: "e.is_attendance and e.status in ('arrived', 'in-progress', 'onleave', 'finished')"
        case .corrected: "e.class <> 'preadmit' and e.status in ('cancelled', 'entered-in-error', 'withdrawn')"
        }
    }

    private var window: SQL {
        guard let since else { return "" }
        switch list {
        case .admissions: return "and e.admitted_told_at > \(since)"
        case .inHospital: return ""
        case .discharges: return "and e.discharged_told_at > \(since)"
        case .attendances: return "and greatest(e.arrived_told_at, e.discharged_told_at) > \(since)"
        case .corrected: return "and coalesce(e.withdrawn_at, e.last_told_at) > \(since)"
        }
    }

    private var sortKey: SQL {
        switch list {
        case .admissions, .inHospital, .attendances: "e.started_at"
        case .discharges: "coalesce(e.ended_at, e.last_told_at)"
        case .corrected: "coalesce(e.withdrawn_at, e.last_told_at)"
        }
    }

    private var after: SQL {
        guard let cursor else { return "" }
        let key = cursor.sortedBy
        switch list {
        case .inHospital: return "and (\(sortKey), e.encounter_ref) > (\(key), \(cursor.encounterRef))"
        case .admissions, .discharges, .attendances, .corrected:
            return "and (\(sortKey), e.encounter_ref) < (\(key), \(cursor.encounterRef))"
        }
    }

    private var order: SQL {
        switch list {
        case .inHospital: "\(sortKey), e.encounter_ref"
        case .admissions, .discharges, .attendances, .corrected: "\(sortKey) desc, e.encounter_ref desc"
        }
    }

    private var pageOrder: SQL {
        switch list {
        case .inHospital: "page.sort_key, page.encounter_ref"
        case .admissions, .discharges, .attendances, .corrected: "page.sort_key desc, page.encounter_ref desc"
        }
    }
}
