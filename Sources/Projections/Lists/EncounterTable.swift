import EventLog
import EventSourcing
import Postgres

/// `practice.encounter` as bytes on the wire: its columns in one order, for writing and for reading.
enum EncounterTable {
    /// The columns of a row, in the order in which `decode` reads them, of the table named `e`.
    static let columns: SQL = """
        e.practice, e.hospital, e.encounter_ref, e.version, e.patient_ref, e.nhs_number, e.local_number, \
        e.local_issuer, e.family, e.given, e.prefix, e.preferred, e.born, e.gender, e.is_deceased, e.died_at, \
        e.died_precision, e.death_told_at, e.restricted, e.former_refs, e.class, e.status, e.is_attendance, \
        e.is_inferred, e.started_at, \
        e.admitted_at, e.admitted_precision, e.admitted_ambiguous, e.admitted_told_at, e.admission_method, \
        e.admission_source, e.arrived_at, e.arrived_precision, e.arrived_ambiguous, e.arrived_told_at, \
        e.arrival_mode, e.ended_at, e.discharged_at, e.discharged_precision, e.discharged_ambiguous, \
        e.discharged_told_at, e.discharge_method, e.discharge_destination, e.disposal, e.site, e.ward, e.bay, \
        e.bed, e.location_text, e.expected_discharge, e.specialty, e.consultant, e.consultant_name, e.reason, \
        e.medically_fit, e.ready_at, e.first_told_at, e.last_told_at, e.flags, e.linked_ref, e.shown_since, \
        e.withdrawn_at, e.withdrawn_reason, e.encounter_key, e.patient_key
        """

    /// How many columns that is.
    static let columnCount = 65

    /// Reads a row whose columns begin at `first`.
    static func decode(_ row: PostgresRow, first: Int = 0) throws -> EncounterRow {
        var columns = ColumnReader(row, first: first)
        let practice: String = try columns.next()
        let hospital: LogName = try columns.next()
        let encounterRef: String = try columns.next()
        let version: Int64 = try columns.next()
        return EncounterRow(
            practice: practice, hospital: hospital, encounterRef: encounterRef, version: version,
            patient: try patient(&columns), encounterClass: try columns.next(), status: try columns.next(),
            isAttendance: try columns.next(), isInferred: try columns.next(), startedAt: try columns.next(),
            admitted: try happening(&columns), admissionMethod: try columns.next(), admissionSource: try columns.next(),
            arrived: try happening(&columns), arrivalMode: try columns.next(), endedAt: try columns.next(),
            discharged: try happening(&columns),
            dischargeMethod: try columns.next(), dischargeDestination: try columns.next(), disposal: try columns.next(),
            location: PlaceOfCare(
                site: try columns.next(), ward: try columns.next(), bay: try columns.next(), bed: try columns.next(),
                text: try columns.next()),
            expectedDischarge: try columns.next(), specialty: try columns.next(), consultant: try columns.next(),
            consultantName: try columns.next(), reason: try columns.next(), isMedicallyFit: try columns.next(),
            readyAt: try columns.next(), firstToldAt: try columns.next(), lastToldAt: try columns.next(),
            flags: try columns.next(), linkedRef: try columns.next(), shownSince: try columns.next(),
            withdrawnAt: try columns.next(),
            withdrawnReason: (try columns.next() as String?).flatMap(WithdrawalReason.init(rawValue:)),
            encounterKey: try columns.next(), patientKey: try columns.next())
    }

    private static func patient(_ columns: inout ColumnReader) throws -> PatientSummary {
        var patient = PatientSummary(ref: try columns.next())
        patient.nhsNumber = try columns.next()
        patient.localNumber = try columns.next()
        patient.localIssuer = try columns.next()
        patient.family = try columns.next()
        patient.given = try columns.next()
        patient.prefix = try columns.next()
        patient.preferred = try columns.next()
        patient.born = try columns.next()
        patient.gender = try columns.next()
        patient.isDeceased = try columns.next()
        patient.diedAt = try columns.next()
        patient.diedPrecision = try columns.next()
        patient.deathToldAt = try columns.next()
        patient.isRestricted = try columns.next()
        patient.formerRefs = try columns.next() ?? []
        return patient
    }

