import EventSourcing
import Postgres

/// By which ref a practice knows the patient of an act now.
///
/// An act keeps the ref that its patient had when it was done. When a hospital joins the record to another, the patient
/// goes on under that one's ref, and rows name those that went before theirs (`practice.encounter.former_refs`); when
/// the records are parted again, so are the acts. Row-level security narrows to the access record's practice.
enum PresentRef {
    /// Refs that others have taken the place of: columns `former` and `ref`, one line a former ref.
    static func replaced(of practice: String) -> SQL {
        """
        select distinct on (f.former) f.former, e.patient_ref as ref
        from practice.encounter e cross join lateral unnest(e.former_refs) as f (former)
        where e.practice = \(practice) and e.former_refs is not null and e.status <> 'withdrawn'
        order by f.former, e.last_told_at desc
        """
    }

    /// The ref that counts now for that in a column, where a `with` part named `replaced` stands before.
    static func of(_ column: SQL) -> SQL {
        "coalesce((select n.ref from replaced n where n.former = \(column)), \(column))"
    }

    /// The ref that has taken the place of one; no row where none has.
    static func select(_ former: String, of practice: String) -> SQL {
        "select n.ref from (\(replaced(of: practice))) n where n.former = \(former)"
    }

    /// Reads what `replaced` gives.
    static func decode(_ result: PostgresResult) throws(PostgresError) -> [String: String] {
        var refs: [String: String] = [:]
        for row in result {
            let (former, ref) = try row.decode(String.self, String.self)
            refs[former] = ref
        }
        return refs
    }
}
