import Admissions
import ArgumentParser

/// A day as a person types it: `YYYY-MM-DD`.
struct CivilDayArgument: ExpressibleByArgument, Sendable {
    let day: LondonDay

    init?(argument: String) {
        guard let day = LondonDay(argument) else { return nil }
        self.day = day
    }
}
