import EventSourcing

/// Entries for tests; all people are invented.
enum Given {
    // Codes of the right form.
    static let hospital = LogName("ZX901").unsafelyUnwrapped
    static let otherHospital = LogName("ZX902").unsafelyUnwrapped
    static let morning = Instant(microseconds: 1_772_524_751_000_000)

    /// A message that tells `eventCount` events of one stream.
    static func entry(
        _ controlID: String, in log: LogName = hospital, sender: String = "SIMPAS|ZX901", text: String = "PID|1||999",
        stream: String = "encounter:ZX901|SP1", eventCount: Int = 1, answer: String = "AA"
    ) -> Entry {
        Entry(
            log: log,
            message: ReceivedMessage(
                sender: sender, controlID: controlID, bytes: Array("MSH|^~\\&|\(sender)|\(controlID)\r\(text)\r".utf8),
                trigger: "ADT^A01", disposition: .read, reason: nil, answer: answer, receivedFrom: "127.0.0.1"),
            events: (0..<eventCount).map { number in
                NewEvent(
                    stream: StreamName(stream), type: "encounter.admitted.v1",
                    payload: Array("{\"number\":\(number)}".utf8),
                    occurredAt: number == 0 ? morning : nil)
            })
    }

    /// A message that was not understood.
    static func quarantined(_ controlID: String, in log: LogName = hospital, reason: String = "pid-missing") -> Entry {
        var entry = entry(controlID, in: log, stream: "message")
        entry.message.disposition = .quarantined
        entry.message.reason = reason
        entry.events[0].type = "message.quarantined.v1"
        return entry
    }

    /// An event of an operator.
    static func act(_ type: String, _ stream: String) -> NewEvent {
        NewEvent(stream: StreamName(stream), type: type, payload: Array("{\"by\":\"test\"}".utf8), occurredAt: nil)
    }
}
