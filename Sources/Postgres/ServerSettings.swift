/// The settings a private cluster starts with: written anew at each start, the caller's own last.
struct ServerSettings {
    static let fileName = "primary-conect.conf"

    let durability: PrivateCluster.Durability
    let socketDirectory: String
    let own: [String: String]

    /// The file's text.
    var text: String {
        var settings: [(String, String)] = [
            ("listen_addresses", ""),
            ("port", "5432"),
            ("unix_socket_directories", socketDirectory),
            ("timezone", "UTC"),
            ("log_timezone", "UTC"),
            // No statement and no DETAIL in the log: both hold values.
            ("log_min_error_statement", "panic"),
            ("log_error_verbosity", "terse"),
        ]
        switch durability {
        case .full:
            settings += [("fsync", "on"), ("synchronous_commit", "on"), ("full_page_writes", "on")]
        case .none:
            // Replication stays possible: without WAL senders no commit would wait for a standby that a test demands.
            settings += [("fsync", "off"), ("synchronous_commit", "off"), ("full_page_writes", "off")]
        }
        settings += own.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        return "# Written at each start: changes do not last.\n"
            + settings.map { name, value in
                "\(name) = '\(value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'\n"
            }.joined()
    }
}
