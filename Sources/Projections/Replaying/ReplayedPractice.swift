import Admissions
import EventSourcing
import Postgres

/// The lists of one practice as they stood at a moment of the past, made of a district folded whole.
package struct ReplayedPractice: Sendable {
    private let district: ReplayedDistrict
    private let practice: String
    private let acts: ActRows
    private let registrations: RegistrationRun?
    private let rows: [EncounterTable.RowKey: EncounterRow]

    init(district: ReplayedDistrict, practice: String, own: FreshPracticeLog?) async throws {
        self.district = district
        self.practice = practice
        var today = AsAtPeople()
        try today.restrict(by: try await district.past.archive.query(AsAtPeople.selectRestricted))
        var rows: [EncounterTable.RowKey: EncounterRow] = [:]
        for (key, row) in district.fold.rows(of: practice) {
            rows[key] = today.shown(row, of: key.hospital, in: .then)
        }
        self.rows = rows
        acts = own?.acts.rows ?? ActRows(practice: practice)
        registrations = own?.run
    }

    /// Some lists, as one look that `access` names, recorded like any other.
    ///
    /// With `isShown` each list is given whole, and everybody on it recorded as shown; without it only how long it is,
    /// and nobody is. With `isCompared` each is held against what `AsAtReader` finds by the indexes at the same moment.
    /// Where somebody was who is restricted today is told by neither (product.md 4.9).
    package func lists(
        _ lists: [PracticeList], isShown: Bool, isCompared: Bool, access: AccessRequest
    ) async throws -> [ReplayedList] {
        try await district.past.desk.transaction { desk in
            let accessID = try OpenedAccess(try await desk.query(AccessStatements.open(access))).id
            var made: [ReplayedList] = []
            for list in lists {
                try Task.checkCancellation()
                made.append(try await self.list(list, isShown, isCompared, under: accessID, desk))
            }
            return made
        }
    }

    private func list(
        _ list: PracticeList, _ isShown: Bool, _ isCompared: Bool, under accessID: String, _ desk: PostgresTransaction
    ) async throws -> ReplayedList {
        let (past, cut) = (district.past, district.cut)
        // A list of the past is given whole.
        let question = ListQuestion(list, window: district.window, limit: .max)
        let look = try await AsAtLook(
            AsAtHead(
                practice: practice, accessID: accessID, cut: cut,
                since: list.hasWindow ? acts.windowStart(question.window, at: cut.moment) : nil, feeds: district.feeds,
                bandCount: list == .huddle ? band().count(from: past.rules.settings.symphonyBandMin) : 0),
            of: list, rows: rows, cases: district.fold.cases(of: practice), acts: acts, settings: past.rules.settings
        ) { registrations?.rows(of: $0) ?? [:] }
        var made = ReplayedList(
            list: list, practice: practice, lineCount: look.lines(of: question, by: past.rules).count)
        if isCompared {
            let indexed = try await past.look(question, at: cut, of: practice, under: accessID, desk)
            made.difference = ListDifference(
                look.compared(question, by: past.rules), indexed.compared(question, by: past.rules))
        }
        guard isShown else { return made }
        made.page =
            list == .huddle
            ? .huddle(try await look.huddle(ListFilter(), by: past.rules, desk))
            : .list(try await look.page(of: question, from: nil, by: past.rules, desk))
        return made
    }

    /// Scores by the practice's own list and by form, of everybody.
    private func band() -> SymphonyBand {
        var band = SymphonyBand()
        for (_, known) in registrations?.registrations ?? [:] {
            if let run = registrations { band.take(RegistrationRow(known, at: run.practice)) }
        }
        guard !acts.scores.isEmpty else { return band }
        var persons: [String: String] = [:]
        for row in rows.values where !row.isWithdrawn { persons[row.patient.ref] = row.patient.nhsNumber ?? row.patient.ref }
        let present = AsAtRefs(rows.values)
        for score in acts.scores {
            guard let person = persons[present.of(score.patientRef)] else { continue }
            band.take(person, Int64(score.score), score.scoredOn, byForm: true)
        }
        return band
    }
}