    private static func happening(_ columns: inout ColumnReader) throws -> Happening {
        let at: Instant? = try columns.next()
        let precision: String? = try columns.next()
        let isAmbiguous: Bool = try columns.next()
        return Happening(at: at, precision: precision, isAmbiguous: isAmbiguous, toldAt: try columns.next())
    }

    /// Writes rows in place of those with the same key, in one statement over arrays.
    static func upsert(_ rows: [EncounterRow], into table: String) -> SQL {
        """
        \(insert(rows, into: table))
        on conflict (practice, hospital, encounter_ref) do update set
            version = excluded.version, patient_ref = excluded.patient_ref, nhs_number = excluded.nhs_number,
            local_number = excluded.local_number, local_issuer = excluded.local_issuer, family = excluded.family,
            given = excluded.given, prefix = excluded.prefix, preferred = excluded.preferred, born = excluded.born,
            gender = excluded.gender, is_deceased = excluded.is_deceased, died_at = excluded.died_at,
            died_precision = excluded.died_precision, death_told_at = excluded.death_told_at,
            restricted = excluded.restricted,
            former_refs = excluded.former_refs, class = excluded.class,
            status = excluded.status, is_attendance = excluded.is_attendance, is_inferred = excluded.is_inferred,
            started_at = excluded.started_at, admitted_at = excluded.admitted_at,
            admitted_precision = excluded.admitted_precision, admitted_ambiguous = excluded.admitted_ambiguous,
            admitted_told_at = excluded.admitted_told_at, admission_method = excluded.admission_method,
            admission_source = excluded.admission_source, arrived_at = excluded.arrived_at,
            arrived_precision = excluded.arrived_precision, arrived_ambiguous = excluded.arrived_ambiguous,
            arrived_told_at = excluded.arrived_told_at, arrival_mode = excluded.arrival_mode,
            ended_at = excluded.ended_at, discharged_at = excluded.discharged_at,
            discharged_precision = excluded.discharged_precision,
            discharged_ambiguous = excluded.discharged_ambiguous, discharged_told_at = excluded.discharged_told_at,
            discharge_method = excluded.discharge_method, discharge_destination = excluded.discharge_destination,
            disposal = excluded.disposal, site = excluded.site, ward = excluded.ward, bay = excluded.bay,
            bed = excluded.bed, location_text = excluded.location_text,
            expected_discharge = excluded.expected_discharge, specialty = excluded.specialty,
            consultant = excluded.consultant, consultant_name = excluded.consultant_name, reason = excluded.reason,
            medically_fit = excluded.medically_fit, ready_at = excluded.ready_at,
            first_told_at = excluded.first_told_at, last_told_at = excluded.last_told_at, flags = excluded.flags,
            linked_ref = excluded.linked_ref, shown_since = excluded.shown_since,
            withdrawn_at = excluded.withdrawn_at, withdrawn_reason = excluded.withdrawn_reason,
            encounter_key = excluded.encounter_key, patient_key = excluded.patient_key
        """
    }

