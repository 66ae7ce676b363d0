import Admissions
import EventLog
import EventSourcing
import Postgres

/// `practice.onboarding_case` and `practice.onboarding_detail` as bytes on the wire.
enum OnboardingTable {
    /// The columns of a case, in the order in which `decodeCase` reads them, of the table named `c`.
    static let caseColumns: SQL = """
        c.hospital, c.case_id, c.stream, c.practice, c.patient_ref, c.encounter_ref, c.state, c.since, c.opened_at, \
        c.version, c.round, c.next_step, c.hospital_section, c.care_section, c.priority, c.owner, c.keyworker, \
        c.outcome, c.ending, c.due_on, c.left_at, c.visit_at, c.deferred_until, c.declined_until, \
        c.is_inpatient, c.is_consented, c.alerts, c.joined_to, c.restricted
        """
    /// How many columns that is.
    static let caseColumnCount = 29

    /// The columns of a detail, in the order in which `decodeDetail` reads them, of the table named `d`.
    static let detailColumns: SQL = """
        d.nhs_number, d.family, d.given, d.prefix, d.preferred, d.born, d.gender, d.restricted, d.admitted_at, \
        d.admitted_precision, d.site, d.ward, d.bay, d.bed, d.visit_ward, d.findings, d.reasons, d.consent_version, \
        d.consent_given_on, d.consent_capacity, d.history
        """

    static func decodeCase(_ row: PostgresRow) throws -> OnboardingCaseRow {
        var columns = ColumnReader(row)
        let (hospital, caseID): (LogName, String) = (try columns.next(), try columns.next())
        let (stream, practice): (StreamName, String) = (try columns.next(), try columns.next())
        let (patientRef, encounterRef): (String, String) = (try columns.next(), try columns.next())
        let state: HotOnboardingState = try word(columns.next())
        let (since, openedAt, version): (Instant, Instant, Int64) =
            (try columns.next(), try columns.next(), try columns.next())
        let round: Int32 = try columns.next()
        let nextStep: HotOnboardingIntent.Kind? = try wordIfAny(columns.next())
        let hospitalSection: HotOnboardingSection? = try wordIfAny(columns.next())
        let careSection: HotOnboardingSection? = try wordIfAny(columns.next())
        let priority: OnboardingPriority? = try wordIfAny(columns.next())
        let owner: String? = try columns.next()
        let keyworker: String? = try columns.next()
        let outcome: OnboardingOutcome? = try wordIfAny(columns.next())
        let ending: OnboardingEndCause? = try wordIfAny(columns.next())
        let dueOn: String? = try columns.next()
        return OnboardingCaseRow(
            hospital: hospital, caseID: caseID, stream: stream, practice: practice, patientRef: patientRef,
            encounterRef: encounterRef, state: state, since: since, openedAt: openedAt, version: version,
            round: Int(round), nextStep: nextStep, hospitalSection: hospitalSection, careSection: careSection,
            priority: priority, owner: owner.flatMap(AssigneeText.read),
            keyworker: keyworker, outcome: outcome, ending: ending, dueOn: dueOn.flatMap { LondonDay($0) },
            leftAt: try columns.next(), visitAt: try columns.next(), deferredUntil: try columns.next(),
            declinedUntil: try columns.next(), isInpatient: try columns.next(), isConsented: try columns.next(),
            alerts: try (try columns.next() as [String]).map(word), joinedTo: try columns.next(),
            isRestricted: try columns.next())
    }

    /// Reads a detail whose columns begin at `first`; `ref` is the patient's.
    static func decodeDetail(_ row: PostgresRow, first: Int, ref: String) throws -> OnboardingDetail {
        var columns = ColumnReader(row, first: first)
        var patient = PatientSummary(ref: ref)
        patient.nhsNumber = try columns.next()
        patient.family = try columns.next()
        patient.given = try columns.next()
        patient.prefix = try columns.next()
        patient.preferred = try columns.next()
        patient.born = try columns.next()
        patient.gender = try columns.next()
        patient.isRestricted = try columns.next()
        let admitted = Happening(at: try columns.next(), precision: try columns.next(), isAmbiguous: false, toldAt: nil)
        let place = PlaceOfCare(
            site: try columns.next(), ward: try columns.next(), bay: try columns.next(), bed: try columns.next())
        let visitWard: String? = try columns.next()
        let findings: String = try columns.next()
        let reasons: [OnboardingReason] = try (try columns.next() as [String]).map(word)
        let (version, givenOn, capacity): (String?, String?, String?) =
            (try columns.next(), try columns.next(), try columns.next())
        var consent: OnboardingConsent?
        if let version, let day = givenOn.flatMap({ LondonDay($0) }), let capacity {
            consent = OnboardingConsent(version: version, givenOn: day, capacity: StaffNote(shown: capacity))
        }
        return OnboardingDetail(
            patient: patient, admitted: admitted, place: place, visitWard: visitWard, findings: findings,
            reasons: reasons, consent: consent, history: try columns.next())
    }

