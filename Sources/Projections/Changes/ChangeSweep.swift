package import EventSourcing
package import Postgres

/// Deletes from the journals what is older than cursors are valid.
///
/// The pool logs in as `primary_conect_projector`.
package struct ChangeSweep: Sendable {
    /// Days for which changes are kept unless a setting says otherwise (product.md 5.3).
    package static let keptDaysDefault = 90
    /// Lines deleted in one transaction.
    static let linesMax: Int32 = 5_000

    private let pool: PostgresPool

    /// Sweeps through a pool.
    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// Deletes the lines made before an instant; gives how many.
    @discardableResult
    package func run(before instant: Instant) async throws -> Int64 {
        var swept: Int64 = 0
        while true {
            let result = try await pool.query(ChangeTable.sweep(before: instant, linesMax: Self.linesMax))
            let count: Int64 = try result.first?.decode(0) ?? 0
            swept += count
            if count < Self.linesMax { return swept }
        }
    }
}
