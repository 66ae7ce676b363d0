import ArgumentParser
import EventLog
import EventSourcing
import Projections

/// Which moment of the past is shown: a time, or a place in a log.
struct PastMoment: ParsableArguments {
    @Option(help: "As it stood at this time (RFC 3339).")
    var asOf: String?
    @Option(help: "As it stood behind one event of a log: ZX901:1187.")
    var position: String?

    /// `nil` for the present.
    func moment(now: Instant) throws -> AsAtMoment? {
        if let position {
            guard asOf == nil, let moment = AsAtMoment(position: position) else {
                throw CommandFailure(.badData, "--position is a log and a number, ZX901:1187, without --as-of.")
            }
            return moment
        }
        guard let asOf else { return nil }
        guard let moment = Instant(iso8601: asOf) else {
            throw CommandFailure(.badData, "--as-of is a time like 2026-03-03T08:00:00Z.")
        }
        guard moment <= now else { throw CommandFailure(.badData, "--as-of lies in the future.") }
        return .time(moment)
    }
}
