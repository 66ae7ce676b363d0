import CLibpq
import FoundationEssentials
import Glibc
import Synchronization

/// Ends a throwaway cluster when the process that started it ends, even by kill -9.
///
/// A small shell waits at a pipe of which only we hold the other end: when we are gone it reads the end of the file,
/// stops the server and deletes its directory.
final class ThrowawayKeeper: Sendable {
    private let pipe: Int32
    private let shell: pid_t
    private let isDismissed = Mutex(false)

    init(directory: String, socketDirectory: String) throws(PrivateClusterError) {
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC) == 0 else { throw .cannotRun(program: "/bin/sh", errno: errno) }
        defer { close(ends[0]) }
        do throws(PrivateClusterError) {
            shell = try ChildProcess.start(
                ["/bin/sh", "-c", Self.script, "pc-keeper", directory, socketDirectory], input: ends[0], output: nil)
        } catch {
            close(ends[1])
            throw error
        }
        pipe = ends[1]
    }

    /// The cluster is gone already: the shell finds nothing to do and is waited for.
    func dismiss() {
        let isFirst = isDismissed.withLock { isDismissed in
            defer { isDismissed = true }
            return !isDismissed
        }
        guard isFirst else { return }
        close(pipe)
        ChildProcess.wait(for: shell)
    }

    private static let script = """
        cat >/dev/null
        pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null)
        if [ -n "$pid" ] && [ "$(readlink "/proc/$pid/cwd")" = "$1/data" ]; then
            kill -QUIT "$pid"
            tries=0
            while [ -n "$(readlink "/proc/$pid/cwd")" ] && [ "$tries" -lt 200 ]; do
                sleep 0.05
                tries=$((tries + 1))
            done
        fi
        rm -rf "$1" "$2"
        """

    // MARK: Leftovers

    /// Directories are named `/tmp/pc-pg-<process>-<random>`.
    private static let prefix = "pc-pg-"

    static func newDirectory() -> String {
        "/tmp/\(prefix)\(getpid())-" + String(UInt32.random(in: 0...UInt32.max), radix: 36)
    }

    /// Clears away what dead processes have left, should their keeper have been killed as well.
    static func sweep() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? [] where name.hasPrefix(prefix) {
            let owner = name.dropFirst(prefix.count).split(separator: "-").first.flatMap { pid_t($0) }
            guard let owner, kill(owner, 0) != 0, errno == ESRCH else { continue }
            var status = stat()
            let directory = "/tmp/" + name
            guard lstat(directory, &status) == 0, status.st_uid == geteuid() else { continue }
            let process = ServerProcess(dataDirectory: directory + "/data")
            if let postmaster = process.postmaster { kill(postmaster, SIGQUIT) }
            process.endAll()
            // Another process may be sweeping the same at this moment.
            try? FileManager.default.removeItem(atPath: directory)
        }
    }
}
