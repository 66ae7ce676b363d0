import FoundationEssentials
import Glibc

/// The processes of a server, found by the data directory in which each of them works.
///
/// A process number alone proves nothing: it may be in use again. The working directory does.
struct ServerProcess: Sendable {
    let dataDirectory: String

    /// The postmaster that `postmaster.pid` names, if it lives and is this directory's.
    var postmaster: pid_t? {
        guard let text = try? String(contentsOfFile: dataDirectory + "/postmaster.pid", encoding: .utf8),
            let pid = text.split(separator: "\n").first.flatMap({ pid_t($0) }), isOurs(pid)
        else { return nil }
        return pid
    }

    /// All processes that work in the data directory: the postmaster and its children.
    var all: [pid_t] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap { pid_t($0) }.filter(isOurs)
    }

    /// A dead process that nobody has collected has no working directory, so it counts as gone. A shell that somebody
    /// opened there is not a server.
    private func isOurs(_ pid: pid_t) -> Bool {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/cwd")) == resolved
            && (try? String(contentsOfFile: "/proc/\(pid)/comm", encoding: .utf8)) == "postgres\n"
    }

    private var resolved: String {
        guard let path = realpath(dataDirectory, nil) else { return dataDirectory }
        defer { free(path) }
        return String(cString: path)
    }

    /// Waits until no process is left, true if so within the time. Blocks the calling thread.
    func waitUntilGone(_ limit: Duration) -> Bool {
        let deadline = ContinuousClock.now + limit
        while !all.isEmpty {
            guard .now < deadline else { return false }
            // The server's processes are not our children: there is nothing to wait on.
            usleep(5_000)
        }
        return true
    }

    /// Sees to it that no process is left of a server whose postmaster is gone or going: a new one could not start
    /// beside them. They end by themselves when they notice; those that do not within a second are ended.
    func endAll() {
        if waitUntilGone(.seconds(1)) { return }
        for signal in [SIGQUIT, SIGKILL] {
            for pid in all { kill(pid, signal) }
            if waitUntilGone(.seconds(5)) { return }
        }
    }
}
