import EventSourcing
import Postgres

/// The statements that read rows of one practice outside its lists, and record in the same breath whom they show.
///
/// Each gives the columns of `EncounterTable`, and one row of NULLs where there is nothing, so that a look which shows
/// nobody is recorded as that. Refs are unique within a hospital, and no key begins with them: each hospital of the
/// practice is looked up in turn (`hospitals`), a handful of steps down an index.
enum DetailStatements {
    /// The row of an encounter.
    static func encounter(_ ref: String, of practice: String) -> SQL {
        shown(
            """
            \(hospitals(of: practice))
            found as materialized (
                select e.* from practice.encounter e
                where e.practice = \(practice) and \(isOfTheirs) and e.encounter_ref = \(ref)
            )
            """)
    }

    /// The rows of a patient, and those of other hospitals that tell the same NHS number; the latest first.
    static func patient(_ ref: String, of practice: String) -> SQL {
        shown(
            """
            \(hospitals(of: practice))
            own as materialized (
                select e.* from practice.encounter e
                where e.practice = \(practice) and \(isOfTheirs) and e.patient_ref = \(ref)
            ),
            found as materialized (
                (select own.* from own
                 union all
                 select e.* from practice.encounter e
                 where e.practice = \(practice) and e.status <> 'withdrawn' and e.patient_ref <> \(ref)
                   and \(CandidateQuery.person) = any (array(
                       select own.nhs_number from own where own.status <> 'withdrawn' and own.nhs_number is not null)))
                order by started_at desc, encounter_ref desc limit \(DetailReader.rowsMax)
            )
            """)
    }

    /// The rows of the patients who bear an NHS number, in no other way than by this number; withdrawn ones are not.
    static func bearing(_ nhsNumber: String, of practice: String) -> SQL {
        shown(
            """
            with found as materialized (
                select e.* from practice.encounter e
                where e.practice = \(practice) and \(CandidateQuery.person) = \(nhsNumber) and e.status <> 'withdrawn'
                order by e.started_at desc, e.encounter_ref desc limit \(DetailReader.rowsMax)
            )
            """)
    }

    /// One row of each of these patients: the latest, and of those not withdrawn if there is one. Noted as shown.
    static func patients(_ refs: [String], of practice: String) -> SQL {
        shown(
            """
            \(hospitals(of: practice))
            found as materialized (
                select distinct on (e.patient_ref) e.* from practice.encounter e
                where e.practice = \(practice) and \(isOfTheirs) and e.patient_ref = any (\(refs))
                order by e.patient_ref, e.status = 'withdrawn', e.last_told_at desc, e.encounter_ref desc
            )
            """)
    }

    /// Whether a place stands in a row that may tell it; no patient is shown.
    static func place(_ place: PlaceKey, of practice: String) -> SQL {
        """
        select exists (
            select from practice.encounter e
            where e.practice = \(practice) and e.hospital = \(place.hospital) and not e.restricted
              and coalesce(e.site, '') = \(place.site ?? "") and coalesce(e.ward, '') = \(place.ward ?? ""))
        """
    }

    /// Notes whom this transaction shows.
    static func recordShown(_ refs: [String]) -> SQL {
        "select audit.record_shown(\(refs))"
    }

    /// Finds the hospitals of a practice by as many steps down the key as there are hospitals.
    private static func hospitals(of practice: String) -> SQL {
        """
        with recursive theirs as (
            (select e.hospital from practice.encounter e
             where e.practice = \(practice) order by e.hospital limit 1)
            union all
            select (select e.hospital from practice.encounter e
                    where e.practice = \(practice) and e.hospital > theirs.hospital order by e.hospital limit 1)
            from theirs where theirs.hospital is not null
        ),
        """
    }

    private static let isOfTheirs: SQL = "e.hospital = any (array(select theirs.hospital from theirs))"

    private static func shown(_ found: SQL) -> SQL {
        """
        \(found)
        select \(EncounterTable.columns)
        from (select audit.record_shown(array(select found.patient_ref from found)) as shown) noted
        left join found e on true
        order by e.started_at desc, e.encounter_ref desc
        """
    }
}
