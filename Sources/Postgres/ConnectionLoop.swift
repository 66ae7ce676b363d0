/// The thread behind a `PostgresConnection`: owns the session, sends what has queued, hands out what has been answered.
///
/// Requests are sent as they come, each in a group of its own, without waiting for the answers to earlier ones; the
/// server answers in order. So one round trip carries as many requests as have gathered.
struct ConnectionLoop {
    /// Sent and unanswered requests, beyond which new ones wait in the queue.
    static let inFlightMax = 1024

    /// A request that has been sent.
    private struct Sent {
        let request: RequestQueue.Request
        var isSecondTry = false
    }

    private let session: PostgresSession
    private let queue: RequestQueue
    private let streams: NotificationStreams

    private var sent: [Sent] = []
    private var answered = 0
    /// Requests that must wait until a session request, the first of them, has run alone.
    private var barred: ArraySlice<RequestQueue.Request> = []
    private var isFinishing = false

    init(session: PostgresSession, queue: RequestQueue, streams: NotificationStreams) {
        self.session = session
        self.queue = queue
        self.streams = streams
    }

    /// Runs until the queue is closed and empty, or the session is gone.
    mutating func run() {
        do throws(PostgresError) {
            while true {
                try takeAnswers()
                try runAlone()
                while let notification = try session.nextNotification() { streams.send(notification) }
                if try takeRequests() { continue }
                if isFinishing, inFlight == 0 { break }
                try wait()
            }
            queue.fail(PostgresError(.closed, message: "the connection is closed"))
        } catch {
            queue.fail(
                error.code == .server
                    ? error : PostgresError(.connectionLost, sqlState: error.sqlState, message: error.message))
            for (index, sent) in sent[answered...].enumerated() {
                // The first one's answer was awaited when it happened; the others' outcome is unknown as well.
                sent.request.refuse(index == 0 ? error : PostgresError(.connectionLost, message: error.message))
            }
            for request in barred { request.refuse(error) }
        }
        session.close()
        streams.finish()
    }

    private var inFlight: Int { sent.count - answered }

    /// Sends what may be sent now; false if there is nothing, and then the queue wakes us when there is.
    private mutating func takeRequests() throws(PostgresError) -> Bool {
        if barred.isEmpty {
            guard inFlight < Self.inFlightMax, !isFinishing else { return false }
            switch queue.take(Self.inFlightMax - inFlight) {
            case .nothing: return false
            case .finished:
                isFinishing = true
                return false
            case .requests(let requests): barred = requests[...]
            }
        }
        let before = barred.count
        try sendBarred()
        // A session request at the head can go on once everything before it has been answered.
        return barred.count < before || inFlight == 0
    }

    /// Sends up to the next request that must run alone.
    private mutating func sendBarred() throws(PostgresError) {
        while let request = barred.first {
            guard case .statements(let sql, _) = request.work else { return }
            barred.removeFirst()
            if request.deadline <= .now {
                let error = PostgresError(.deadlineExceeded, message: "the deadline passed before anything was sent")
                // Within a transaction the following statements rely on this one: none of them may run.
                guard request.lease == nil else {
                    request.refuse(error)
                    throw session.breakOff(error)
                }
                request.refuse(error)
                continue
            }
            try send(sql, Sent(request: request))
        }
    }

    private mutating func send(_ sql: [SQL], _ entry: Sent) throws(PostgresError) {
        do throws(PostgresError) {
            try session.submit(sql, undoing: entry.request.lease == nil && sql.beginsTransaction)
            sent.append(entry)
        } catch {
            entry.request.refuse(error)
            if !session.isOpen { throw error }
        }
    }

    private mutating func takeAnswers() throws(PostgresError) {
        while let outcome = try session.advance() {
            let entry = sent[answered]
            answered += 1
            if answered == sent.count {
                sent.removeAll(keepingCapacity: true)
                answered = 0
            } else if answered >= Self.inFlightMax {
                sent.removeFirst(answered)
                answered = 0
            }
            guard case .statements(let sql, let continuation) = entry.request.work else { continue }
            if entry.request.lease == nil {
                if session.isInTransaction {
                    let error = PostgresError(
                        .transactionLeftOpen, message: "a shared connection cannot hold a transaction open")
                    // Closed before its user hears of it.
                    queue.fail(session.breakOff(.connectionLost, error.message))
                    continuation.resume(returning: .failure(error))
                    throw PostgresError(.connectionLost, message: error.message)
                }
                // It never ran, and was the only one in its transaction.
                if let error = outcome.error, error.isStalePlan, sql.count == 1, !entry.isSecondTry {
                    try send(sql, Sent(request: entry.request, isSecondTry: true))
                    continue
                }
            }
            continuation.resume(returning: outcome.error.map { .failure($0) } ?? .success(outcome.results))
        }
    }

    /// Runs a session request once everything before it has been answered.
    private mutating func runAlone() throws(PostgresError) {
        while inFlight == 0, let request = barred.first, case .session(let run, _) = request.work {
            barred.removeFirst()
            run(session)
            guard session.isOpen else {
                throw PostgresError(.connectionLost, message: "the session was closed by its user")
            }
            if request.lease == nil, session.isInTransaction { try session.execute("rollback") }
        }
    }

    private mutating func wait() throws(PostgresError) {
        let unsent = try session.flush()
        var deadline: ContinuousClock.Instant?
        for entry in sent[answered...] {
            deadline = min(deadline ?? entry.request.deadline, entry.request.deadline)
        }
        let readiness = SocketWait.wait(session.socket, writing: unsent, wake: queue.wake.descriptor, until: deadline)
        if readiness.isEmpty { throw session.breakOff(.deadlineExceeded, "no answer within the deadline") }
        if readiness.contains(.wake) { queue.wake.clear() }
        if readiness.contains(.socket) { try session.consumeInput() }
    }
}

extension [SQL] {
    /// Whether the first statement opens a transaction.
    fileprivate var beginsTransaction: Bool {
        guard let text = first?.text else { return false }
        // Letters in lower case: bit 5 set.
        let start = text.utf8.prefix(5).map { $0 | 0x20 }
        return start.elementsEqual("begin".utf8) || start.elementsEqual("start".utf8)
    }
}
