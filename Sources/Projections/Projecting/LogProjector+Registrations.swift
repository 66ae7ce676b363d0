import Admissions
import EventLog
import EventSourcing
import Postgres

/// The lists of practices, as far as they are projected, and the rows of a hospital that move by them.
///
/// The rows stand by the hospital's log up to `position` and by each practice's list up to `taken`: by these alone, in
/// whatever order they came. A list counts by when it was told, behind all that the hospital told at or before. Where
/// news comes in that order the states go on from where they are; where it does not, those concerned are folded anew
/// from their first event (`replay`), so that it can also be said where their rows stood in between.
extension LogProjector {
    /// Points of one transaction.
    static let runPointsMax = 2_000

    /// Brings the rows up to all that practices have told and that is projected by now.
    mutating func takeRegistrations() async throws {
        let heads = try CheckpointTable.decodePositions(
            try await channel.query(CheckpointTable.selectAll(from: tables.checkpoint)))
        for (log, head) in heads.sorted(by: { $0.key < $1.key }) {
            guard let practice = log.practice else { continue }
            while let behind = position(of: practice, below: head) {
                let points = try RegistrationTables.decodePoints(
                    try await channel.query(
                        RegistrationTables.selectPoints(
                            of: practice, after: behind, through: head, limit: Self.runPointsMax,
                            from: tables.registrationPoint)), from: tables.registrationPoint)
                let reached = points.count < Self.runPointsMax ? head : points.last?.position ?? head
                try await take(points, of: practice, through: reached)
            }
        }
    }

    private func position(of practice: ODSPracticeCode, below head: Position) -> Position? {
        let position = taken.positions[practice] ?? .origin
        return position < head ? position : nil
    }

    /// Takes the next points of a practice, in one transaction.
    private mutating func take(
        _ points: [RegistrationPoint], of practice: ODSPracticeCode, through reached: Position
    ) async throws {
        do {
            let people = Set(points.map(\.person)).sorted()
            let borne = try await channel.query(
                StateTables.selectNumbers(borneOf: people, in: hospital, from: tables.patientState))
            let known = Set(try borne.compactMap { NHSNumber(try $0.decode(0, as: String.self)) }).intersection(people)
            try await loadThoroughly([], known.sorted())
            let late = lateNumbers(among: points.filter { known.contains($0.person) })
            states.apply(points.filter { known.contains($0.person) && !late.contains($0.person) })
            states.hold(points.filter { late.contains($0.person) || states.holds($0.person) })
            var changes = states.changes()
            var concerned = states.touchedIdentities
            let search = late.isEmpty ? nil : states.thoroughSearch(from: [], late.sorted(), formerBearers: states.formerBearers)
            if let search { concerned.formUnion(search.patientsSeen) }
            states.write(try await load(cases(of: concerned), through: position), to: &changes)
            var next = taken
            next.advance(practice, to: reached, with: points)
            var statements = target.staying(at: position, in: hospital, basis: states.fold.basis)
            if case .live = target { statements.append(CheckpointTable.hold(hospital, taken: taken)) }
            statements += changes.statements(for: hospital, in: tables)
            if let search {
                let news = points.last { late.contains($0.person) }.map(RowNews.point)
                let replayed = try await replay(search, through: position, for: news)
                statements += replayed.statements(for: hospital, in: tables)
                changes.take(newsOf: replayed)
            }
            statements.append(CheckpointTable.note(hospital, taken: next, of: [practice], in: tables.checkpoint))
            _ = try await channel.pipeline(statements + changes.tellings)
            taken = next
            settle(afterReplay: !late.isEmpty)
        } catch {
            forget()
            throw target.reading(error, of: hospital)
        }
    }

    /// The numbers of which a point comes late: news of somebody concerned, or another point, stands behind it already.
    private func lateNumbers(among points: [RegistrationPoint]) -> Set<NHSNumber> {
        let formerBearers = states.formerBearers
        var firsts: [NHSNumber: RegistrationPoint] = [:]
        for point in points where firsts[point.person] == nil { firsts[point.person] = point }
        return Set(
            firsts.values.lazy.filter { point in
                states.isAnythingTold(behind: point, of: states.thoroughSearch(from: [], [point.person], formerBearers: formerBearers))
            }.map(\.person))
    }

