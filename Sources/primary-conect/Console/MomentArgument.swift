import Admissions
import ArgumentParser
import EventSourcing
import HL7v2

/// A moment as a person types it: RFC 3339, without an offset by London's clock; or a day, which is its first moment
/// there.
struct MomentArgument: ExpressibleByArgument, Sendable {
    let instant: Instant

    init?(argument: String) {
        if let day = LondonDay(argument) {
            instant = day.start
        } else if let moment = Instant(iso8601: argument) ?? Self.london(argument) {
            instant = moment
        } else {
            return nil
        }
    }

    /// `2026-03-03T08:00` or `2026-03-03T08:00:30`; of an hour that comes twice the first.
    private static func london(_ text: String) -> Instant? {
        guard text.utf8.count == 16 || text.utf8.count == 19, let day = LondonDay(String(text.prefix(10)))
        else { return nil }
        // Read as if London were always at UTC: only for whether it is a time of day at all.
        guard Instant(iso8601: text + (text.utf8.count == 16 ? ":00Z" : "Z")) != nil else { return nil }
        let date = day.text.split(separator: "-").compactMap { Int($0) }
        let time = text.dropFirst(11).split(separator: ":").compactMap { Int($0) }
        guard date.count == 3, time.count >= 2 else { return nil }
        return Instant(
            microseconds: LondonTime.utcMicroseconds(
                year: date[0], month: date[1], day: date[2], hour: time[0], minute: time[1],
                second: time.count > 2 ? time[2] : 0
            ).microseconds)
    }
}
