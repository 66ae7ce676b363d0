import Postgres

/// The practices that have a row today: found by one step down the primary key each, not by reading all rows.
enum PracticesToday {
    /// A `with recursive` part; `today` has one column, `practice`, the last of which is null.
    static let found: SQL = """
        today as (
            (select e.practice from practice.encounter e order by e.practice limit 1)
            union all
            select (select e.practice from practice.encounter e where e.practice > today.practice
                    order by e.practice limit 1)
            from today where today.practice is not null)
        """

    /// Gives their codes.
    static let select: SQL = "with recursive \(found) select practice from today where practice is not null"
}
