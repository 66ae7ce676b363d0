import Synchronization

/// What a connection's thread is asked to do, in order; the only thing that callers and the thread share.
///
/// Bounded: beyond `requestsMax` waiting requests a new one is refused. While a lease is held, requests of others wait
/// behind it in the order in which they came:
///
/// ```
/// free ──lease──▶ held by n ──end──▶ next waiting: a request → sent, a lease → held by m
/// ```
final class RequestQueue: Sendable {
    /// Waiting requests, beyond which a new one is refused.
    static let requestsMax = 10_000

    typealias Answer = Result<[PostgresResult], PostgresError>

    struct Request: Sendable {
        enum Work: Sendable {
            case statements([SQL], CheckedContinuation<Answer, Never>)
            /// Runs alone with the session; `refuse` is called instead if it cannot.
            case session(run: @Sendable (PostgresSession) -> Void, refuse: @Sendable (PostgresError) -> Void)
        }

        let id: UInt64
        let lease: UInt64?
        let deadline: ContinuousClock.Instant
        let work: Work

        func refuse(_ error: PostgresError) {
            switch work {
            case .statements(_, let continuation): continuation.resume(returning: .failure(error))
            case .session(_, let refuse): refuse(error)
            }
        }
    }

    /// What the thread finds.
    enum Taken {
        case requests([Request])
        /// Nothing to do: the thread may sleep, and will be woken.
        case nothing
        /// Nothing to do and nothing more will come.
        case finished
    }

    private enum Held {
        case request(Request)
        case lease(id: UInt64, CheckedContinuation<PostgresError?, Never>)
    }

    private struct State {
        var waiting: [Request] = []
        var lease: UInt64?
        var held: [Held] = []
        var isSleeping = false
        var closing: PostgresError?
        /// Whether the session is gone, so that not even the holder of a lease may go on.
        var isFailed = false
        var ids: UInt64 = 0
    }

    private let state = Mutex(State())
    let wake: WakeSignal

    init() throws(PostgresError) {
        wake = try WakeSignal()
    }

    func newID() -> UInt64 {
        state.withLock { state in
            state.ids += 1
            return state.ids
        }
    }

    /// Why no request is taken any more, nil while they are.
    var closing: PostgresError? { state.withLock { $0.closing } }

    /// Queues a request, or refuses it.
    func put(_ request: Request) {
        let (refusal, wakes) = state.withLock { state -> (PostgresError?, Bool) in
            let mayFinish = request.lease != nil && request.lease == state.lease && !state.isFailed
            if let closing = state.closing, !mayFinish { return (closing, false) }
            guard state.waiting.count + state.held.count < Self.requestsMax else {
                return (PostgresError(.queueFull, message: "\(Self.requestsMax) requests are waiting"), false)
            }
            if state.lease != nil, request.lease != state.lease {
                state.held.append(.request(request))
                return (nil, false)
            }
            state.waiting.append(request)
            defer { state.isSleeping = false }
            return (nil, state.isSleeping)
        }
        if wakes { wake.raise() }
        if let refusal { request.refuse(refusal) }
    }

    /// Takes back a request that has not been sent, because its task was cancelled.
    func withdraw(_ id: UInt64) {
        let request = state.withLock { state -> Request? in
            if let index = state.waiting.firstIndex(where: { $0.id == id }) { return state.waiting.remove(at: index) }
            let index = state.held.firstIndex { if case .request(let request) = $0 { request.id == id } else { false } }
            guard let index, case .request(let request) = state.held.remove(at: index) else { return nil }
            return request
        }
        request?.refuse(PostgresError(.cancelled, message: "the task was cancelled before anything was sent"))
    }

    /// Takes all that waits, at most `count`; marks the thread as sleeping if there is nothing.
    func take(_ count: Int) -> Taken {
        state.withLock { state in
            if state.waiting.isEmpty {
                if state.closing != nil, state.lease == nil || state.isFailed { return .finished }
                state.isSleeping = true
                return .nothing
            }
            state.isSleeping = false
            if state.waiting.count <= count {
                defer { state.waiting = [] }
                return .requests(state.waiting)
            }
            defer { state.waiting.removeFirst(count) }
            return .requests(Array(state.waiting.prefix(count)))
        }
    }

    // MARK: Leases

    /// Waits until the connection is the caller's alone; what was queued before is still done first.
    func lease() async throws(PostgresError) -> UInt64 {
        let id = newID()
        let refusal: PostgresError? = await withCheckedContinuation { continuation in
            let answer = state.withLock { state -> PostgresError?? in
                if let closing = state.closing { return .some(closing) }
                if state.lease == nil {
                    state.lease = id
                    return .some(nil)
                }
                state.held.append(.lease(id: id, continuation))
                return nil
            }
            if let answer { continuation.resume(returning: answer) }
        }
        if let refusal { throw refusal }
        return id
    }

    /// Gives the connection back: to what waited meanwhile, in order.
    func end(lease: UInt64) {
        let (next, wakes) = state.withLock { state -> (CheckedContinuation<PostgresError?, Never>?, Bool) in
            guard state.lease == lease else { return (nil, false) }
            state.lease = nil
            var count = 0
            var next: CheckedContinuation<PostgresError?, Never>?
            for held in state.held {
                count += 1
                switch held {
                case .request(let request): state.waiting.append(request)
                case .lease(let id, let continuation):
                    state.lease = id
                    next = continuation
                }
                if next != nil { break }
            }
            state.held.removeFirst(count)
            guard state.isSleeping, !state.waiting.isEmpty || state.closing != nil else { return (next, false) }
            state.isSleeping = false
            return (next, true)
        }
        if wakes { wake.raise() }
        next?.resume(returning: nil)
    }

    // MARK: Closing

    /// Takes no more requests; what is queued is still done, and a lease still runs to its end. Also wakes the thread.
    func close() {
        close(PostgresError(.closed, message: "the connection is closed"))
        wake.raise()
    }

    /// Takes no more requests and refuses all that wait: the session is gone.
    func fail(_ error: PostgresError) {
        close(error)
        let waiting = state.withLock { state in
            state.isFailed = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for request in waiting { request.refuse(error) }
    }

    private func close(_ error: PostgresError) {
        let held = state.withLock { state in
            if state.closing == nil { state.closing = error }
            defer { state.held = [] }
            return state.held
        }
        for held in held {
            switch held {
            case .request(let request): request.refuse(error)
            case .lease(_, let continuation): continuation.resume(returning: error)
            }
        }
    }
}
