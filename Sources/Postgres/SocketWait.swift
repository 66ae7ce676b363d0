import Glibc

/// Waits for a socket, and for a wake-up beside it.
enum SocketWait {
    struct Readiness: OptionSet {
        let rawValue: Int
        static let socket = Readiness(rawValue: 1)
        static let wake = Readiness(rawValue: 2)
    }

    /// Blocks until the socket can be read (or written, if asked), `wake` can be read, or the deadline has passed:
    /// then empty.
    ///
    /// An error or hang-up of the socket counts as ready: the next read tells. `deadline` nil waits for ever.
    static func wait(
        _ socket: Int32, reading: Bool = true, writing: Bool, wake: Int32? = nil,
        until deadline: ContinuousClock.Instant?
    ) -> Readiness {
        let events = Int16((reading ? POLLIN : 0) | (writing ? POLLOUT : 0))
        var descriptors = (
            pollfd(fd: socket, events: events, revents: 0), pollfd(fd: wake ?? -1, events: Int16(POLLIN), revents: 0)
        )
        while true {
            var milliseconds: Int32 = -1
            if let deadline {
                let left = deadline - .now
                guard left > .zero else { return [] }
                // Rounded up, so that the deadline has passed when poll says so.
                let (seconds, attoseconds) = left.components
                milliseconds = Int32(
                    clamping: seconds.multipliedReportingOverflow(by: 1000).partialValue &+ attoseconds
                        / 1_000_000_000_000_000 + 1)
                if seconds > 86_400 { milliseconds = 86_400_000 }
            }
            let count = withUnsafeMutablePointer(to: &descriptors) {
                // A tuple of two pollfd is laid out as an array of two.
                $0.withMemoryRebound(to: pollfd.self, capacity: 2) { poll($0, 2, milliseconds) }
            }
            if count > 0 {
                var readiness: Readiness = []
                if descriptors.0.revents != 0 { readiness.insert(.socket) }
                if descriptors.1.revents != 0 { readiness.insert(.wake) }
                return readiness
            }
            if count < 0, errno != EINTR, errno != EAGAIN { return .socket }
        }
    }
}
