import Admissions
import Audit
import Foundation
import Postgres

/// The person at the terminal, with the door that the auditor's database role opens.
struct Auditor: Sendable {
    let pool: PostgresPool
    private let subject = "terminal:\(NSUserName())"
    private let requestID = UUID().uuidString.lowercased()

    /// Opens the door for `body`, and closes it whatever comes of it.
    static func working<Result>(
        in options: InstallationOptions, _ body: (Auditor) async throws -> Result
    ) async throws -> Result {
        try await working(in: try await Installation(options: options), connectionsMax: 2, body)
    }

    /// The same, with as many connections as `body` uses at once.
    static func working<Result>(
        in installation: Installation, connectionsMax: Int, _ body: (Auditor) async throws -> Result
    ) async throws -> Result {
        let pool = try installation.pool(.auditor, connectionsMax: connectionsMax)
        do {
            let result = try await body(Auditor(pool: pool))
            await pool.close()
            return result
        } catch let error as PostgresError {
            await pool.close()
            throw CommandFailure(.unavailable, "The database did not answer (\(error)).", next: "primary-conect doctor")
        } catch {
            await pool.close()
            throw error
        }
    }

    /// What the access record says of a look; of all practices where none is named.
    func look(_ route: String, practice: String?, reason: String) -> AuditLook {
        AuditLook(
            practice: practice, subject: subject, client: "command-line", reason: reason, route: route,
            requestID: requestID)
    }

    /// An NHS number from standard input, where a list of processes and a shell's history do not see it.
    ///
    /// - Throws: `CommandFailure(.noInput)`, `.badData`; the number stands in neither.
    static func numberFromInput() throws -> NHSNumber {
        if Console.errorIsTerminal { Console.error("NHS number:") }
        guard let line = readLine() else { throw CommandFailure(.noInput, "The NHS number is read from standard input.") }
        guard let number = NHSNumber(line) else {
            throw CommandFailure(.badData, "What was read is not ten digits with a check digit that is right.")
        }
        return number
    }
}
