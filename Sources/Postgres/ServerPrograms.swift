import FoundationEssentials

/// The directory of the PostgreSQL server's programs.
package struct ServerPrograms: Sendable {
    package let directory: String

    /// Finds them: where `pg_config` says, then where Debian keeps them, newest first, then along PATH.
    ///
    /// With `major` only that version counts: data of one major version cannot be read by another.
    package static func find(major: String? = nil) throws(PrivateClusterError) -> ServerPrograms {
        var candidates: [String] = []
        let paths = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":").map(String.init)
        if let config = paths.map({ $0 + "/pg_config" }).first(where: FileManager.default.isExecutableFile) {
            // Without its answer the other places remain.
            if let said = try? ChildProcess.run([config, "--bindir"]) {
                candidates.append(said.split(separator: "\n").first.map(String.init) ?? "")
            }
        }
        let debian = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: debian)) ?? []
        candidates += versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "\(debian)/\($0)/bin" }
        candidates += paths
        for candidate in candidates where isWhole(candidate) {
            if let major, version(of: candidate) != major { continue }
            return ServerPrograms(directory: candidate)
        }
        throw .programsMissing(version: major)
    }

    package func path(_ program: String) -> String { "\(directory)/\(program)" }

    private static func isWhole(_ directory: String) -> Bool {
        ["initdb", "pg_ctl", "postgres"].allSatisfy {
            FileManager.default.isExecutableFile(atPath: "\(directory)/\($0)")
        }
    }

    /// The major version as in PG_VERSION: `postgres (PostgreSQL) 15.18 (…)` is 15.
    private static func version(of directory: String) -> String? {
        guard let said = try? ChildProcess.run(["\(directory)/postgres", "--version"]) else { return nil }
        return said.firstMatch(of: #/\) (\d+)/#).map { String($0.1) }
    }
}
