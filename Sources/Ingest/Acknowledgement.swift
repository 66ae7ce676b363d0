import EventSourcing
import HL7v2

/// What goes back to the hospital.
///
/// An accepting one can only be made from a `Receipt`, and only a log makes receipts: nothing is accepted before it
/// is durable. The bytes depend on the message and the receipt alone, so that a message sent again is answered with
/// the same bytes again.
package struct Acknowledgement: Sendable, Equatable {
    /// The HL7 message to send back; empty where the sender asked for none (MSH-15/16 `NE`).
    package let bytes: [UInt8]
    /// Whether the connection is closed after it: what came could not be understood as HL7 at all.
    package let closes: Bool

    private init(bytes: [UInt8], closes: Bool = false) {
        self.bytes = bytes
        self.closes = closes
    }

    /// Nothing: what came is an acknowledgement itself.
    static let silent = Acknowledgement(bytes: [])

    /// AA or CA: the message is stored, whatever it holds.
    static func accepting(_ header: HL7Header, _ receipt: Receipt) -> Acknowledgement {
        answering(header, .accepted, id: receipt.acknowledgementID, at: receipt.recordedAt)
    }

    /// AR or CR: the message is stored, and will never be acted on: not ADT, or not for production (domain.md 2.5).
    static func refusing(_ header: HL7Header, _ receipt: Receipt, error: HL7ErrorLocation) -> Acknowledgement {
        answering(header, .rejected, id: receipt.acknowledgementID, at: receipt.recordedAt, error: error)
    }

    /// AR with an empty MSA-2, then the line is cut: the bytes are stored, but there is no header to answer to.
    static func refusingUnreadable(_ receipt: Receipt) -> Acknowledgement {
        let error = HL7ErrorLocation(code: .unsupportedMessageType, text: "not an HL7 message")
        return answering(
            nil, .rejected, id: receipt.acknowledgementID, at: receipt.recordedAt, error: error, closes: true)
    }

    /// AR 207: nothing was stored, the sender keeps the message and sends it again (domain.md 2.5).
    static func unavailable(_ header: HL7Header?, at now: Instant) -> Acknowledgement {
        answering(
            header, .rejected, id: "0", at: now,
            error: HL7ErrorLocation(code: .internalError, text: "not stored, send again"), closes: header == nil)
    }

    /// AR for a frame that was given up at the limit: it was not stored, and the line is cut.
    static func refusingOversize(_ header: HL7Header?, at now: Instant) -> Acknowledgement {
        answering(
            header, .rejected, id: "0", at: now,
            error: HL7ErrorLocation(code: .internalError, text: "frame too long"), closes: true)
    }

    private static func answering(
        _ header: HL7Header?, _ outcome: HL7Outcome, id: String, at time: Instant, error: HL7ErrorLocation? = nil,
        closes: Bool = false
    ) -> Acknowledgement {
        guard let code = (header?.acknowledgementMode ?? .original).code(for: outcome) else {
            return Acknowledgement(bytes: [], closes: closes)
        }
        let answer = HL7Acknowledgement(
            code: code, to: header, controlID: id, at: time.microseconds, text: error?.text,
            errors: error.map { [$0] } ?? [])
        return Acknowledgement(bytes: answer.bytes, closes: closes)
    }
}

extension Receipt {
    /// MSH-10 of the answer: the log and the place of the message in it. At most 20 characters for 7 of log and a
    /// position below 10 to the 12th (HL7 2.4 chapter 2: MSH-10 is ST of 20).
    fileprivate var acknowledgementID: String { "\(log)-\(first.rawValue)" }
}
