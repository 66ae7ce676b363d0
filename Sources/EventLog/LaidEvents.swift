import EventSourcing

/// Events laid behind the head of a log: their leaves in its tree, and the columns that write them.
///
/// Pure. For acts, and for what a message tells when it is read again; `LogAppend` lays messages as they come in, whose
/// digests were made before.
struct LaidEvents {
    /// The events so far.
    private(set) var columns = EventColumns()
    /// Where the log ends once they are written.
    private(set) var head: LogHead
    private let log: LogName
    private var scratch: [UInt8] = []

    /// Begins behind `head`.
    init(log: LogName, after head: LogHead, now: Instant) {
        self.log = log
        // Time never runs back along a log, whatever the clocks do.
        self.head = LogHead(recordedAt: max(now, head.recordedAt), range: head.range)
    }

    /// Lays the next event and gives its leaf.
    ///
    /// - Parameter teller: the message that tells it; `nil` where none does.
    @discardableResult
    mutating func append(_ event: NewEvent, toldBy teller: OperatorAct.Teller? = nil, salt: Salt) -> Digest {
        let leaf = LeafEncoding.hash(
            log: log, position: Position(head.range.size + 1), stream: event.stream, type: event.type,
            occurredAt: event.occurredAt, recordedAt: head.recordedAt, payloadDigest: salt.digest(of: event.payload),
            message: teller.map { ($0.position, $0.digest) }, scratch: &scratch)
        head.range.append(leaf)
        columns.append(event, teller: teller?.position, salt: salt, leaf: leaf)
        return leaf
    }
}
