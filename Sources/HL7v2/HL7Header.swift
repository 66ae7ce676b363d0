/// The header of a message, MSH, by the meaning of its fields (HL7 v2 chapter 2.14.9).
///
/// Each is read when asked and is `""` (or nil) when absent; texts are unescaped and decoded. `segment` has the rest.
package struct HL7Header: Sendable {
    /// MSH itself.
    package let segment: HL7Segment
    private let message: HL7Message

    init(of message: HL7Message) {
        self.message = message
        // No message is made without MSH, and MSH is its first segment: the fallback is never taken.
        segment = message.segment("MSH") ?? message.segments[0]
    }

    /// The delimiters of the message, which an answer repeats.
    package var delimiters: HL7Delimiters { message.delimiters }

    /// MSH-3, first component.
    package var sendingApplication: String { text(3) }
    /// MSH-4, first component.
    package var sendingFacility: String { text(4) }
    /// MSH-5, first component.
    package var receivingApplication: String { text(5) }
    /// MSH-6, first component.
    package var receivingFacility: String { text(6) }
    /// MSH-7, when the message was made.
    package var time: HL7Timestamp? { segment.field(7).timestamp }
    /// MSH-9.1, such as `ADT`.
    package var messageCode: String { text(9) }
    /// MSH-9.2, such as `A01`; EVN-1 if that is empty. In conflict MSH-9 wins.
    package var triggerEvent: String {
        let trigger = segment.field(9).component(2)
        if trigger.hasValue { return trigger.string }
        return message.segment(packed: SegmentName.evn, 0)?.field(1).component(1).string ?? ""
    }
    /// MSH-9.3, such as `ADT_A01`; often absent.
    package var structure: String { segment.field(9).component(3).string }
    /// MSH-10 as sent, whole; not unique over a sender's life, at times empty or longer than 20 characters.
    package var controlID: String { segment.field(10).string }
    /// MSH-11, first component: `P` production, `T` training, `D` debugging.
    package var processingID: String { text(11) }
    /// MSH-12, first component, such as `2.4`.
    package var version: String { text(12) }
    /// MSH-13; nil unless it is a number.
    package var sequenceNumber: Int? { Int(text(13)) }
    /// MSH-15, when an accept acknowledgement is wanted; `""` if not sent.
    package var acceptAck: String { text(15) }
    /// MSH-16, when an application acknowledgement is wanted; `""` if not sent.
    package var applicationAck: String { text(16) }
    /// MSH-18, first repetition, as sent. `HL7Message.characterSet` says what was used.
    package var characterSet: String { segment.field(18).repetition(1).component(1).string }

    private func text(_ number: Int) -> String { segment.field(number).component(1).string }
}
