import NIOCore

/// What one server connection may do next: the rules of reading, answering and closing, without a socket.
///
///     open ──── peer closed its side, or the server drains ────▶ draining ── all read frames taken ──┐
///      │                                                            │                               ▼
///      ├──── spoilt frame, "send and close", idle ──────────────────┴──────────────────────▶ finishing
///      │                                                                                            │
///      │                                                              all answers written, flushed  │
///      │                            (half) closed by us ◀──────── flushing ◀────────────────────────┘
///      ▼                                   │
///    closed ◀── peer closed, or timeout ── lingering
///
/// - open: reads, takes frames.  draining: reads no more, takes the frames already read.  finishing: takes none.
/// - lingering: our side is closed; what comes is thrown away until the peer closes. Closing at once with unread bytes
///   would reset the connection, and the reset can overtake the last answer (RFC 1122 section 4.2.2.13).
/// - While `inFlightFramesMax` frames or `inFlightBytesMax` bytes wait for answers, or the peer does not read its
///   answers, no frame is taken and the socket is not read: TCP holds the sender back.
struct ServerConnection {
    enum Phase { case open, draining, finishing, flushing, lingering, closed }

    /// What the handler must do now.
    enum Action: Equatable {
        case nothing
        /// Take frames from what was read.
        case takeFrames
        /// Tell the responder that the half frame is given up, then finish.
        case giveUpFrame
        /// The end mark was the end: the CR will not come.
        case endFrame
        /// Report `flushed` once all that was written has gone to the system.
        case flush
        /// Close our side and wait for the peer's.
        case closeOutput
        /// Close at once.
        case close(MLLPFault?)
    }

    /// What `collect` found.
    enum Collected { case nothing, answers, lastAnswers }

    struct Limits {
        var inFlightFramesMax: Int
        var inFlightBytesMax: Int
        var firstByteTimeout: TimeAmount
        var halfFrameTimeout: TimeAmount
        var frameEndTimeout: TimeAmount
        var idleTimeout: TimeAmount
        var unreadAnswersTimeout: TimeAmount
        var lingerTimeout: TimeAmount
    }

    private let limits: Limits
    private var answers = AnswerQueue()
    private var inFlightBytes = 0
    private(set) var isPeerDone = false
    private var framesBegun = 0
    private var isAtEndMark = false

    private let openedAt: NIODeadline
    private var heardAt: NIODeadline
    private var frameBegunAt: NIODeadline?
    private var unwritableSince: NIODeadline?
    private var closingSince: NIODeadline

    private(set) var phase = Phase.open

    init(limits: Limits, now: NIODeadline) {
        self.limits = limits
        openedAt = now
        heardAt = now
        closingSince = now
    }

    // MARK: Reading

    /// Whether bytes that arrive are of use.
    var isListening: Bool { phase == .open || phase == .draining }

    /// Whether the next frame may be taken.
    var mayTake: Bool {
        isListening && answers.count < limits.inFlightFramesMax && inFlightBytes < limits.inFlightBytesMax
            && unwritableSince == nil
    }

    /// Whether the socket may be read, given that all that was read is used up.
    var mayRead: Bool { phase == .lingering || (phase == .open && mayTake) }

    /// Frames whose answers have not been written.
    var inFlightFrames: Int { answers.count }

    /// A frame (or a spoilt one) of so many bytes goes to the responder. Gives the number to answer it by.
    mutating func take(bytes: Int) -> Int {
        inFlightBytes += bytes
        return answers.open()
    }

    /// Notes where the stream stands after a read, or after reading was resumed.
    mutating func heard(framesBegun: Int, isInsideFrame: Bool, isAtEndMark: Bool, now: NIODeadline) {
        heardAt = now
        if !isInsideFrame {
            frameBegunAt = nil
        } else if framesBegun != self.framesBegun || frameBegunAt == nil {
            frameBegunAt = now
        }
        self.framesBegun = framesBegun
        self.isAtEndMark = isAtEndMark
    }

    /// All frames that were read have been taken, and what is left is no whole frame.
    mutating func tookAll(now: NIODeadline) -> Action {
        guard phase == .draining else { return .nothing }
        return finish(now: now)
    }

    /// Takes no more frames: answers what was taken, then closes.
    mutating func finish(now: NIODeadline) -> Action {
        guard isListening else { return .nothing }
        phase = .finishing
        guard answers.count == 0 else { return .nothing }
        phase = .flushing
        closingSince = now
        return .flush
    }

