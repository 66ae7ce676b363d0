import Admissions
import EventSourcing
import Postgres

/// A list as it stood, made of rows as they stood: the one step from states of the past to lines, wherever these were
/// folded.
///
/// `AsAtReader` folds those whom the list may have shown, `DistrictReplay` everybody.
struct AsAtLook: ListLook {
    let head: AsAtHead
    let people: CandidatePeople
    private let rows: [EncounterTable.RowKey: EncounterRow]

    var practice: String { head.practice }
    var accessID: String { head.accessID }
    var madeAt: Instant { head.cut.moment }
    var since: Instant? { head.since }
    var feeds: [FeedFreshness] { head.feeds }
    var bandCount: Int { head.bandCount }
    var cut: AsAtCut? { head.cut }

    /// Makes it of rows of the practice as they may be shown, and hot onboarding cases of its patients.
    ///
    /// - Parameter listed: what the practice's own list said of some people.
    init(
        _ head: AsAtHead, of list: PracticeList, rows: [EncounterTable.RowKey: EncounterRow],
        cases: [OnboardingCaseRow], acts: ActRows, settings: HuddleSettings,
        listed: ([NHSNumber]) async throws -> [String: RegistrationRow]
    ) async throws {
        self.head = head
        self.rows = rows
        let now = head.cut.moment
        let membership = ListMembership(list: list, since: head.since, now: now, settings: settings)
        let weighed = rows.filter { membership.isWeighed($0.value) }
        let numbers = Set(weighed.values.compactMap { $0.patient.nhsNumber.flatMap { NHSNumber($0) } })
        let listed = try await listed(numbers.sorted())
        let candidates = weighed.sorted { $0.key < $1.key }.map { key, row in
            Candidate(
                row, hospital: key.hospital, listed: Self.listed(row, in: listed), isListed: membership.holds(row),
                now: now)
        }
        let present = AsAtRefs(rows.values)
        let marks = CandidateMarks(
            acts: acts, cases: cases.filter { $0.joinedTo == nil }, day: LondonDay(of: now).text, present: present)
        let concerns = acts.concerns.filter { $0.state == Concern.State.open.rawValue }
            .sorted { ($0.raisedAt, $0.id) < ($1.raisedAt, $1.id) }.map { concern in
                CandidateConcern(
                    patient: CandidatePatient(hospital: concern.hospital, ref: present.of(concern.patientRef)),
                    concern: HuddlePatient.OpenConcern(
                        id: concern.id, kind: concern.kind, raisedAt: concern.raisedAt))
            }
        people = CandidatePeople(candidates, concerns: concerns, marks: marks)
    }

    /// The lines in full.
    func shown(_ lines: [ListLines.Line]) -> [ListItem] {
        lines.compactMap { line in
            guard let candidate = line.person.candidates[line.encounter.ref],
                let row = rows[
                    EncounterTable.RowKey(
                        practice: practice, hospital: candidate.hospital, encounterRef: candidate.encounter.ref)]
            else { return nil }
            return ListItem(
                row: row.withholdingLocation(), standing: EncounterStanding.of(row, now: madeAt),
                flags: line.flags, concerns: line.person.patient.concerns, systemConcerns: line.systemConcerns,
                discussed: line.person.discussed, isNew: line.isNew)
        }
    }

    func items(_ lines: [ListLines.Line], _ desk: PostgresTransaction) async throws -> [ListItem] {
        let items = shown(lines)
        _ = try await desk.query(DetailStatements.recordShown(items.map(\.row.patient.ref)))
        return items
    }

    private static func listed(_ row: EncounterRow, in listed: [String: RegistrationRow]) -> RegistrationRow? {
        guard let number = row.patient.nhsNumber, let person = listed[number], person.isListed else { return nil }
        return LondonDay(person.born).map { RegistrationBook.agree($0, row.patient.born) } ?? false ? person : nil
    }
}