    /// Writes rows where none with the same key stand, in one statement over arrays.
    static func insert(_ rows: [EncounterRow], into table: String) -> SQL {
        """
        insert into practice.\(identifier: table) as e (\(plainColumns))
        select r.practice, r.hospital, r.encounter_ref, r.version, r.patient_ref, r.nhs_number, r.local_number,
               r.local_issuer, r.family, string_to_array(r.given, chr(31)), r.prefix, r.preferred, r.born, r.gender,
               r.is_deceased, r.died_at, r.died_precision, r.death_told_at, r.restricted,
               string_to_array(r.former_refs, chr(31)), r.class, r.status,
               r.is_attendance,
               r.is_inferred, r.started_at, r.admitted_at, r.admitted_precision, r.admitted_ambiguous,
               r.admitted_told_at, r.admission_method, r.admission_source, r.arrived_at, r.arrived_precision,
               r.arrived_ambiguous, r.arrived_told_at, r.arrival_mode, r.ended_at, r.discharged_at,
               r.discharged_precision, r.discharged_ambiguous, r.discharged_told_at, r.discharge_method,
               r.discharge_destination, r.disposal, r.site, r.ward, r.bay, r.bed, r.location_text,
               r.expected_discharge, r.specialty, r.consultant, r.consultant_name, r.reason, r.medically_fit,
               r.ready_at, r.first_told_at, r.last_told_at, string_to_array(r.flags, chr(31)), r.linked_ref,
               r.shown_since, r.withdrawn_at, r.withdrawn_reason, r.encounter_key, r.patient_key
        from unnest(\(patientValues(rows)), \(encounterValues(rows))) as r (practice, hospital, encounter_ref, version,
             \(patientNames), class, status, is_attendance, is_inferred, started_at, admitted_at, admitted_precision,
             admitted_ambiguous, admitted_told_at, admission_method, admission_source, arrived_at, arrived_precision,
             arrived_ambiguous, arrived_told_at, arrival_mode, ended_at, discharged_at, discharged_precision,
             discharged_ambiguous, discharged_told_at, discharge_method, discharge_destination, disposal, site, ward,
             bay, bed, location_text, expected_discharge, specialty, consultant, consultant_name, reason,
             medically_fit, ready_at, first_told_at, last_told_at, flags, linked_ref, shown_since, withdrawn_at,
             withdrawn_reason, encounter_key, patient_key)
        """
    }

    /// Writes what a row shows of its patient into all rows of those patients, in one statement; what was withdrawn stays as
    /// it was.
    static func updatePatients(_ patients: [PatientOfPractice], in table: String) -> SQL {
        """
        update practice.\(identifier: table) e set
            nhs_number = r.nhs_number, local_number = r.local_number, local_issuer = r.local_issuer, family = r.family,
            given = string_to_array(r.given, chr(31)), prefix = r.prefix, preferred = r.preferred, born = r.born,
            gender = r.gender, is_deceased = r.is_deceased, died_at = r.died_at, died_precision = r.died_precision,
            death_told_at = r.death_told_at, restricted = r.restricted,
            former_refs = string_to_array(r.former_refs, chr(31))
        from unnest(\(patients.map(\.practice)), \(patients.map(\.hospital)),
             \(summaryValues(patients.map(\.summary)))) as r (practice, hospital, \(patientNames))
        where e.practice = r.practice and e.hospital = r.hospital and e.patient_ref = r.patient_ref
          and e.status <> 'withdrawn'
        """
    }

    /// The rows that stand at some places.
    static func select(_ keys: [RowKey], from table: String) -> SQL {
        """
        select \(columns) from practice.\(identifier: table) e
        join unnest(\(keys.map(\.practice)), \(keys.map(\.hospital)), \(keys.map(\.encounterRef)))
            as r (practice, hospital, encounter_ref)
            on e.practice = r.practice and e.hospital = r.hospital and e.encounter_ref = r.encounter_ref
        """
    }

    /// Takes rows away by their keys.
    static func delete(_ keys: [RowKey], from table: String) -> SQL {
        """
        delete from practice.\(identifier: table) e
        using unnest(\(keys.map(\.practice)), \(keys.map(\.hospital)), \(keys.map(\.encounterRef)))
            as r (practice, hospital, encounter_ref)
        where e.practice = r.practice and e.hospital = r.hospital and e.encounter_ref = r.encounter_ref
        """
    }

    /// The key of a row.
    struct RowKey: Hashable, Comparable, Sendable {
        var practice: String
        var hospital: LogName
        var encounterRef: String

        static func < (lhs: RowKey, rhs: RowKey) -> Bool {
            (lhs.practice, lhs.hospital, lhs.encounterRef) < (rhs.practice, rhs.hospital, rhs.encounterRef)
        }
    }

    /// A patient as all rows of one practice show them.
    struct PatientOfPractice: Hashable, Sendable {
        var practice: String
        var hospital: LogName
        var summary: PatientSummary
    }

