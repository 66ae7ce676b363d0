import FoundationEssentials
import Glibc

/// Makes the directories and files of a private cluster with the right owner.
enum ServerDirectories {
    /// Makes the cluster's directory, ours, which others may pass through.
    static func makeParent(_ path: String) throws(PrivateClusterError) {
        if FileManager.default.fileExists(atPath: path) { return }
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw .directoryUnusable(path: path, reason: "it cannot be made")
        }
        chmod(path, 0o755)
    }

    /// Makes a directory of the server's own (mode 0700), or makes sure that it is that.
    static func make(_ path: String, for user: ServerUser) throws(PrivateClusterError) {
        if mkdir(path, 0o700) == 0 {
            guard !user.isOther || chown(path, user.uid, user.gid) == 0 else {
                throw .directoryUnusable(path: path, reason: "it cannot be given to the server's user: error \(errno)")
            }
            return
        }
        guard errno == EEXIST else { throw .directoryUnusable(path: path, reason: "it cannot be made: error \(errno)") }
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == user.uid,
            status.st_mode & 0o077 == 0
        else {
            throw .directoryUnusable(path: path, reason: "it is not a directory of the server's user with mode 0700")
        }
    }

    /// Makes sure that the server's user can pass through the directory and those above it.
    static func check(_ path: String, reachableBy user: ServerUser) throws(PrivateClusterError) {
        guard user.isOther else { return }
        do throws(PrivateClusterError) {
            try ChildProcess.run(user.command(["/usr/bin/test", "-x", path]))
        } catch {
            throw .directoryUnusable(path: path, reason: "user \(user.uid), as whom the server runs, cannot enter it")
        }
    }

    /// Writes a file of the server's own, whole or not at all.
    static func write(_ text: String, to path: String, for user: ServerUser) throws(PrivateClusterError) {
        let new = path + ".new"
        do {
            try text.write(toFile: new, atomically: false, encoding: .utf8)
        } catch {
            throw .directoryUnusable(path: path, reason: "it cannot be written")
        }
        chmod(new, 0o600)
        guard !user.isOther || chown(new, user.uid, user.gid) == 0, rename(new, path) == 0 else {
            throw .directoryUnusable(path: path, reason: "it cannot be written: error \(errno)")
        }
    }
}
