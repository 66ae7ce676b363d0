import CLibpq

/// The hosts of a connection string as single attempts, each with its own time.
///
/// Asynchronous libpq walks through several hosts by itself but knows no time limit, so that one host that swallows
/// packets would use up the whole deadline. Therefore each host is tried alone. `prefer-standby` means: all hosts as
/// `standby`, then all as `any`, as libpq does (PostgreSQL manual 34.1.1.3).
struct ConnectionAttempts {
    /// Keyword and value, in the order given to `PQconnectStartParams`.
    typealias Options = [(keyword: String, value: String)]

    private(set) var attempts: [Options]
    /// The time for each attempt, from `connect_timeout`; nil shares out the whole deadline.
    let attemptTimeout: Duration?

    init(_ configuration: PostgresConfiguration) throws(PostgresError) {
        var given = try Self.parse(configuration.connectionString)
        if !given.contains(where: { $0.keyword == "fallback_application_name" }) {
            given.append(("fallback_application_name", configuration.applicationName))
        }
        given.removeAll { $0.keyword == "client_encoding" }
        given.append(("client_encoding", "UTF8"))

        let seconds = given.first { $0.keyword == "connect_timeout" }.flatMap { Int($0.value) } ?? 0
        attemptTimeout = seconds > 0 ? .seconds(seconds) : nil

        let hosts = Self.list("host", in: given)
        let addresses = Self.list("hostaddr", in: given)
        let ports = Self.list("port", in: given)
        let count = max(hosts.count, addresses.count, 1)
        for list in [hosts, addresses] where !list.isEmpty && list.count != count {
            throw PostgresError(.connectionFailed, message: "connection string: host and hostaddr differ in number")
        }
        guard ports.count <= 1 || ports.count == count else {
            throw PostgresError(.connectionFailed, message: "connection string: port and host differ in number")
        }

        let shared = given.filter { !["host", "hostaddr", "port"].contains($0.keyword) }
        let single = (0..<count).map { index in
            var options = shared
            if !hosts.isEmpty { options.append(("host", hosts[index])) }
            if !addresses.isEmpty { options.append(("hostaddr", addresses[index])) }
            if !ports.isEmpty { options.append(("port", ports.count == 1 ? ports[0] : ports[index])) }
            return options
        }
        let prefersStandby = given.contains { $0.keyword == "target_session_attrs" && $0.value == "prefer-standby" }
        guard prefersStandby else {
            attempts = single
            return
        }
        attempts = ["standby", "any"].flatMap { attributes in
            single.map { options in
                options.filter { $0.keyword != "target_session_attrs" } + [("target_session_attrs", attributes)]
            }
        }
    }

    private static func list(_ keyword: String, in options: Options) -> [String] {
        guard let value = options.first(where: { $0.keyword == keyword })?.value, !value.isEmpty else { return [] }
        return value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }

    /// The options that the string sets, read by libpq.
    private static func parse(_ connectionString: String) throws(PostgresError) -> Options {
        var fault: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(connectionString, &fault) else {
            // libpq's message may quote the string, and with it a password.
            PQfreemem(fault)
            throw PostgresError(.connectionFailed, message: "the connection string cannot be read")
        }
        defer { PQconninfoFree(options) }
        var given: Options = []
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                given.append((String(cString: keyword), String(cString: value)))
            }
            option += 1
        }
        return given
    }
}
