import CLibpq
import Synchronization

/// Asks the server to stop what one session is doing.
///
/// Never aimed at a commit: a cancelled commit answers success. May be called from any thread; blocks it while a second
/// connection is made, without a time limit of its own.
package final class PostgresCanceller: Sendable {
    /// libpq's copy of what a cancel request needs.
    // Unchecked: PQcancel only reads it, and it is freed with the last reference.
    private final class Target: @unchecked Sendable {
        let cancel: OpaquePointer

        init(_ cancel: OpaquePointer) {
            self.cancel = cancel
        }

        deinit {
            PQfreeCancel(cancel)
        }
    }

    private let target: Mutex<Target?>

    init(_ cancel: OpaquePointer?) {
        target = Mutex(cancel.map { Target($0) })
    }

    /// Sends the request; true if the server took it, which does not mean that it was in time.
    @discardableResult
    package func cancel() -> Bool {
        guard let target = target.withLock({ $0 }) else { return false }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            // The buffer has the length that libpq recommends; its text is not used.
            PQcancel(target.cancel, buffer.baseAddress, 256) == 1
        }
    }

    /// The session is closing: another may soon have its process number.
    func invalidate() {
        target.withLock { $0 = nil }
    }
}
