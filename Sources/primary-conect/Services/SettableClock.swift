import EventSourcing
import Synchronization

/// A clock that stands where it was set: for writing the past of a simulated district.
final class SettableClock: Sendable {
    private let time: Mutex<Instant>

    init(_ time: Instant) { self.time = Mutex(time) }

    var now: Instant {
        get { time.withLock { $0 } }
        set { time.withLock { $0 = newValue } }
    }
}