    private static func word<W: RawRepresentable<String>>(_ text: String) throws(ProjectionError) -> W {
        guard let word = W(rawValue: text) else { throw .rowUnreadable(table: "practice.onboarding_case") }
        return word
    }

    private static func wordIfAny<W: RawRepresentable<String>>(_ text: String?) throws(ProjectionError) -> W? {
        guard let text else { return nil }
        return try word(text) as W
    }

    // MARK: Writing

    /// Writes rows in place of those with the same key.
    static func upsert(_ rows: [OnboardingRow], into tables: ProjectionTables) -> [SQL] {
        guard !rows.isEmpty else { return [] }
        return [upsertCases(rows.map(\.shown), into: tables), upsertDetails(rows, into: tables)]
    }

    private static func upsertCases(_ rows: [OnboardingCaseRow], into tables: ProjectionTables) -> SQL {
        """
        insert into practice.\(identifier: tables.onboardingCase) (\(caseNames), board)
        select r.hospital, r.case_id, r.stream, r.practice, r.patient_ref, r.encounter_ref, r.state, r.since,
               r.opened_at, r.version, r.round, r.next_step, r.hospital_section, r.care_section, r.priority, r.owner,
               r.keyworker, r.outcome, r.ending, r.due_on, r.left_at, r.visit_at, r.deferred_until,
               r.declined_until, r.is_inpatient, r.is_consented,
               coalesce(string_to_array(nullif(r.alerts, ''), chr(31)), '{}'), r.joined_to, r.restricted, r.board
        from unnest(\(rows.map(\.hospital)), \(rows.map(\.caseID)), \(rows.map(\.stream)), \(rows.map(\.practice)),
            \(rows.map(\.patientRef)), \(rows.map(\.encounterRef)), \(rows.map(\.state.rawValue)),
            \(rows.map(\.since)), \(rows.map(\.openedAt)), \(rows.map(\.version)), \(rows.map { Int32($0.round) }),
            \(rows.map { $0.nextStep?.rawValue }), \(rows.map { $0.hospitalSection?.rawValue }),
            \(rows.map { $0.careSection?.rawValue }), \(rows.map { $0.priority?.rawValue }),
            \(rows.map { $0.owner.map(AssigneeText.of) }), \(rows.map(\.keyworker)),
            \(rows.map { $0.outcome?.rawValue }), \(rows.map { $0.ending?.rawValue }), \(rows.map { $0.dueOn?.text }),
            \(rows.map(\.leftAt)), \(rows.map(\.visitAt)), \(rows.map(\.deferredUntil)), \(rows.map(\.declinedUntil)),
            \(rows.map(\.isInpatient)), \(rows.map(\.isConsented)),
            \(rows.map { $0.alerts.map(\.rawValue).joined(separator: EncounterTable.separator) }),
            \(rows.map(\.joinedTo)), \(rows.map(\.isRestricted)), \(rows.map(\.state.boardWord)))
            as r (\(caseNames), board)
        on conflict (hospital, case_id) do update set (\(caseNames), board) = (
            excluded.hospital, excluded.case_id, excluded.stream, excluded.practice, excluded.patient_ref,
            excluded.encounter_ref, excluded.state, excluded.since, excluded.opened_at, excluded.version,
            excluded.round, excluded.next_step, excluded.hospital_section, excluded.care_section, excluded.priority, excluded.owner,
            excluded.keyworker, excluded.outcome, excluded.ending, excluded.due_on,
            excluded.left_at, excluded.visit_at, excluded.deferred_until, excluded.declined_until,
            excluded.is_inpatient, excluded.is_consented, excluded.alerts, excluded.joined_to, excluded.restricted,
            excluded.board)
        """
    }

    private static let caseNames: SQL = """
        hospital, case_id, stream, practice, patient_ref, encounter_ref, state, since, opened_at, version, round, \
        next_step, hospital_section, care_section, priority, owner, keyworker, outcome, ending, due_on, \
        left_at, visit_at, deferred_until, declined_until, is_inpatient, is_consented, alerts, joined_to, restricted
        """

