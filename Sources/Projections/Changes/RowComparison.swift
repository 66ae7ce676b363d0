import Admissions
import EventSourcing

/// What a practice is told of one fact, or of one word of a practice's list: its rows before and after, compared.
///
/// Pure. One line for each encounter and kind of change; what is of the patient is told once a patient.
struct RowComparison {
    let before: RowsOfRun.Rows
    let after: RowsOfRun.Rows
    /// What has become of rows that left their place.
    let departed: [EncounterTable.RowKey: EncounterRow?]
    /// Places from which rows are gone because their encounters came to be withheld.
    let hidden: Set<EncounterTable.RowKey>
    let news: RowNews

    /// The lines, in the order of the keys of rows.
    var changes: [PracticeChange] {
        var changes: [PracticeChange] = []
        for key in Set(before.keys).union(after.keys).sorted() {
            let (was, now) = (before[key], after[key])
            guard was != now, let row = now ?? was else { continue }
            let left = now ?? departed[key].flatMap(\.self)
            let lists = Set((was?.listNames ?? []) + (left?.listNames ?? [])).sorted()
            for type in types(key, was, now) {
                let change = line(type, row, lists)
                // Of a patient with several encounters one line says it, for all lists they are on.
                if type.isOfPatient, let told = changes.firstIndex(where: { $0.isSameNews(as: change) }) {
                    changes[told].lists = Set(changes[told].lists + lists).sorted()
                } else {
                    changes.append(change)
                }
            }
        }
        return changes
    }

    private func types(
        _ key: EncounterTable.RowKey, _ was: EncounterRow?, _ now: EncounterRow?
    ) -> [ChangeType] {
        switch (was, now) {
        case (nil, let now?): return [now.isCancelled ? .cancelled : now.newsOfItsBeing]
        case (_?, nil):
            // That an encounter is withheld says no line of that encounter.
            if hidden.contains(key) { return [.patientUpdated] }
            switch departed[key]??.withdrawnReason {
            case .registeredElsewhere: return [.movedPractice]
            case .merged: return [.merged]
            case .wrongPatient, nil: return [.corrected]
            }
        case (let was?, let now?): return types(was, now)
        case (nil, nil): return []
        }
    }

    private func types(_ was: EncounterRow, _ now: EncounterRow) -> [ChangeType] {
        var types: [ChangeType] = []
        if now.isCancelled != was.isCancelled {
            types.append(now.isCancelled ? .cancelled : .corrected)
        } else if now.isInpatientShown != was.isInpatientShown {
            types.append(now.isInpatientShown ? .admitted : .corrected)
        } else if now.isAttendanceShown != was.isAttendanceShown {
            types.append(now.isAttendanceShown ? .attendanceStarted : .corrected)
        } else if was.hasEnded, !now.hasEnded {
            types.append(.corrected)
        }
        if now.hasEnded, !was.hasEnded {
            types.append(now.isInpatientShown ? .discharged : now.isAttendanceShown ? .attendanceEnded : .updated)
        }
        if now.patient.isDeceased, !was.patient.isDeceased { types.append(.died) }
        if was.patient.ref != now.patient.ref { types.append(newsOfIdentity) }
        if types.isEmpty { types.append(smallNews(was, now)) }
        return types
    }

    private func smallNews(_ was: EncounterRow, _ now: EncounterRow) -> ChangeType {
        // Of a restricted patient a move is a location.
        if was.location != now.location, now.isOpen, !now.patient.isRestricted, !was.patient.isRestricted {
            return .transferred
        }
        if now.isInpatientShown, was.admitted.at != now.admitted.at { return .corrected }
        var withPatientOfBefore = now
        withPatientOfBefore.patient = was.patient
        return withPatientOfBefore == was ? .patientUpdated : .updated
    }

    private var newsOfIdentity: ChangeType {
        if news.event?.kind == .patientUnmerged { return .unmerged }
        return news.event?.kind.joinsPatients == true ? .merged : .corrected
    }

    private func line(_ type: ChangeType, _ row: EncounterRow, _ lists: [String]) -> PracticeChange {
        PracticeChange(
            practice: row.practice, type: type, encounterRef: type.isOfPatient ? nil : row.encounterRef,
            patientRef: row.patient.ref, hospital: row.patient.isRestricted ? nil : row.hospital,
            encounterClass: type.isOfPatient ? nil : row.encounterClass, lists: lists,
            happenedAt: happened(type, row), toldAt: news.toldAt)
    }

    private func happened(_ type: ChangeType, _ row: EncounterRow) -> Instant? {
        switch type {
        case .admitted: row.admitted.exactly
        case .attendanceStarted: row.arrived.exactly
        case .discharged, .attendanceEnded: row.discharged.exactly
        case .died:
            Happening(
                at: row.patient.diedAt, precision: row.patient.diedPrecision, isAmbiguous: false, toldAt: nil
            ).exactly
        case .transferred, .cancelled: Happening(news.event?.occurred?.moment, toldAt: news.toldAt).exactly
        default: nil
        }
    }
}

extension ChangeType {
    /// Whether it is told of a patient and not of one encounter.
    var isOfPatient: Bool { [.died, .merged, .unmerged, .movedPractice, .patientUpdated].contains(self) }
}

extension PracticeChange {
    fileprivate func isSameNews(as other: PracticeChange) -> Bool {
        type == other.type && practice == other.practice && patientRef == other.patientRef
    }
}

extension Happening {
    fileprivate init(_ moment: Moment?, toldAt: Instant) {
        self.init(at: moment?.instant, precision: moment?.precision.rawValue, isAmbiguous: false, toldAt: toldAt)
    }

    /// When it happened, if that was told to the hour at least.
    fileprivate var exactly: Instant? {
        switch precision.flatMap({ Moment.Precision(rawValue: $0) }) {
        case .year, .month, .day: nil
        default: at
        }
    }
}

extension EncounterRow {
    fileprivate var isCancelled: Bool { ["cancelled", "entered-in-error"].contains(status) }
    fileprivate var hasEnded: Bool { status == "finished" }
    fileprivate var isShownAsReal: Bool { isOpen || hasEnded }
    fileprivate var isInpatientShown: Bool { encounterClass == "inpatient" && isShownAsReal }
    fileprivate var isAttendanceShown: Bool { isAttendance && isShownAsReal }

    /// What a practice is told of an encounter that it did not have before.
    fileprivate var newsOfItsBeing: ChangeType {
        isInpatientShown ? .admitted : isAttendanceShown ? .attendanceStarted : .updated
    }

    /// The lists on which the row may stand, whatever their windows, as paths name them; `huddle` is all of them.
    ///
    /// What other lists show of an encounter changes with one of these or with `huddle`.
    package var listNames: [String] {
        var names: [String] = []
        if isInpatientShown { names.append(PracticeList.admissions.rawValue) }
        if isInpatientShown, isOpen { names.append(PracticeList.inHospital.rawValue) }
        if isInpatientShown, hasEnded { names.append(PracticeList.discharges.rawValue) }
        if isAttendanceShown { names.append(PracticeList.attendances.rawValue) }
        if isCancelled || status == Self.withdrawnStatus { names.append(PracticeList.corrected.rawValue) }
        if patient.isDeceased { names.append("deaths") }
        return names + ["huddle"]
    }
}
