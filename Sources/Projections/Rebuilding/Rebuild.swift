package import Admissions
package import EventLog
import EventSourcing
package import Logging
package import Postgres

/// Makes all views anew from the logs, beside the live ones, and puts them in their place in one transaction.
///
/// ```
/// begin ─▶ each log: fold in memory ─▶ write to the twins ─▶ make their indexes ─▶ project what came meanwhile
///                                                                                    │ nearly there
///                            lock the checkpoints ─▶ project the rest ─▶ exchange the names ─▶ commit
/// ```
///
/// The live feed goes on all the time, but for the last step of some milliseconds; readers see either the old rows or
/// the new. A second rebuild overtakes the first, which then throws `rebuildOvertaken`. The pool logs in as
/// `primary_conect_projector`. It and the reader's pool must not be shared with a `Projector`: in the last step the
/// projectors wait for us on their connections, and we would wait behind them. One pool for both needs two connections.
package struct Rebuild: Sendable {
    /// What a rebuild has done.
    package struct Summary: Sendable, Hashable {
        /// Events folded.
        package var events: Int64
        /// Rows of `practice.encounter` written.
        package var rows: Int64
        /// Events that could not be read.
        package var poison: Int
        /// Time spent on reading and folding.
        package var folding: Duration
        /// Time for everything.
        package var whole: Duration
    }

    /// How often the exchange is tried while somebody's long look holds the tables.
    package static let swapTriesMax = 30
    /// Rows or states of one insert.
    static let chunkRowsMax = 2_000
    /// Inserts under way at once: while some are written, the next is made.
    private static let writesAtOnce = 2
    /// The longest that making half of the indexes may take: of a hundred million rows it takes some minutes.
    private static let indexingMax = Duration.seconds(3_600)
    /// Behind by so many events at most, a rebuild goes to its last step.
    static let nearlyThereEvents: Int64 = 500

    private let pool: PostgresPool
    private let reader: EventReader
    private let logger: Logger
    private let successors: PracticeSuccessors?
    private let sensitivity: SensitivityPolicy?

    /// Makes a rebuild; `successors` are the practices that have closed by now, `sensitivity` is what is sensitive
    /// here, `nil` for those of the live views.
    package init(
        pool: PostgresPool, reader: EventReader, logger: Logger, successors: PracticeSuccessors? = nil,
        sensitivity: SensitivityPolicy? = nil
    ) {
        self.sensitivity = sensitivity
        self.pool = pool
        self.reader = reader
        self.logger = logger
        self.successors = successors
    }

    /// Rebuilds all views; `progress` is called from the task that runs this, at least every 5,000 events or rows.
    package func run(progress: @Sendable (RebuildProgress) -> Void = { _ in }) async throws -> Summary {
        let clock = ContinuousClock()
        let began = clock.now
        var basis = try await ViewBasis.load(from: pool)
        if let successors { basis.successors = successors }
        if let sensitivity { basis.sensitivity = sensitivity }
        let id = try await begin()
        var summary = Summary(events: 0, rows: 0, poison: 0, folding: .zero, whole: .zero)
        let logs = try await reader.logs()
        for log in logs where log.practice != nil {
            summary.events += try await project(log, of: id, basis: basis, channel: .pool(pool)).rawValue
        }
        let (taken, points) = try await lists(projectedBy: logs)
        for log in logs where log.practice == nil {
            let head = try await reader.head(of: log)
            var fold = FreshFold(hospital: log, basis: basis, points: points)
            let foldBegan = clock.now
            var done: Int64 = 0
            try await fold.fold(through: head, from: reader) { count in
                done += count
                progress(RebuildProgress(phase: .folding, log: log, done: done, total: head.rawValue))
            }
            summary.folding += clock.now - foldBegan
            summary.events += fold.position.rawValue
            summary.poison += fold.poison.count
            summary.rows += try await write(fold, by: taken, of: id, progress: progress)
        }
        try await index(id)
        for log in try await reader.logs().sorted(by: { $0.practice != nil && $1.practice == nil }) {
            try await follow(log, of: id, basis: basis, progress: progress)
        }
        try await swap(id, basis: basis, progress: progress)
        summary.whole = clock.now - began
        return summary
    }

    /// Projects the log of a practice onto the twins: to a position, or to where it ends now.
    @discardableResult
    private func project(
        _ log: LogName, through end: Position? = nil, of id: String, basis: ViewBasis, channel: StatementChannel
    ) async throws -> Position {
        guard
            var projector = PracticeLogProjector(log, target: .shadow(rebuild: id), basis: basis, channel: channel)
        else { return .origin }
        let head = if let end { end } else { try await reader.head(of: log) }
        try await projector.start()
        try await projector.project(through: head) { try await reader.events(in: log, after: $0, limit: $1) }
        return projector.position
    }

    /// What practices told of their lists, as the twins have it, and up to where.
    private func lists(projectedBy logs: [LogName]) async throws -> (TakenLists, [RegistrationPoint]) {
        let tables = ProjectionTables.shadow
        let positions = try CheckpointTable.decodePositions(
            try await pool.query(CheckpointTable.selectAll(from: tables.checkpoint)))
        var taken = TakenLists()
        var points: [RegistrationPoint] = []
        for log in logs {
            guard let practice = log.practice, let position = positions[log] else { continue }
            let told = try RegistrationTables.decodePoints(
                try await pool.query(
                    RegistrationTables.selectPoints(
                        of: practice, after: .origin, through: position, limit: .max, from: tables.registrationPoint)),
                from: tables.registrationPoint)
            taken.advance(practice, to: position, with: told)
            points += told
        }
        return (taken, points.sorted())
    }

    private func begin() async throws -> String {
        let result = try await pool.query(RebuildStatements.begin)
        guard let row = result.first else { throw ProjectionError.rowUnreadable(table: "practice.rebuild") }
        return try row.decode(0, as: String.self)
    }

    // MARK: Writing

    private func write(
        _ fold: FreshFold, by taken: TakenLists, of id: String, progress: @Sendable (RebuildProgress) -> Void
    ) async throws -> Int64 {
        var fold = fold
        let hospital = fold.practices.hospital
        let tables = ProjectionTables.shadow
        let patients = fold.practices.log.patients.keys.sorted()
        let total = Int64(fold.practices.log.encounters.count)
        var done: Int64 = 0
        var written: Int64 = 0
        try await withThrowingTaskGroup(of: Void.self) { group in
            var underWay = 0
            func write(_ statements: [SQL]) async throws {
                if underWay == Self.writesAtOnce {
                    try await group.next()
                    underWay -= 1
                }
                underWay += 1
                group.addTask { try await self.write(statements, of: id) }
            }
            for chunk in patients.chunks(of: Self.chunkRowsMax) {
                let stored = chunk.compactMap { fold.practices.stored($0) }
                try await write([StateTables.insert(stored, of: hospital, into: tables.patientState)])
            }
            try await fold.eachRows(of: Self.chunkRowsMax) { rows, encounters in
                try await write([
                    StateTables.insert(encounters, of: hospital, into: tables.encounterState),
                    EncounterTable.insert(rows, into: tables.encounter),
                ])
                written += Int64(rows.count)
                done += Int64(encounters.count)
                progress(RebuildProgress(phase: .writing, log: hospital, done: done, total: total))
            }
            try await group.waitForAll()
        }
        for chunk in fold.onboardingRows().chunks(of: Self.chunkRowsMax) {
            try await write(OnboardingTable.upsert(Array(chunk), into: tables), of: id)
        }
        var rest: [SQL] = []
        if !fold.poison.isEmpty { rest.append(PoisonTable.insert(fold.poison, of: hospital, into: tables.poison)) }
        rest += FeedTable.note(fold.heard, since: FeedHearing(), of: hospital, in: tables)
        if let told = fold.toldThrough {
            rest.append(
                CheckpointTable.note(hospital, reached: fold.position, toldThrough: told, in: tables.checkpoint))
        }
        if !taken.positions.isEmpty {
            rest.append(
                CheckpointTable.note(
                    hospital, taken: taken, of: taken.positions.keys.sorted(), in: tables.checkpoint))
        }
        try await write(rest, of: id)
        return written
    }

    private func write(_ statements: [SQL], of id: String) async throws {
        do throws(PostgresError) {
            _ = try await pool.pipeline([RebuildStatements.hold(id)] + statements)
        } catch {
            if error.sqlState == "55000" { throw ProjectionError.rebuildOvertaken }
            throw error
        }
    }

    /// Makes the indexes that `begin` took away, two at once.
    private func index(_ id: String) async throws {
        do {
            async let other = pool.query(RebuildStatements.index(id, part: 1, of: 2), within: Self.indexingMax)
            _ = try await pool.query(RebuildStatements.index(id, part: 0, of: 2), within: Self.indexingMax)
            _ = try await other
        } catch let error as PostgresError where error.sqlState == "55000" {
            throw ProjectionError.rebuildOvertaken
        }
    }

    // MARK: Catching up

    private func follow(
        _ log: LogName, of id: String, basis: ViewBasis, progress: @Sendable (RebuildProgress) -> Void
    ) async throws {
        guard log.practice == nil else {
            try await project(log, of: id, basis: basis, channel: .pool(pool))
            return
        }
        var projector = LogProjector(
            hospital: log, target: .shadow(rebuild: id), basis: basis, channel: .pool(pool))
        try await projector.start()
        while true {
            let head = try await reader.head(of: log)
            guard head.rawValue - projector.position.rawValue > Self.nearlyThereEvents else { break }
            try await projector.project(through: head, from: reader)
            progress(
                RebuildProgress(
                    phase: .catchingUp, log: log, done: projector.position.rawValue, total: head.rawValue))
        }
        try await projector.takeRegistrations()
    }

    private func swap(
        _ id: String, basis: ViewBasis, progress: @Sendable (RebuildProgress) -> Void
    ) async throws {
        for attempt in 1...Self.swapTriesMax {
            progress(RebuildProgress(phase: .swapping, log: nil, done: Int64(attempt - 1), total: 1))
            do {
                try await swapOnce(id, basis: basis)
                progress(RebuildProgress(phase: .swapping, log: nil, done: 1, total: 1))
                return
            } catch let error as PostgresError where error.isLockTimeout || error.isSerializationFailure {
                logger.info("rebuild waits for a long look", metadata: ["attempt": "\(attempt)"])
            } catch let error as PostgresError where error.sqlState == "55000" {
                throw ProjectionError.rebuildOvertaken
            }
        }
        throw ProjectionError.swapRefused(tries: Self.swapTriesMax)
    }

    /// With the checkpoints locked the live position stands still; the twins are brought to it in the same transaction.
    private func swapOnce(_ id: String, basis: ViewBasis) async throws {
        try await pool.transaction { transaction in
            _ = try await transaction.query(RebuildStatements.lockCheckpoints)
            let live = try CheckpointTable.decodePositions(
                try await transaction.query(CheckpointTable.selectAll(from: ProjectionTables.live.checkpoint)))
            for log in live.keys.sorted() where log.practice != nil {
                try await project(log, through: live[log], of: id, basis: basis, channel: .transaction(transaction))
            }
            for log in live.keys.sorted() where log.practice == nil {
                var projector = LogProjector(
                    hospital: log, target: .shadow(rebuild: id), basis: basis, channel: .transaction(transaction))
                try await projector.start()
                try await projector.project(through: live[log] ?? .origin, from: reader)
                try await projector.takeRegistrations()
            }
            _ = try await transaction.query(RebuildStatements.swap(id, basis))
            _ = try await transaction.query(ChangeTable.tellRebuilt)
        }
    }
}

extension LogProjector {
    /// Projects all events up to a position that the log has reached.
    mutating func project(through end: Position, from reader: EventReader) async throws {
        while position < end {
            let events = try await reader.events(in: hospital, after: position, limit: Self.runEventsMax)
            guard !events.isEmpty else {
                throw ProjectionError.positionGap(
                    hospital: hospital.rawValue, expected: position.rawValue + 1, found: end.rawValue)
            }
            try await project(events)
        }
    }
}

extension Array {
    /// The elements in runs of at most `count`.
    func chunks(of count: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: self.count, by: count).map { self[$0..<Swift.min($0 + count, self.count)] }
    }
}
