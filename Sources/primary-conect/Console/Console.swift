import Foundation
import Synchronization

/// Standard output for answers, standard error for messages and progress.
enum Console {
    private static let lock = Mutex(())

    static func out(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }
    static func outRaw(_ text: String) { write(text, to: STDOUT_FILENO) }
    static func error(_ text: String) { write(text + "\n", to: STDERR_FILENO) }
    static func errorRaw(_ text: String) { write(text, to: STDERR_FILENO) }
    /// Bytes as they are, with no line feed behind them.
    static func outRaw(_ bytes: [UInt8]) { write(bytes[...], to: STDOUT_FILENO) }

    static var outIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
    static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Whether answers may be coloured: a terminal, no `NO_COLOR`, not `TERM=dumb` (no-color.org).
    static var colours: Bool {
        let environment = ProcessInfo.processInfo.environment
        return outIsTerminal && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
    }

    /// A state word, coloured where that helps and always spelt out.
    static func mark(_ state: CheckState) -> String {
        guard colours else { return state.rawValue }
        return switch state {
        case .ok: "\u{1B}[32mOK\u{1B}[0m"
        case .warn: "\u{1B}[33mWARN\u{1B}[0m"
        case .fail: "\u{1B}[31mFAIL\u{1B}[0m"
        }
    }

    private static func write(_ text: String, to descriptor: Int32) {
        write(Array(text.utf8)[...], to: descriptor)
    }

    private static func write(_ all: ArraySlice<UInt8>, to descriptor: Int32) {
        lock.withLock { _ in
            var bytes = all
            while !bytes.isEmpty {
                // The unsafe view is read and does not outlive the call.
                let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if written < 0 && errno == EINTR { continue }
                if written <= 0 { return }
                bytes = bytes.dropFirst(written)
            }
        }
    }
}

/// How a check came out.
enum CheckState: String {
    case ok = "OK"
    case warn = "WARN"
    case fail = "FAIL"
}
