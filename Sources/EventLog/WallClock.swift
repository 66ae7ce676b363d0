package import EventSourcing
import Glibc

/// The machine's clock.
///
/// Everything below the commands takes its clock as an argument; this is the one they pass.
package enum WallClock {
    /// The time now, to the microsecond (POSIX `CLOCK_REALTIME`).
    @Sendable package static func now() -> Instant {
        var time = timespec()
        // It fails only for a clock that does not exist.
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}