    /// Those whose rows do not follow from what the tables held: these facts were told before, or when, a list was told
    /// that the rows stand by already, or an encounter is withheld now, or no longer. `nil` for nobody.
    mutating func overtaken(_ facts: [ToldEvent]) async throws -> PersonSearch? {
        let early = facts.filter { fact in
            taken.toldThrough.map { fact.toldAt <= $0 } ?? false
                || fact.event.encounterKey.map { states.fold.veiled.contains(states.fold.log.root(of: $0)) } ?? false
        }
        guard !early.isEmpty else { return nil }
        try await loadThoroughly(early, [])
        let formerBearers = states.formerBearers
        let overtaken = early.filter { fact in
            if let key = fact.event.encounterKey, states.fold.veiled.contains(states.fold.log.root(of: key)) {
                return true
            }
            return states.thoroughSearch(from: [fact], [], formerBearers: formerBearers).numbersSeen.contains { number in
                states.fold.book.points(of: number).contains { $0.toldAt >= fact.toldAt }
            }
        }
        return overtaken.isEmpty ? nil : states.thoroughSearch(from: overtaken, [], formerBearers: formerBearers)
    }

    /// Loads whatever is tied to these facts and numbers, now or ever.
    private mutating func loadThoroughly(_ facts: [ToldEvent], _ numbers: [NHSNumber]) async throws {
        while true {
            let wanted = states.thoroughSearch(from: facts, numbers, formerBearers: states.formerBearers).missing
            guard !wanted.isEmpty else { return }
            try await load(wanted)
        }
    }

    // MARK: Replay

    /// Folds a closed part of the log anew, from its first event: what its tables must be told, whatever they hold now.
    ///
    /// - Parameter news: for which practices are told what differs from what the tables held before the transaction.
    func replay(_ search: PersonSearch, through end: Position, for news: RowNews?) async throws -> StateChanges {
        let streams =
            search.encountersSeen.map { StreamName("encounter:" + $0.rawValue) }
            + search.patientsSeen.map { StreamName("patient:" + $0.rawValue) }
        let points = search.numbersSeen.flatMap { states.fold.book.points(of: $0) }.sorted()
        var fold = PersonReplay(hospital: hospital, basis: states.fold.basis, points: points)
        try await StreamEvents(log: hospital, streams: streams, end: end).each(through: channel) { events in
            fold.apply(EventRun(events).facts)
        }
        var changes = fold.changes()
        if target.tellsPractices, let news {
            changes.told = try await told(of: changes, hidden: fold.hidden, for: news)
            changes.hidden = fold.hidden
        }
        return changes
    }

    /// What practices are told of rows that are written whatever the tables hold: what differs from that.
    private func told(
        of changes: StateChanges, hidden: Set<EncounterTable.RowKey>, for news: RowNews
    ) async throws -> [PracticeChange] {
        var after: RowsOfRun.Rows = [:]
        for row in changes.rows { after[EncounterTable.RowKey(row, of: hospital)] = row }
        var departed: [EncounterTable.RowKey: EncounterRow?] = [:]
        for row in changes.withdrawn { departed[EncounterTable.RowKey(row, of: hospital)] = row }
        let places = Array(after.keys) + Array(departed.keys) + changes.departed
        var before: RowsOfRun.Rows = [:]
        for stored in try await channel.query(EncounterTable.select(places.sorted(), from: tables.encounter)) {
            let row = try EncounterTable.decode(stored)
            before[EncounterTable.RowKey(row, of: hospital)] = row
        }
        for (place, row) in departed {
            // A trace that stands already is no news; a new one is, where no row stood, too.
            before[place] = before[place] == row ? nil : before[place] ?? row
        }
        let isOfPractice = { (place: EncounterTable.RowKey) in place.practice != EncounterRow.unknownPractice }
        return RowComparison(
            before: before.filter { isOfPractice($0.key) }, after: after.filter { isOfPractice($0.key) },
            departed: departed, hidden: hidden, news: news
        ).changes
    }
}
