import Admissions
import EventSourcing

/// Which rows belong to a list by themselves: what `CandidateQuery` says in SQL, for rows in memory.
///
/// A test holds the two equal over the rows of a story.
struct ListMembership: Sendable {
    let list: PracticeList
    /// The beginning of the window; `nil` is always.
    let since: Instant?
    let now: Instant
    let settings: HuddleSettings

    /// Whether a row itself belongs to a plain list; of the huddle those that its last section may show.
    func holds(_ row: EncounterRow) -> Bool {
        switch list {
        case .admissions: isStay(row) && isToldHere(row, row.admitted.toldAt, days: 0)
        case .inHospital: isOpenStay(row) && !isVirtual(row)
        case .discharges:
            isInpatient(row) && row.status == "finished" && isToldHere(row, row.discharged.toldAt)
        case .attendances:
            isAttendance(row)
                && isToldHere(row, [row.arrived.toldAt, row.discharged.toldAt].compactMap(\.self).max())
        case .corrected, .huddle: isCorrected(row)
        case .unknownPractice: isOpenStay(row) || isOpenAttendance(row)
        default: false
        }
    }

    /// Whether the rules look at a row: it belongs to the list, or to the year by which they decide.
    func isWeighed(_ row: EncounterRow) -> Bool {
        if holds(row) { return true }
        let from = ago(settings.historyDays + CandidateQuery.historyMarginDays)
        return counts(row) && (row.startedAt > from || row.endedAt.map { $0 > from } ?? true)
    }

    private func counts(_ row: EncounterRow) -> Bool { row.isOpen || row.status == "finished" }
    private func isInpatient(_ row: EncounterRow) -> Bool { row.encounterClass == "inpatient" }
    private func isStay(_ row: EncounterRow) -> Bool { isInpatient(row) && counts(row) }
    private func isOpenStay(_ row: EncounterRow) -> Bool { isInpatient(row) && row.isOpen }
    private func isAttendance(_ row: EncounterRow) -> Bool { row.isAttendance && counts(row) }

    private func isOpenAttendance(_ row: EncounterRow) -> Bool {
        isAttendance(row) && row.encounterClass == "emergency" && row.status != "finished" && row.startedAt > ago(4)
    }

    private func isVirtual(_ row: EncounterRow) -> Bool {
        !row.patient.isRestricted && row.location.ward.map(settings.virtualWards.contains) ?? false
    }

    private func isCorrected(_ row: EncounterRow) -> Bool {
        guard row.encounterClass != "preadmit", row.isCorrected, since.map({ row.correctedAt > $0 }) ?? true
        else { return false }
        guard row.withdrawnReason == .registeredElsewhere, let withdrawnAt = row.withdrawnAt else { return true }
        let end = row.endedAt ?? (isInpatient(row) ? withdrawnAt : row.startedAt)
        return end >= withdrawnAt - .seconds(30 * 86_400)
    }

    /// Told since, or told before to whoever had the row then, and come here since while it mattered.
    private func isToldHere(
        _ row: EncounterRow, _ told: Instant?, days: Int = HuddleEncounter.newsReachDays
    ) -> Bool {
        guard let since else { return true }
        guard let told else { return false }
        if told > since { return true }
        return row.shownSince > row.firstToldAt && row.shownSince > since
            && row.endedAt.map { $0 > row.shownSince - .seconds(days * 86_400) } ?? true
    }

    private func ago(_ days: Int) -> Instant { now - .seconds(days * 86_400) }
}
