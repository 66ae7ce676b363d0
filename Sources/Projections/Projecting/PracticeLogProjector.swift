import EventSourcing
import Postgres

/// Brings the tables that are made of one practice's log up to date, run by run.
///
/// As `LogProjector` for a hospital's log: rows and checkpoint move in one transaction, and the checkpoint decides who
/// wins. Holds nothing but its position.
struct PracticeLogProjector: Sendable {
    /// What is made of the log.
    static let folds: [any PracticeLogFold] = [RegistrationFold(), ActLogFold()]
    /// Events of one transaction.
    static let runEventsMax = 5_000

    let log: PracticeLog
    let target: LogProjector.Target
    private(set) var position = Position.origin

    init(_ log: PracticeLog, target: LogProjector.Target) {
        self.log = log
        self.target = target
    }

    /// `nil` for the log of a hospital.
    init?(_ name: LogName, target: LogProjector.Target, basis: ViewBasis, channel: StatementChannel) {
        guard let practice = name.practice else { return nil }
        self.init(
            PracticeLog(name: name, practice: practice, basis: basis, tables: target.tables, channel: channel),
            target: target)
    }

    /// Reads the checkpoint.
    mutating func start() async throws {
        let result = try await log.channel.query(CheckpointTable.select(log.name, from: log.tables.checkpoint))
        position = try result.first?.decode(0) ?? .origin
    }

    /// Projects the events that follow the checkpoint, in one transaction; those before it are passed over.
    ///
    /// Throws `checkpointMoved` if another projector was faster, `positionGap` if events are missing.
    mutating func project(_ events: [RecordedEvent]) async throws {
        let events = events.drop { $0.position <= position }
        guard let last = events.last else { return }
        try LogProjector.checkOrder(events, behind: position, in: log.name)
        do {
            var changes = PracticeLogChanges()
            for fold in Self.folds { changes.append(try await fold.changes(for: events, of: log)) }
            var statements = target.reaching(last, from: position, in: log.name, basis: log.basis) + changes.statements
            if !changes.poison.isEmpty {
                statements.append(PoisonTable.insert(changes.poison, of: log.name, into: log.tables.poison))
            }
            // The last: it holds the practice's counter, for which the projectors of hospitals wait.
            if target.tellsPractices, !changes.told.isEmpty { statements.append(ChangeTable.tell(changes.told)) }
            _ = try await log.channel.pipeline(statements)
        } catch {
            throw target.reading(error, of: log.name)
        }
        position = last.position
    }

    /// Projects all events up to a position that the log has reached.
    mutating func project(
        through end: Position, read: (Position, Int) async throws -> [RecordedEvent]
    ) async throws {
        while position < end {
            let events = try await read(position, Self.runEventsMax)
            guard !events.isEmpty else {
                throw ProjectionError.positionGap(
                    hospital: log.name.rawValue, expected: position.rawValue + 1, found: end.rawValue)
            }
            try await project(events)
        }
    }
}
