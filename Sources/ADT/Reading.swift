import Admissions
package import EventSourcing

/// What became of one message: its events, or why there are none.
///
/// A pure function of the bytes and the sender profile. Whatever becomes of it, there is one event at least: what was
/// not understood, or has no effect, is told in the stream `message`, so that nothing received is lost. A message about
/// several patients or visits gives all their events or none.
package struct Reading: Sendable, Equatable {
    /// What the sender is to be answered once the message is stored (domain.md 2.5).
    package enum Answer: Sendable, Equatable {
        /// AA or CA.
        case accept
        /// Nothing at all.
        case silence
        /// AR or CR, with an error code of HL7 table 0357.
        case reject(errorCode: Int, text: String)
    }

    package let disposition: Disposition
    package let answer: Answer
    /// Why there is no admission event; `nil` if there is one.
    package let reason: ReasonCode?
    /// Where in the message the reason lies: `PV1-19`.
    package let place: String?
    /// `ADT^A01`; as far as the message tells it.
    package let trigger: String
    package let events: [NewEvent]

    init(trigger: String, events: [NewEvent]) {
        disposition = .read
        answer = .accept
        reason = nil
        place = nil
        self.trigger = trigger
        self.events = events
    }

    init(_ reason: ReasonCode, trigger: String, telling: Telling) {
        self.reason = reason
        place = reason.place
        self.trigger = trigger
        let kind: AdmissionEvent.Kind
        switch reason {
        case .notADT:
            disposition = .refused
            answer = .reject(errorCode: 200, text: "unsupported message type")
            kind = .messageRefused
        case .processingID:
            disposition = .refused
            answer = .reject(errorCode: 202, text: "unsupported processing id")
            kind = .messageRefused
        case .query:
            disposition = .refused
            answer = .reject(errorCode: 201, text: "unsupported event code")
            kind = .messageRefused
        case .acknowledgement:
            disposition = .kept
            answer = .silence
            kind = .messageKept
        case .triggerIgnored, .triggerWithoutEffect:
            disposition = .kept
            answer = .accept
            kind = .messageKept
        default:
            disposition = .quarantined
            answer = .accept
            kind = .messageQuarantined
        }
        events = [AdmissionEvent(kind: kind, telling: telling, reason: reason.rawValue, place: reason.place).newEvent]
    }

    /// The reading of bytes that are no HL7 message: stored in quarantine, though there is no header to accept to.
    package static let unreadable = Reading(.notHL7, trigger: "", telling: Telling(trigger: ""))
}