    private static func upsertDetails(_ rows: [OnboardingRow], into tables: ProjectionTables) -> SQL {
        let details = rows.map(\.detail)
        return """
            insert into practice.\(identifier: tables.onboardingDetail) (\(detailNames))
            select r.hospital, r.case_id, r.practice, r.is_with_care, r.nhs_number, r.family,
                   coalesce(string_to_array(nullif(r.given, ''), chr(31)), '{}'), r.prefix, r.preferred, r.born,
                   r.gender, r.restricted, r.admitted_at, r.admitted_precision, r.site, r.ward, r.bay, r.bed,
                   r.visit_ward, r.findings, coalesce(string_to_array(nullif(r.reasons, ''), chr(31)), '{}'),
                   r.consent_version, r.consent_given_on, r.consent_capacity, r.history
            from unnest(\(rows.map(\.shown.hospital)), \(rows.map(\.shown.caseID)), \(rows.map(\.shown.practice)),
                \(rows.map { $0.shown.careSection != nil }), \(details.map(\.patient.nhsNumber)),
                \(details.map(\.patient.family)),
                \(details.map { $0.patient.given.joined(separator: EncounterTable.separator) }),
                \(details.map(\.patient.prefix)), \(details.map(\.patient.preferred)), \(details.map(\.patient.born)),
                \(details.map(\.patient.gender)), \(details.map(\.patient.isRestricted)), \(details.map(\.admitted.at)),
                \(details.map(\.admitted.precision)), \(details.map(\.place.site)), \(details.map(\.place.ward)),
                \(details.map(\.place.bay)), \(details.map(\.place.bed)), \(details.map(\.visitWard)),
                \(details.map(\.findings)),
                \(details.map { $0.reasons.map(\.rawValue).joined(separator: EncounterTable.separator) }),
                \(details.map { $0.consent?.version }), \(details.map { $0.consent?.givenOn.text }),
                \(details.map { $0.consent?.capacity.text }), \(details.map(\.history))) as r (\(detailNames))
            on conflict (hospital, case_id) do update set (\(detailNames)) = (
                excluded.hospital, excluded.case_id, excluded.practice, excluded.is_with_care, excluded.nhs_number,
                excluded.family, excluded.given, excluded.prefix, excluded.preferred, excluded.born, excluded.gender,
                excluded.restricted, excluded.admitted_at, excluded.admitted_precision, excluded.site, excluded.ward,
                excluded.bay, excluded.bed, excluded.visit_ward, excluded.findings, excluded.reasons,
                excluded.consent_version, excluded.consent_given_on, excluded.consent_capacity, excluded.history)
            """
    }

    private static let detailNames: SQL = """
        hospital, case_id, practice, is_with_care, nhs_number, family, given, prefix, preferred, born, gender, \
        restricted, admitted_at, admitted_precision, site, ward, bay, bed, visit_ward, findings, reasons, \
        consent_version, consent_given_on, consent_capacity, history
        """

    /// Takes cases away by their names.
    static func delete(_ caseIDs: [String], of hospital: LogName, from tables: ProjectionTables) -> [SQL] {
        guard !caseIDs.isEmpty else { return [] }
        return [tables.onboardingCase, tables.onboardingDetail].map { table in
            "delete from practice.\(identifier: table) where hospital = \(hospital) and case_id = any (\(caseIDs))"
        }
    }

    // MARK: Streams

    /// The streams of all cases of a hospital, those without a row too; `;` stands behind `:`.
    static func selectStreams(_ hospital: LogName) -> SQL {
        """
        select distinct stream from event_log.event
        where log = \(hospital) and stream > 'onboarding:' and stream < 'onboarding;'
          and payload <> ''
        """
    }

    /// The events of some cases up to a position, in the order of the log.
    static func selectEvents(_ streams: [StreamName], of hospital: LogName, through position: Position) -> SQL {
        """
        select \(EventReader.columns) from event_log.event
        where log = \(hospital) and stream = any (\(streams)) and position <= \(position)
          and type like 'onboarding.%' and payload <> ''
        order by position
        """
    }

    /// The cases of a result of `selectEvents`; steps that cannot be read are passed over.
    static func decodeRecords(
        _ result: PostgresResult, of hospital: LogName, settings: HotOnboardingSettings = HotOnboardingSettings()
    ) throws -> [StreamName: HotOnboardingRecord] {
        var records: [StreamName: HotOnboardingRecord] = [:]
        for event in try EventReader.events(in: hospital, result) {
            try? records[event.stream, default: HotOnboardingRecord(settings: settings)].take(event)
        }
        return records
    }
}
