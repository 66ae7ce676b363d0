import MLLP
import Synchronization

/// A responder that holds every input until the test answers it, and says when inputs have come.
final class HeldResponder: Sendable {
    private struct State {
        var inputs: [MLLPInput] = []
        var held: [(input: MLLPInput, waiter: CheckedContinuation<MLLPAnswer, Never>)] = []
        var watchers: [(count: Int, waiter: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    /// Every input so far, in the order the responder was called.
    var inputs: [MLLPInput] { state.withLock { $0.inputs } }

    @Sendable func respond(_ input: MLLPInput, _ peer: MLLPPeer) async -> MLLPAnswer {
        await withCheckedContinuation { waiter in
            let woken = state.withLock { state in
                state.inputs.append(input)
                state.held.append((input, waiter))
                let count = state.inputs.count
                let woken = state.watchers.filter { $0.count <= count }
                state.watchers.removeAll { $0.count <= count }
                return woken
            }
            for watcher in woken { watcher.waiter.resume() }
        }
    }

    /// Returns once so many inputs have come.
    func arrival(of count: Int) async {
        await withCheckedContinuation { waiter in
            let isThere = state.withLock { state in
                if state.inputs.count >= count { return true }
                state.watchers.append((count, waiter))
                return false
            }
            if isThere { waiter.resume() }
        }
    }

    /// Answers one input that is held.
    func answer(_ input: MLLPInput, with answer: MLLPAnswer) {
        let waiter = state.withLock { state in
            state.held.firstIndex { $0.input == input }.map { state.held.remove(at: $0).waiter }
        }
        waiter?.resume(returning: answer)
    }

    /// Lets go of everything that is held.
    func release() {
        let waiters = state.withLock { state in
            defer { state.held = [] }
            return state.held.map(\.waiter)
        }
        for waiter in waiters { waiter.resume(returning: .none) }
    }
}
