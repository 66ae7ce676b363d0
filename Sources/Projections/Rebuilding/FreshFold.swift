import EventLog
import EventSourcing

/// All states of one log folded from its first event, in memory.
///
/// The next batch is read while the last is folded. Memory grows with the subjects of the log, not with its events
/// beyond their facts: some two kilobytes an encounter.
struct FreshFold: Sendable {
    private(set) var states: HeldStates
    private(set) var position = Position.origin
    private(set) var toldThrough: Instant?
    private(set) var poison: [PoisonEvent] = []
    private(set) var heard = FeedHearing()

    /// Events read at once.
    static let batchEventsMax = 5_000

    init(hospital: LogName, key: ReferenceKey) {
        states = HeldStates(hospital: hospital, key: key)
    }

    /// Folds up to a position that the log has reached.
    mutating func fold(
        through end: Position, from reader: EventReader, progress: (Int64) -> Void
    ) async throws {
        let hospital = states.hospital
        var next = try await Self.read(hospital, after: position, through: end, from: reader)
        while !next.isEmpty {
            let events = next
            guard let last = events.last, let first = events.first, first.position.rawValue == position.rawValue + 1
            else {
                throw ProjectionError.positionGap(
                    hospital: hospital.rawValue, expected: position.rawValue + 1,
                    found: next.first?.position.rawValue ?? 0)
            }
            async let following = Self.read(hospital, after: last.position, through: end, from: reader)
            take(events, last: last)
            next = try await following
            progress(Int64(events.count))
        }
        guard position >= end else {
            throw ProjectionError.positionGap(
                hospital: hospital.rawValue, expected: position.rawValue + 1, found: end.rawValue)
        }
    }

    private mutating func take(_ events: [RecordedEvent], last: RecordedEvent) {
        let run = EventRun(events)
        states.apply(run.facts)
        poison += run.poison
        heard.take(run.heard)
        position = last.position
        toldThrough = last.recordedAt
    }

    private static func read(
        _ hospital: LogName, after position: Position, through end: Position, from reader: EventReader
    ) async throws -> [RecordedEvent] {
        guard position < end else { return [] }
        let limit = min(Int64(batchEventsMax), end.rawValue - position.rawValue)
        return try await reader.events(in: hospital, after: position, limit: Int(limit))
    }
}
