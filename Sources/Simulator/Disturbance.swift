import EventSourcing

/// What is done to the messages of a stretch of time on their way.
struct Disturbance: Sendable {
    enum Kind: Sendable, Equatable {
        /// They never arrive.
        case silenced
        /// They wait, and leave one after another when the stretch is over.
        case heldBack
        /// Each comes so many times again, a second apart.
        case repeated(times: Int)
    }

    let kind: Kind
    /// Code of the hospital whose messages they are; `nil` for all.
    let hospital: String?
    let stretch: Range<Instant>

    init(_ kind: Kind, of hospital: String?, _ stretch: Range<Instant>) {
        self.kind = kind
        self.hospital = hospital
        self.stretch = stretch
    }

    func strikes(_ message: SimulatedMessage) -> Bool {
        stretch.contains(message.sendAt) && (hospital == nil || hospital == message.hospital)
    }

    /// The stretch in which messages are on their way that have left their place: whoever skips must not skip over
    /// these.
    var underway: Range<Instant>? {
        switch kind {
        case .silenced: nil
        case .heldBack, .repeated: stretch.lowerBound..<stretch.upperBound + .seconds(Self.aftermathSeconds)
        }
    }

    /// Some thousands of messages at `heldGap` are out by then.
    private static let aftermathSeconds = 600
    /// Between two messages that were held back.
    static let heldGap = Duration.milliseconds(20)
}
