import Postgres

/// Starts the PostgreSQL of a stopped installation, to look at what it kept.
enum PrivateClusterBriefly {
    static func start(_ directory: SystemDirectory) throws -> PrivateCluster {
        try PrivateCluster.start(at: "\(directory.path)/postgresql", durability: .full)
    }
}
