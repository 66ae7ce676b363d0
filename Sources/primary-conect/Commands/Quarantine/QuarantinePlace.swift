import Admissions
import EventLog

/// Reads where the reason lies from the event that told of a message.
enum QuarantinePlace {
    static func of(_ payload: [UInt8]) -> String? {
        (try? AdmissionEvent(type: AdmissionEvent.Kind.messageQuarantined.rawValue, payload: payload))?.place
    }

    /// `visit-number-missing at PV1-19`.
    static func spoken(_ reason: String, _ place: String?) -> String {
        place.map { "\(reason) at \($0)" } ?? reason
    }
}

extension WaitingMessage {
    /// Where in the message the reason lies.
    var place: String? { QuarantinePlace.of(payload) }
    /// MSH-4 as sent.
    var facility: String { MaskedMessage.printable(String(sender.split(separator: "|").last ?? "")) }
}
