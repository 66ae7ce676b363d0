import Logging
import NIOCore
import Synchronization

/// Writes faults to the log, one line a kind and second, so that a flood of them is not a flood of lines.
///
/// A line holds the kind, the peer's address and how many like it were left out: never what was sent.
final class FaultLog: Sendable {
    private let logger: Logger
    private let seen = Mutex<[MLLPFault: Seen]>([:])

    private struct Seen {
        var nextLineAt: NIODeadline
        var leftOut = 0
    }

    init(logger: Logger) { self.logger = logger }

    func write(_ fault: MLLPFault, address: String, now: NIODeadline) {
        let leftOut: Int? = seen.withLock { seen in
            if let last = seen[fault], now < last.nextLineAt {
                seen[fault]?.leftOut += 1
                return nil
            }
            let leftOut = seen[fault]?.leftOut ?? 0
            seen[fault] = Seen(nextLineAt: now + .seconds(1))
            return leftOut
        }
        guard let leftOut else { return }
        let level: Logger.Level =
            switch fault {
            case .silent, .idle, .connectionBroken, .endWithoutReturn: .debug
            default: .warning
            }
        logger.log(
            level: level, "MLLP fault",
            metadata: ["fault": "\(fault.rawValue)", "peer": "\(address)", "left_out": "\(leftOut)"])
    }
}
