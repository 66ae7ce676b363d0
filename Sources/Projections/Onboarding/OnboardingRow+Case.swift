package import Admissions
import EventSourcing

extension OnboardingRow {
    /// The rows that show a case beside what is known of its patient; `nil` for a case that has not begun.
    ///
    /// - Parameters:
    ///   - shown: the patient, and where their rows stand.
    ///   - stay: the open stay of the patient, or the one the case is about.
    ///   - encounterRef: of the stay that the case is about.
    init?(
        _ record: HotOnboardingRecord, stream: StreamName, key: ReferenceKey, encounterRef: String,
        of patient: EncounterTable.PatientOfPractice, stay: EncounterReading?
    ) {
        let state = record.state
        guard let since = state.since, let openedAt = state.openedAt else { return nil }
        let isInpatient = stay.map { $0.isOpen && $0.isInpatient } ?? false
        var shown = OnboardingCaseRow(
            hospital: patient.hospital, caseID: key.caseRef(hospital: patient.hospital, stream: stream), stream: stream,
            practice: patient.practice, patientRef: patient.summary.ref, encounterRef: encounterRef, state: state.state,
            since: since, openedAt: openedAt, version: record.version, round: state.round, isInpatient: isInpatient,
            isConsented: state.consent != nil, alerts: [],
            joinedTo: state.joinedTo.map { key.caseRef(hospital: patient.hospital, stream: $0) },
            isRestricted: patient.summary.isRestricted)
        shown.take(record)
        self.shown = shown
        let isRestricted = patient.summary.isRestricted
        let location = isRestricted ? nil : stay?.location
        detail = OnboardingDetail(
            patient: Self.summary(patient.summary),
            admitted: Happening(
                at: stay?.admitted?.moment?.instant, precision: stay?.admitted?.moment?.precision.rawValue,
                isAmbiguous: false, toldAt: nil),
            place: PlaceOfCare(
                site: location?.site.map(EncounterRow.clipped), ward: location?.ward.map(EncounterRow.clipped),
                bay: location?.bay.map(EncounterRow.clipped), bed: location?.bed.map(EncounterRow.clipped)),
            visitWard: nil, findings: "", reasons: [], consent: nil, history: "")
        detail.take(record)
    }

    /// Who the patient is, and no more.
    private static func summary(_ patient: PatientSummary) -> PatientSummary {
        var summary = PatientSummary(ref: patient.ref)
        summary.nhsNumber = patient.nhsNumber
        summary.family = patient.family
        summary.given = patient.given
        summary.prefix = patient.prefix
        summary.preferred = patient.preferred
        summary.born = patient.born
        summary.gender = patient.gender
        summary.isRestricted = patient.isRestricted
        return summary
    }
}

extension OnboardingCaseRow {
    /// The row once its case has gone on; what hangs on the patient alone stays.
    package func with(_ record: HotOnboardingRecord) -> OnboardingCaseRow {
        var row = self
        row.take(record)
        return row
    }

    fileprivate mutating func take(_ record: HotOnboardingRecord) {
        let state = record.state
        self.state = state.state
        since = state.since ?? since
        openedAt = state.openedAt ?? openedAt
        version = record.version
        round = state.round
        nextStep = state.nextStep
        hospitalSection = state.section(for: .hospitalOnboarding, isOpenInpatient: isInpatient)
        careSection = state.section(for: .complexCare, isOpenInpatient: isInpatient)
        priority = state.priority
        owner = state.owner
        keyworker = state.keyworker.map(EncounterRow.clipped)
        outcome = state.outcome
        ending = state.ending
        dueOn = state.departure?.due
        leftAt = state.departure?.at?.instant
        visitAt = state.visitAt
        deferredUntil = state.deferredUntil
        declinedUntil = state.declinedUntil
        isConsented = state.consent != nil
        alerts = state.alerts.sorted { $0.rawValue < $1.rawValue }
    }
}

extension OnboardingDetail {
    /// The detail once its case has gone on; what hangs on the patient alone stays.
    package func with(_ record: HotOnboardingRecord) -> OnboardingDetail {
        var detail = self
        detail.take(record)
        return detail
    }

    fileprivate mutating func take(_ record: HotOnboardingRecord) {
        let state = record.state
        visitWard = patient.isRestricted ? nil : state.place?.ward.map(EncounterRow.clipped)
        findings = Self.json(state.findings)
        reasons = OnboardingReason.allCases.filter(state.reasons.contains)
        consent = state.consent
        history = Self.json(record.steps)
    }

    private static func json(_ findings: [OnboardingFinding]) -> String {
        var json = JSONWriter()
        json.beginArray()
        for finding in findings {
            json.beginObject()
            json.key("evidence")
            json.beginArray()
            for evidence in finding.evidence {
                json.beginObject()
                json.field("log", evidence.log.rawValue)
                json.field("position", evidence.position.rawValue)
                json.endObject()
            }
            json.endArray()
            json.field("measured", Int64(finding.measured))
            json.field("rule", finding.rule)
            json.field("threshold", Int64(finding.threshold))
            json.field("version", Int64(finding.version))
            json.endObject()
        }
        json.endArray()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private static func json(_ steps: [HotOnboardingRecord.Step]) -> String {
        var json = JSONWriter()
        json.beginArray()
        for step in steps {
            json.beginObject()
            json.field("at", step.at)
            json.field("by", step.by)
            json.field("note", step.note?.text)
            json.field("role", step.role.rawValue)
            json.field("step", step.kind.word)
            json.endObject()
        }
        json.endArray()
        return String(decoding: json.bytes, as: UTF8.self)
    }
}

extension HotOnboardingFact.Kind {
    /// The type without `onboarding.` and its version: `visit-planned`.
    fileprivate var word: String {
        String(rawValue.split(separator: ".")[1])
    }
}
