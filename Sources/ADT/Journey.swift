package import Admissions
import EventSourcing
import HL7v2

/// What messages come to together, without a database: the tool to check one's understanding of a feed.
///
/// Every message is read as the log would read it, and all that they tell is folded. The order of the messages and
/// repeats of them change nothing.
package struct Journey: Sendable {
    /// A message that gave no admission event.
    package struct Unread: Sendable, Hashable {
        package let controlID: String
        package let trigger: String
        package let reason: String
        /// Where in the message the reason lies; `nil` if nowhere in particular.
        package let place: String?
    }

    package private(set) var fold = LogFold()
    /// Messages kept, and not understood.
    package private(set) var quarantined: Set<Unread> = []
    /// Messages kept, and answered AR: not ADT, or not of production.
    package private(set) var refused: Set<Unread> = []
    private var count: Int64 = 0

    /// Nothing heard yet.
    package init() {}

    /// Hears the bytes of one message.
    package mutating func hear(_ bytes: [UInt8], reader: ADTReader) {
        count += 1
        guard let message = try? HL7Message(bytes) else {
            quarantined.insert(
                Unread(controlID: "", trigger: "", reason: ReasonCode.notHL7.rawValue, place: ReasonCode.notHL7.place))
            return
        }
        let reading = reader.read(message)
        let controlID = message.header.controlID
        if let reason = reading.reason, reading.disposition == .quarantined || reading.disposition == .refused {
            let unread = Unread(
                controlID: controlID, trigger: message.header.triggerEvent, reason: reason.rawValue,
                place: reading.place)
            if reading.disposition == .refused { refused.insert(unread) } else { quarantined.insert(unread) }
        }
        for event in reading.events {
            // What the reader wrote it can read; if not, the message is as good as not understood.
            guard let event = try? AdmissionEvent(type: event.type, payload: event.payload) else { continue }
            fold.apply(ToldEvent(event, toldAt: Instant(microseconds: count), position: Position(count)))
        }
    }
}
