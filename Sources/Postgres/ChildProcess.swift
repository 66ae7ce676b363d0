import CLibpq
import FoundationEssentials
import Glibc

/// Programs run beside us, each in a session of its own so that Ctrl-C at the terminal is not theirs.
///
/// Nothing of ours is inherited but what is named: descriptors from 3 are closed, signals are at their defaults.
/// Blocks the calling thread.
enum ChildProcess {
    /// Runs a program to its end; what it wrote, or an error with its last words.
    @discardableResult
    static func run(_ command: [String], directory: String = "/") throws(PrivateClusterError) -> String {
        let program = command.first ?? ""
        var template = Array("/tmp/pc-run-XXXXXX".utf8CString)
        let output = mkstemp(&template)
        guard output >= 0 else { throw .cannotRun(program: program, errno: errno) }
        // The name is not needed: the descriptor is enough.
        unlink(template)
        defer { close(output) }
        let child = try start(command, input: nil, output: output, directory: directory)
        let status = wait(for: child)
        let text = read(output)
        if status != 0 {
            throw .failed(program: lastComponent(command, program), output: tail(text))
        }
        return text
    }

    /// Starts a program and returns its process number; it must be waited for.
    static func start(
        _ command: [String], input: Int32?, output: Int32?, directory: String = "/"
    ) throws(PrivateClusterError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        } else {
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        }
        for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
            if let output {
                posix_spawn_file_actions_adddup2(&actions, output, descriptor)
            } else {
                posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
            }
        }
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        posix_spawn_file_actions_addchdir_np(&actions, directory)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        // POSIX_SPAWN_SETSID is behind _GNU_SOURCE; its value is part of the ABI (spawn.h).
        let newSession: Int16 = 0x80
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF) | newSession)

        var child = pid_t()
        let failure = withArguments(command) { arguments in
            withArguments(environment) {
                posix_spawn(&child, command.first ?? "", &actions, &attributes, arguments, $0)
            }
        }
        guard failure == 0 else { throw .cannotRun(program: command.first ?? "", errno: failure) }
        return child
    }

    /// Waits for a child and gives its exit status; 128 and more for a signal.
    @discardableResult
    static func wait(for child: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            // Somebody else has collected it, and with it its status.
            if errno != EINTR { return 0 }
        }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }

    /// What programs are told of the outside: no HOME of ours, messages in English.
    private static let environment = ["PATH=/usr/bin:/bin", "LC_ALL=C", "LANG=C", "HOME=/", "TZ=UTC"]

    private static func withArguments<R>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> R
    ) -> R {
        CStrings.with(strings) { pointer in
            // posix_spawn takes pointers to mutable characters but does not change them (POSIX, posix_spawn).
            pointer.withMemoryRebound(to: UnsafeMutablePointer<CChar>?.self, capacity: strings.count + 1) { body($0) }
        }
    }

    private static func read(_ descriptor: Int32) -> String {
        lseek(descriptor, 0, SEEK_SET)
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &piece, piece.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += piece.prefix(count)
        }
    }

    /// The program's name, without the one that only changes the user.
    private static func lastComponent(_ command: [String], _ program: String) -> String {
        let named = command.firstIndex(of: "--").map { command[$0 + 1] } ?? program
        return named.split(separator: "/").last.map(String.init) ?? named
    }

    /// The last lines of what a program wrote.
    static func tail(_ text: String) -> String {
        text.split(separator: "\n").suffix(8).joined(separator: "; ")
    }
}
