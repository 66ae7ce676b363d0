import Admissions
import EventLog
import EventSourcing

/// A practice's log folded from its first event, in memory: its list, and what its staff do.
struct FreshPracticeLog: Sendable {
    let log: LogName
    private(set) var run: RegistrationRun
    private(set) var position = Position.origin
    private(set) var acts: ActFold
    private var unread: [PoisonEvent] = []

    /// What could not be read.
    var poison: [PoisonEvent] { unread + acts.poison }

    init(log: LogName, practice: ODSPracticeCode, basis: ViewBasis) {
        self.log = log
        run = RegistrationRun(practice: practice)
        acts = ActFold(log: log, key: basis.key)
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
            for told in RegistrationFold.read(events, poison: &unread) {
                run.apply(told.event, toldAt: told.toldAt, position: told.position)
            }
            for event in events { acts.take(event) }
            position = last.position
            progress(Int64(events.count))
        }
    }
}
