package import EventSourcing

/// One message as a hospital of the simulation sends it.
package struct SimulatedMessage: Sendable {
    /// Why a message is sent, or what was done to it on the way.
    package enum Kind: String, Sendable, CaseIterable {
        /// Tells who is in hospital when the feed begins.
        case priming
        /// Something happened: arrival, admission, transfer, discharge, death.
        case pathway
        /// A snapshot (A08, A31, A28) that matters little to anyone.
        case noise
        /// A mistake put right: a cancel (A11, A13) or corrected times (A08).
        case correction
        /// A discharge entered on the next working morning.
        case lateEntry
        /// A change of practice, a death outside hospital, a number traced: news about a person (A31).
        case person
        /// The same bytes as an earlier message.
        case resend
        /// Cannot be read, on purpose; the right message follows a minute later.
        case faulty
    }

    /// When the message leaves the hospital; never earlier than the message yielded before it.
    package let sendAt: Instant
    /// ODS-shaped code of the sending hospital (MSH-4), which names the log.
    package let hospital: String
    /// The message, without framing.
    package let bytes: [UInt8]
    package let kind: Kind
    /// Trigger event, such as `A01`; the one meant, where the message is faulty.
    package let trigger: String
    /// MSH-10 as sent.
    package let controlID: String
    /// Whether the message was held up, so that messages recorded after it were sent before it.
    package let wasDelayed: Bool
    /// Whether the control id was that of an earlier message with other bytes.
    package let reusesControlID: Bool

    /// The same message leaving at another time.
    func sent(at instant: Instant, again: Bool) -> SimulatedMessage {
        SimulatedMessage(
            sendAt: instant, hospital: hospital, bytes: bytes, kind: again ? .resend : kind, trigger: trigger,
            controlID: controlID, wasDelayed: wasDelayed, reusesControlID: reusesControlID)
    }
}
