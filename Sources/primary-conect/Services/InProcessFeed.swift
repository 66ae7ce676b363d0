import EventSourcing
import Ingest
import Synchronization

/// Feeds messages to a receiver inside this process, many at once and yet in order.
///
/// Each message enters the log's queue before the next one is looked at, so their order in the log is the order given;
/// the answers are awaited together, so that the log can commit them in groups.
struct InProcessFeed {
    let receiver: Receiver
    /// How many may wait for their commit.
    var inFlightMax = 2000

    /// Feeds `next()` until it gives nil.
    ///
    /// - Parameter answered: told each message's place (from 0) and its acknowledgements, in no order.
    func run(
        from peer: String, next: () throws -> [UInt8]?, answered: @escaping @Sendable (Int, [Acknowledgement]) -> Void
    ) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            let gate = Gate(limit: inFlightMax)
            var index = 0
            while let bytes = try next() {
                await gate.enter()
                let place = index
                group.addImmediateTask {
                    answered(place, await receiver.receive(bytes, from: peer))
                    gate.leave()
                }
                index += 1
            }
        }
    }
}

/// Lets so many in at a time.
private final class Gate: Sendable {
    private struct State {
        var inside = 0
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Waits for room; called by one task alone.
    func enter() async {
        await withCheckedContinuation { continuation in
            let mayEnter = state.withLock { state in
                if state.inside < limit {
                    state.inside += 1
                    return true
                }
                state.waiting = continuation
                return false
            }
            if mayEnter { continuation.resume() }
        }
    }

    func leave() {
        let next: CheckedContinuation<Void, Never>? = state.withLock { state in
            if let waiting = state.waiting {
                state.waiting = nil
                return waiting
            }
            state.inside -= 1
            return nil
        }
        next?.resume()
    }
}
