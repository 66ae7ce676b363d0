import Glibc

/// The user under whom a server runs: PostgreSQL refuses to run as root.
struct ServerUser: Sendable, Hashable {
    let uid: uid_t
    let gid: gid_t
    /// Whether that is another than we are, so that a program must be told to change.
    let isOther: Bool

    /// Ourselves, or if we are root `postgres`, else `nobody`.
    static func current() throws(PrivateClusterError) -> ServerUser {
        guard geteuid() == 0 else { return ServerUser(uid: geteuid(), gid: getegid(), isOther: false) }
        for name in ["postgres", "nobody"] {
            if let user = look(name) { return user }
        }
        throw .directoryUnusable(path: "/etc/passwd", reason: "neither postgres nor nobody is a user here")
    }

    private static func look(_ name: String) -> ServerUser? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16_384) { buffer in
            // A buffer of some length has a base address. It holds the strings of the entry, of which only the two
            // numbers are taken.
            guard getpwnam_r(name, &entry, buffer.baseAddress!, buffer.count, &found) == 0, found != nil else {
                return nil
            }
            return ServerUser(uid: entry.pw_uid, gid: entry.pw_gid, isOther: true)
        }
    }

    /// A command line that runs as this user.
    func command(_ arguments: [String]) -> [String] {
        guard isOther else { return arguments }
        return ["/usr/bin/setpriv", "--reuid=\(uid)", "--regid=\(gid)", "--clear-groups", "--"] + arguments
    }
}
