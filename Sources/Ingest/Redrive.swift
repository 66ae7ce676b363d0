package import EventSourcing
import ADT
import HL7v2

/// Reads a quarantined message again, with the feeds and the code of now.
///
/// Pure: the same bytes and feeds give the same verdict, and the events are those that the message would have given
/// when it came. Where they stand in the fold is told by the message itself.
package struct Redrive: Sendable {
    /// What the message is found to be.
    package enum Verdict: Sendable, Equatable {
        /// Understood: its events, at least one.
        case understood([NewEvent])
        /// Still not understood, or never to be acted on.
        case waits(reason: String, place: String?)
        /// Its sender is listed as another hospital now, and no log takes what another was told.
        case belongs(to: LogName)
    }

    private let feeds: FeedDirectory

    package init(feeds: FeedDirectory) {
        self.feeds = feeds
    }

    /// Reads one message of a log.
    package func read(_ bytes: [UInt8], in log: LogName) -> Verdict {
        guard let message = try? HL7Message(bytes) else {
            return .waits(reason: ReasonCode.notHL7.rawValue, place: ReasonCode.notHL7.place)
        }
        let header = message.header
        let reader = feeds.reader(application: header.sendingApplication, facility: header.sendingFacility)
        guard reader.feed.log == log else { return .belongs(to: reader.feed.log) }
        let reading = reader.adt.read(message)
        switch reading.disposition {
        case .read, .kept: return .understood(reading.events)
        case .quarantined, .refused: return .waits(reason: reading.reason?.rawValue ?? "", place: reading.place)
        }
    }
}
