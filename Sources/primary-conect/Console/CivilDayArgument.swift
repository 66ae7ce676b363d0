import Admissions
import ArgumentParser

/// A day as a person types it: `YYYY-MM-DD`.
struct CivilDayArgument: ExpressibleByArgument, Sendable {
    /// Counted from 1970-01-01.
    let day: Int64

    init?(argument: String) {
        guard let day = LondonCalendar.day(argument) else { return nil }
        self.day = day
    }
}