    private static let plainColumns: SQL = """
        practice, hospital, encounter_ref, version, patient_ref, nhs_number, local_number, local_issuer, family, \
        given, prefix, preferred, born, gender, is_deceased, died_at, died_precision, death_told_at, restricted, \
        former_refs, class, status, is_attendance, is_inferred, started_at, admitted_at, admitted_precision, \
        admitted_ambiguous, admitted_told_at, admission_method, admission_source, arrived_at, arrived_precision, arrived_ambiguous, \
        arrived_told_at, arrival_mode, ended_at, discharged_at, discharged_precision, discharged_ambiguous, \
        discharged_told_at, discharge_method, discharge_destination, disposal, site, ward, bay, bed, location_text, \
        expected_discharge, specialty, consultant, consultant_name, reason, medically_fit, ready_at, first_told_at, \
        last_told_at, flags, linked_ref, shown_since, withdrawn_at, withdrawn_reason, encounter_key, patient_key
        """

    private static let patientNames: SQL = """
        patient_ref, nhs_number, local_number, local_issuer, family, given, prefix, preferred, born, gender, \
        is_deceased, died_at, died_precision, death_told_at, restricted, former_refs
        """

    private static func patientValues(_ rows: [EncounterRow]) -> SQL {
        """
        \(rows.map(\.practice)), \(rows.map(\.hospital)), \(rows.map(\.encounterRef)), \
        \(rows.map(\.version)), \(summaryValues(rows.map(\.patient)))
        """
    }

    private static func summaryValues(_ patients: [PatientSummary]) -> SQL {
        """
        \(patients.map(\.ref)), \(patients.map(\.nhsNumber)), \(patients.map(\.localNumber)), \
        \(patients.map(\.localIssuer)), \(patients.map(\.family)), \(patients.map { joined($0.given) }), \
        \(patients.map(\.prefix)), \(patients.map(\.preferred)), \(patients.map(\.born)), \(patients.map(\.gender)), \
        \(patients.map(\.isDeceased)), \(patients.map(\.diedAt)), \
        \(patients.map(\.diedPrecision)), \(patients.map(\.deathToldAt)), \(patients.map(\.isRestricted)), \
        \(patients.map { $0.formerRefs.isEmpty ? nil : joined($0.formerRefs) })
        """
    }

    private static func encounterValues(_ rows: [EncounterRow]) -> SQL {
        """
        \(rows.map(\.encounterClass)), \(rows.map(\.status)), \(rows.map(\.isAttendance)), \(rows.map(\.isInferred)), \
        \(rows.map(\.startedAt)), \(happenings(rows.map(\.admitted))), \
        \(rows.map(\.admissionMethod)), \(rows.map(\.admissionSource)), \(happenings(rows.map(\.arrived))), \
        \(rows.map(\.arrivalMode)), \(rows.map(\.endedAt)), \
        \(happenings(rows.map(\.discharged))), \(rows.map(\.dischargeMethod)), \(rows.map(\.dischargeDestination)), \
        \(rows.map(\.disposal)), \(rows.map(\.location.site)), \(rows.map(\.location.ward)), \
        \(rows.map(\.location.bay)), \(rows.map(\.location.bed)), \(rows.map(\.location.text)), \
        \(rows.map(\.expectedDischarge)), \(rows.map(\.specialty)), \(rows.map(\.consultant)), \
        \(rows.map(\.consultantName)), \(rows.map(\.reason)), \(rows.map(\.isMedicallyFit)), \
        \(rows.map(\.readyAt)), \(rows.map(\.firstToldAt)), \(rows.map(\.lastToldAt)), \(rows.map { joined($0.flags) }), \
        \(rows.map(\.linkedRef)), \(rows.map(\.shownSince)), \(rows.map(\.withdrawnAt)), \
        \(rows.map { $0.withdrawnReason?.rawValue }), \(rows.map(\.encounterKey)), \(rows.map(\.patientKey))
        """
    }

    private static func happenings(_ happenings: [Happening]) -> SQL {
        """
        \(happenings.map(\.at)), \(happenings.map(\.precision)), \
        \(happenings.map(\.isAmbiguous)), \(happenings.map(\.toldAt))
        """
    }

    /// Stands between several texts that are written as one (ASCII unit separator, `chr(31)`).
    static let separator = "\u{1F}"

    /// One text for several, since an array of arrays would have to be rectangular.
    private static func joined(_ texts: [String]) -> String {
        texts.joined(separator: separator)
    }
}
