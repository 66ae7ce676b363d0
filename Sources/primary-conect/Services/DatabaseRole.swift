/// The PostgreSQL roles that our processes log in as, each with the least it needs (schema/README.md).
enum DatabaseRole: String, CaseIterable {
    case ingest = "primary_conect_ingest"
    case projector = "primary_conect_projector"
    case service = "primary_conect_service"
    case auditor = "primary_conect_auditor"
    case monitor = "primary_conect_monitor"
    /// Deals with what is held back, and with joined identities.
    case `operator` = "primary_conect_operator"
    /// Runs migrations: a superuser in a private cluster, a login member of the owner elsewhere.
    case migrator = "postgres"

    /// The setting that overrides the connection string for this role: `database.ingest`.
    var setting: String {
        switch self {
        case .ingest: "database.ingest"
        case .projector: "database.projector"
        case .service: "database.service"
        case .auditor: "database.auditor"
        case .monitor: "database.monitor"
        case .operator: "database.operator"
        case .migrator: "database.migrator"
        }
    }
}
