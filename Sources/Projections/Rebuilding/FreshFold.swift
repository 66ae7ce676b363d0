import Admissions
import EventLog
import EventSourcing

/// All states of one log folded from its first event, in memory.
///
/// The next batch is read from the database and understood while the last is folded. Memory grows with the subjects of the log, not with its events
/// beyond their facts: some two kilobytes an encounter.
struct FreshFold: Sendable {
    private(set) var practices: PracticeFold
    private(set) var position = Position.origin
    private(set) var toldThrough: Instant?
    private(set) var poison: [PoisonEvent] = []
    private(set) var heard = FeedHearing()
    private var records: [StreamName: HotOnboardingRecord] = [:]
    private var order: ListOrder

    /// Events read at once.
    static let batchEventsMax = 5_000

    /// - Parameter points: what practices told of their lists, ascending.
    init(hospital: LogName, basis: ViewBasis, points: [RegistrationPoint]) {
        practices = PracticeFold(hospital: hospital, basis: basis)
        order = ListOrder(points)
    }

    /// Folds up to a position that the log has reached, once; all lists count by then.
    mutating func fold(
        through end: Position, from reader: EventReader, progress: (Int64) -> Void
    ) async throws {
        let hospital = practices.hospital
        var next = try await Self.read(hospital, after: position, through: end, from: reader)
        while let last = next.events.last, let first = next.events.first {
            guard first.position.rawValue == position.rawValue + 1 else {
                throw ProjectionError.positionGap(
                    hospital: hospital.rawValue, expected: position.rawValue + 1, found: first.position.rawValue)
            }
            async let following = Self.read(hospital, after: last.position, through: end, from: reader)
            take(next, last: last)
            progress(Int64(next.events.count))
            next = try await following
        }
        guard position >= end else {
            throw ProjectionError.positionGap(
                hospital: hospital.rawValue, expected: position.rawValue + 1, found: end.rawValue)
        }
        order.finish(&practices)
        practices.forgetReadings()
    }

    /// Some events, and what they say.
    private struct Batch: Sendable {
        var events: [RecordedEvent] = []
        var runs: [EventRun] = []
    }

    private mutating func take(_ batch: Batch, last: RecordedEvent) {
        for run in batch.runs {
            order.apply(run.facts, to: &practices)
            // One that cannot be read is among the poison.
            for event in run.onboarding { try? records[event.stream, default: HotOnboardingRecord()].take(event) }
            poison += run.poison
        }
        practices.forgetReadings()
        heard.take(batch.events)
        position = last.position
        toldThrough = last.recordedAt
    }

    /// Gives all rows, some at a time, with the states of the encounters they show.
    mutating func eachRows(
        of count: Int, _ body: ([EncounterRow], [StateTables.StoredEncounter]) async throws -> Void
    ) async throws {
        var rows: [EncounterRow] = []
        var encounters: [StateTables.StoredEncounter] = []
        var places: Set<EncounterTable.RowKey> = []
        let hospital = practices.hospital
        // Of which somebody was named once, and nobody in the end.
        var nobodys: Set<EncounterKey> = []
        for person in practices.people {
            let named = practices.log.visitsNamed(of: person)
            for key in named {
                if let patient = practices.patient(of: key) {
                    if practices.isWithheld(key), practices.log.root(of: patient) == person {
                        take(key, nil, &rows, &encounters)
                    }
                } else {
                    nobodys.insert(key)
                }
            }
            for (key, row) in practices.rows(of: person, among: named) {
                take(key, row, &rows, &encounters)
                if !practices.departed.isEmpty { places.insert(EncounterTable.RowKey(row, of: hospital)) }
            }
            guard rows.count >= count else { continue }
            try await body(rows, encounters)
            rows.removeAll(keepingCapacity: true)
            encounters.removeAll(keepingCapacity: true)
            practices.forgetReadings()
        }
        nobodys.formUnion(practices.encounters.filter { practices.log.whole($0).patientsNamed.isEmpty })
        for key in nobodys.sorted() {
            take(key, practices.isWithheld(key) ? nil : practices.rowOfNobody(key), &rows, &encounters)
        }
        for (place, row) in practices.departed where !places.contains(place) {
            if let row { rows.append(row) }
        }
        practices.forgetReadings()
        try await body(rows, encounters)
    }

    /// The rows of all hot onboarding cases, in the order of their streams.
    mutating func onboardingRows() -> [OnboardingRow] {
        var rows: [OnboardingRow] = []
        for (stream, record) in records.sorted(by: { $0.key < $1.key }) {
            if let row = practices.row(of: record, stream: stream) { rows.append(row) }
        }
        return rows
    }

    private mutating func take(
        _ key: EncounterKey, _ row: EncounterRow?, _ rows: inout [EncounterRow],
        _ encounters: inout [StateTables.StoredEncounter]
    ) {
        if let row { rows.append(row) }
        for other in practices.log.identities(of: key) {
            if let stored = practices.stored(other) { encounters.append(stored) }
        }
    }

    private static func read(
        _ hospital: LogName, after position: Position, through end: Position, from reader: EventReader
    ) async throws -> Batch {
        guard position < end else { return Batch() }
        let limit = min(Int64(batchEventsMax), end.rawValue - position.rawValue)
        let events = try await reader.events(in: hospital, after: position, limit: Int(limit))
        let half = events.count / 2
        // To understand what was told takes longer than to fold it.
        async let second = EventRun(events[half...])
        let first = EventRun(events[..<half])
        return Batch(events: events, runs: [first, await second])
    }
}
