import Postgres

/// The functions of the database that guard a rebuild.
enum RebuildStatements {
    /// Empties the shadow tables and takes them; gives the rebuild's id.
    static let begin: SQL = "select practice.begin_rebuild()::text"

    /// Fails with SQLSTATE 55000 unless the shadow tables belong to this rebuild.
    static func hold(_ rebuild: String) -> SQL { "select practice.hold_rebuild(\(rebuild)::uuid)" }

    /// Makes the indexes of the shadow tables that `begin` took away: one of several parts, which may be made at once.
    static func index(_ rebuild: String, part: Int32, of parts: Int32) -> SQL {
        "select practice.index_rebuild(\(rebuild)::uuid, \(part), \(parts))"
    }

    /// Stops every live projector at its next transaction, until this one ends.
    static let lockCheckpoints: SQL = "lock table practice.checkpoint in share row exclusive mode"

    /// Makes the shadow tables, made with this basis, the live ones.
    static func swap(_ rebuild: String, _ basis: ViewBasis) -> SQL {
        "select practice.swap_rebuild(\(rebuild)::uuid, \(basis.stored))"
    }
}
