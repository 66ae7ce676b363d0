/// A database's schema as text: what the sum of the migrations is, for comparing and for reading.
///
/// pg_dump's own words without what changes from one version or machine to the next: comments, settings, and its random
/// restriction keys. Owners and grants are kept, `migration` (the bookkeeping) is left out.
package enum SchemaSnapshot {
    /// Dumps the schema; blocks the calling thread.
    package static func take(connectionString: String, programs: ServerPrograms) throws(PrivateClusterError) -> String {
        let dump = try ChildProcess.run([
            programs.path("pg_dump"), "--schema-only", "--exclude-schema=migration", "--dbname=" + connectionString,
        ])
        return normalised(dump)
    }

    static func normalised(_ dump: String) -> String {
        var lines: [Substring] = []
        for line in dump.split(separator: "\n", omittingEmptySubsequences: false) {
            let isNoise =
                line.hasPrefix("--") || line.hasPrefix("SET ") || line.hasPrefix("SELECT pg_catalog.set_config")
                || line.hasPrefix("\\restrict") || line.hasPrefix("\\unrestrict")
            if isNoise || (line.isEmpty && lines.last?.isEmpty ?? true) { continue }
            lines.append(line)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }
}
