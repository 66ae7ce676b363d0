import EventLog
import EventSourcing
import Postgres

/// The statement that reads the lines of a page in full, and records in the same breath which patients it shows.
///
/// Row-level security narrows to the access record's practice; a key that is not its own reads nothing. Refs are of one
/// hospital each, so lists of both find the rows of the keys and no others, each by its place in the index.
struct ListQuery: Sendable {
    let practice: String
    let keys: [EncounterTable.RowKey]

    /// Columns: those of `EncounterTable`, then how many patients were noted as shown. In no order; one row of NULLs if
    /// there is no line.
    var statement: SQL {
        """
        with page as materialized (
            select e.* from practice.encounter e
            where e.practice = \(practice) and e.hospital = any (\(Array(Set(keys.map(\.hospital))).sorted()))
              and e.encounter_ref = any (\(keys.map(\.encounterRef)))
        )
        select \(EncounterTable.columns), noted.shown
        from (select audit.record_shown(array(select page.patient_ref from page)) as shown) noted
        left join page e on true
        """
    }

    /// The rows by encounter.
    func decode(_ result: PostgresResult) throws -> [EncounterTable.RowKey: EncounterRow] {
        var rows: [EncounterTable.RowKey: EncounterRow] = [:]
        for row in result {
            // Of an empty page there is one row, with no line.
            let practice: String? = try row.decode(0, as: String?.self)
            guard practice != nil else { continue }
            let read = try EncounterTable.decode(row)
            guard let hospital = read.hospital else { throw ProjectionError.rowUnreadable(table: "encounter") }
            rows[EncounterTable.RowKey(read, of: hospital)] = read
        }
        return rows
    }
}