    // MARK: Answering

    /// An answer to frame `number` of so many bytes is ready; false if nobody waits for it any more.
    mutating func answered(_ number: Int, bytes: Int, with answer: MLLPAnswer) -> Bool {
        inFlightBytes -= bytes
        return answers.fill(number, with: answer)
    }

    /// Gives each answer that may leave now to `write`, in order.
    ///
    /// After `lastAnswers` the handler reports `flushed` once the bytes have gone to the system.
    mutating func collect(now: NIODeadline, write: ([UInt8]) -> Void) -> Collected {
        guard isListening || phase == .finishing else { return .nothing }
        var wrote = false
        while let answer = answers.next() {
            switch answer {
            case .send(let bytes):
                write(bytes)
                wrote = true
            case .sendAndClose(let bytes):
                write(bytes)
                wrote = true
                answers.giveUp()
                phase = .finishing
            case .sendSeveral(let messages, let closes):
                messages.forEach(write)
                wrote = true
                if closes {
                    answers.giveUp()
                    phase = .finishing
                }
            case .none:
                break
            case .close:
                answers.giveUp()
                phase = .finishing
            }
        }
        if phase == .finishing, answers.count == 0 {
            phase = .flushing
            closingSince = now
            return .lastAnswers
        }
        return wrote ? .answers : .nothing
    }

    /// The last answers have gone to the system.
    mutating func flushed(now: NIODeadline) -> Action {
        guard phase == .flushing else { return .nothing }
        if isPeerDone {
            phase = .closed
            return .close(nil)
        }
        phase = .lingering
        closingSince = now
        return .closeOutput
    }

    /// The peer reads its answers again, or has stopped to.
    mutating func writabilityChanged(to isWritable: Bool, now: NIODeadline) -> Action {
        if isWritable {
            unwritableSince = nil
            if frameBegunAt != nil { frameBegunAt = now }
            return isListening ? .takeFrames : .nothing
        }
        if unwritableSince == nil { unwritableSince = now }
        return .nothing
    }

    // MARK: Closing

    /// The server shuts down.
    mutating func drain() -> Action {
        guard phase == .open else { return .nothing }
        phase = .draining
        return .takeFrames
    }

    /// The peer will send nothing more.
    mutating func peerClosedItsSide() -> Action {
        isPeerDone = true
        switch phase {
        case .open, .draining:
            phase = .draining
            return .takeFrames
        case .finishing, .flushing, .closed:
            return .nothing
        case .lingering:
            phase = .closed
            return .close(nil)
        }
    }

    /// The connection is gone.
    mutating func closed() {
        phase = .closed
        answers.giveUp()
    }

    // MARK: Time

    /// When `timePassed` should be asked next. Never later than need be, sometimes earlier.
    var nextDeadline: NIODeadline? {
        switch phase {
        case .closed: return nil
        case .lingering: return closingSince + limits.lingerTimeout
        case .flushing: return closingSince + limits.unreadAnswersTimeout
        case .finishing: return unwritableSince.map { $0 + limits.unreadAnswersTimeout }
        case .open, .draining: break
        }
        if let unwritableSince { return unwritableSince + limits.unreadAnswersTimeout }
        guard mayRead else { return nil }
        if framesBegun == 0 { return openedAt + limits.firstByteTimeout }
        if isAtEndMark { return heardAt + limits.frameEndTimeout }
        if let frameBegunAt { return frameBegunAt + limits.halfFrameTimeout }
        return heardAt + limits.idleTimeout
    }

    /// A moment has come for which `nextDeadline` asked, or an earlier one.
    mutating func timePassed(now: NIODeadline) -> Action {
        guard let deadline = nextDeadline, now >= deadline else { return .nothing }
        switch phase {
        case .closed:
            return .nothing
        case .lingering:
            phase = .closed
            return .close(nil)
        case .flushing, .finishing:
            phase = .closed
            return .close(.unreadAnswers)
        case .open, .draining:
            break
        }
        if unwritableSince != nil {
            phase = .closed
            return .close(.unreadAnswers)
        }
        if framesBegun == 0 {
            phase = .closed
            return .close(.silent)
        }
        if isAtEndMark { return .endFrame }
        if frameBegunAt != nil { return .giveUpFrame }
        if answers.count > 0 {
            heardAt = now
            return .nothing
        }
        return finish(now: now)
    }
}
