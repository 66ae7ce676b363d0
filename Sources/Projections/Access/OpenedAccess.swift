import EventSourcing
import Postgres

/// What `audit.open_access` gives back.
struct OpenedAccess {
    let id: String
    let at: Instant

    init(_ result: PostgresResult) throws {
        var columns = ColumnReader(result[0])
        id = try columns.next()
        at = try columns.next()
    }
}
