import Admissions
import ArgumentParser
import EventSourcing

/// A moment as a person types it: RFC 3339, or a day, which is its first moment in London.
struct MomentArgument: ExpressibleByArgument, Sendable {
    let instant: Instant

    init?(argument: String) {
        if let day = LondonDay(argument) {
            instant = day.start
        } else if let moment = Instant(iso8601: argument) {
            instant = moment
        } else {
            return nil
        }
    }
}
