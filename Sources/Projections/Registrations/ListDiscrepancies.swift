package import Admissions
package import Postgres

/// Patients of a hospital whom a practice has on its list under another date of birth: for a person to settle.
///
/// Such a list does not speak for the patient (`RegistrationBook`). Reads what is projected of the lists; the pool's
/// role may read `practice.registration_point` (projector, auditor).
package enum ListDiscrepancies {
    /// People asked for by one statement.
    private static let numbersMax = 5_000

    /// Whom it concerns, ascending.
    package static func patients(of log: LogFold, from pool: PostgresPool) async throws -> [PatientKey] {
        let roots = Set(log.patients.keys.lazy.map { log.root(of: $0) })
        let people = roots.map { log.patient($0) }
        let table = ProjectionTables.live.registrationPoint
        var book = RegistrationBook()
        for numbers in Set(people.compactMap(\.nhsNumber)).sorted().chunks(of: numbersMax) {
            let result = try await pool.query(RegistrationTables.selectPoints(of: Array(numbers), from: table))
            for point in try RegistrationTables.decodePoints(result, from: table).sorted() { book.take(point) }
        }
        return people.filter(book.isDiscrepant).map(\.key).sorted()
    }
}
