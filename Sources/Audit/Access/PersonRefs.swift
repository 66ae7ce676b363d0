import Admissions
import EventLog
import EventSourcing
import Postgres

/// Every ref under which a person is, or was, shown, at every practice.
///
/// A ref is made of the hospital's key of the record and the practice (`ReferenceKey`), so a person has one for each
/// record at each practice. The records are those that bear the NHS number, and all that messages or operators joined
/// to them, directly or by others. `audit.patient_refs` makes the refs, whether a view still has rows of them or not: a
/// look at what is withheld, merged or gone elsewhere since is found like any other.
///
/// An NHS number that a record bore and bears no more is not followed: the record may be somebody else's.
struct PersonRefs: Sendable {
    /// All refs, ascending.
    let refs: [String]
    /// The hospitals' records that are the person, ascending; shown to nobody.
    let records: [Record]

    struct Record: Sendable, Hashable, Comparable {
        let hospital: String
        let patient: String

        static func < (lhs: Record, rhs: Record) -> Bool {
            (lhs.hospital, lhs.patient) < (rhs.hospital, rhs.patient)
        }
    }

    /// Finds them within a transaction that has its access record.
    static func find(_ person: AccessQuestion.Person, in transaction: PostgresTransaction) async throws -> PersonRefs {
        switch person {
        case .nhsNumber(let number):
            let bearing = try await records(bearing: [number.digits], transaction)
            return try await refs(of: try await joined(bearing, transaction), also: [], transaction)
        case .ref(let ref):
            let result = try await transaction.query(
                """
                select distinct hospital, patient_key from practice.encounter
                where patient_ref = \(ref) or former_refs @> \([ref])
                """)
            let shown = try records(result)
            let own = try await joined(shown, transaction)
            let bearing = try await records(bearing: try await numbers(of: own, transaction), transaction)
            return try await refs(of: try await joined(own.union(bearing), transaction), also: [ref], transaction)
        }
    }

    private static func records(_ result: PostgresResult) throws -> Set<Record> {
        var records: Set<Record> = []
        for row in result {
            let (hospital, patient) = try row.decode(String.self, String.self)
            if !patient.isEmpty { records.insert(Record(hospital: hospital, patient: patient)) }
        }
        return records
    }

    private static func records(
        bearing numbers: [String], _ transaction: PostgresTransaction
    ) async throws -> Set<Record> {
        guard !numbers.isEmpty else { return [] }
        return try records(
            try await transaction.query(
                "select hospital, patient from practice.patient_state where nhs_number = any (\(numbers))"))
    }

    private static func numbers(
        of records: Set<Record>, _ transaction: PostgresTransaction
    ) async throws -> [String] {
        let records = records.sorted()
        let result = try await transaction.query(
            """
            select distinct p.nhs_number
            from unnest(\(records.map(\.hospital)), \(records.map(\.patient))) as r (hospital, patient)
            join practice.patient_state p on p.hospital = r.hospital and p.patient = r.patient
            where p.nhs_number is not null
            """)
        return try result.map { try $0.decode(0) }
    }

    /// These records and all that were joined to them in their hospitals.
    private static func joined(
        _ records: Set<Record>, _ transaction: PostgresTransaction
    ) async throws -> Set<Record> {
        var all = records
        for hospital in Set(records.map(\.hospital)).sorted() {
            let aliases = try await identities(of: hospital, transaction).patients.resolution
            for record in records where record.hospital == hospital {
                for key in aliases.identities(of: aliases.root(of: PatientKey(record.patient))) {
                    all.insert(Record(hospital: hospital, patient: stored(key)))
                }
            }
        }
        return all
    }

    /// Who is whom in a hospital's log: its events that join and part records have an index of their own.
    private static func identities(of hospital: String, _ transaction: PostgresTransaction) async throws -> Identities {
        var identities = Identities()
        let result = try await transaction.query(
            """
            select position, type, payload from event_log.event
            where log = \(hospital)
              and type in ('encounter.merged.v1', 'encounter.renumbered.v1', 'patient.merged.v1', 'patient.moved.v1',
                           'patient.renumbered.v1', 'patient.unmerged.v1')
            order by position
            """)
        for row in result {
            let (position, type, payload) = try row.decode(Position.self, String.self, String.self)
            // What does not decode joins nobody in the views either.
            guard let event = try? AdmissionEvent(type: type, payload: Array(payload.utf8)) else { continue }
            identities.note(event, position: position)
        }
        return identities
    }

    private static func refs(
        of records: Set<Record>, also more: [String], _ transaction: PostgresTransaction
    ) async throws -> PersonRefs {
        let records = records.sorted()
        let result = try await transaction.query(
            "select ref from audit.patient_refs(\(records.map(\.hospital)), \(records.map(\.patient)))")
        var refs = Set(more)
        for row in result { refs.insert(try row.decode(0)) }
        return PersonRefs(refs: refs.sorted(), records: records)
    }

    /// As the views store a key (`Projections.StateKey`).
    private static func stored(_ key: PatientKey) -> String { StorableText.clip(key.rawValue, bytesMax: 255) }
}
