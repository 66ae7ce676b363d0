import Admissions
import EventLog
import EventSourcing

/// A practice's list folded from the first event of its log, in memory.
struct FreshLists: Sendable {
    let log: LogName
    private(set) var run: RegistrationRun
    private(set) var position = Position.origin
    private(set) var poison: [PoisonEvent] = []

    init(log: LogName, practice: ODSPracticeCode) {
        self.log = log
        run = RegistrationRun(practice: practice)
    }

    /// Folds up to a position that the log has reached.
    mutating func fold(
        through end: Position, from reader: EventReader, progress: (Int64) -> Void
    ) async throws {
        while position < end {
            let limit = min(Int64(FreshFold.batchEventsMax), end.rawValue - position.rawValue)
            let events = try await reader.events(in: log, after: position, limit: Int(limit))
            guard let last = events.last else {
                throw ProjectionError.positionGap(
                    hospital: log.rawValue, expected: position.rawValue + 1, found: end.rawValue)
            }
            for told in RegistrationFold.read(events, poison: &poison) {
                run.apply(told.event, toldAt: told.toldAt, position: told.position)
            }
            position = last.position
            progress(Int64(events.count))
        }
    }
}
