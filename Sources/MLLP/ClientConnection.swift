import NIOCore

/// Which answer belongs to which message, and when waiting ends: a client connection without a socket.
///
///     connecting ── connected, handshake done ──▶ open ── answer late, unusable, connection lost ──▶ closed
///
/// Answers come in the order of the messages (that is all MLLP promises), so they are matched by place. Once one answer
/// is missing no later one can be trusted: the connection is closed and everything that waits fails.
struct ClientConnection<Waiter> {
    /// What the handler must do now.
    enum Action {
        case nothing
        case write
        case refuse(MLLPError)
        case answer(Waiter)
        /// Close, and fail these with the error.
        case close([Waiter], MLLPError)
    }

    private struct Pending {
        let number: Int
        let deadline: NIODeadline
        var waiter: Waiter?
    }

    private let inFlightMessagesMax: Int
    private var pending = CircularBuffer<Pending>()
    private var isOpen = true

    init(inFlightMessagesMax: Int) { self.inFlightMessagesMax = inFlightMessagesMax }

    /// Messages without an answer yet.
    var inFlight: Int { pending.count }

    /// A message is to be sent.
    mutating func send(number: Int, waiter: Waiter, deadline: NIODeadline) -> Action {
        guard isOpen else { return .refuse(.connectionClosed(cause: "closed before")) }
        guard pending.count < inFlightMessagesMax else { return .refuse(.tooManyInFlight) }
        pending.append(Pending(number: number, deadline: deadline, waiter: waiter))
        return .write
    }

    /// An answer has come.
    mutating func received() -> Action {
        guard let first = pending.popFirst() else { return close(.answerUnusable(cause: "nothing was asked")) }
        return first.waiter.map(Action.answer) ?? .nothing
    }

    /// Nobody waits for message `number` any more; its answer, if it comes in time, is passed over.
    mutating func abandon(number: Int) -> Waiter? {
        guard let index = pending.firstIndex(where: { $0.number == number }) else { return nil }
        let waiter = pending[index].waiter
        pending[index].waiter = nil
        return waiter
    }

    /// When `timePassed` should be asked next. Messages may have deadlines in any order.
    var nextDeadline: NIODeadline? { pending.lazy.map(\.deadline).min() }

    /// A moment has come for which `nextDeadline` asked, or an earlier one.
    mutating func timePassed(now: NIODeadline) -> Action {
        guard let deadline = nextDeadline, now >= deadline else { return .nothing }
        return close(.answerDeadlineExceeded)
    }

    /// The connection is lost, or is to be given up.
    mutating func close(_ error: MLLPError) -> Action {
        guard isOpen else { return .nothing }
        isOpen = false
        let waiters = pending.compactMap(\.waiter)
        pending.removeAll()
        return .close(waiters, error)
    }
}
