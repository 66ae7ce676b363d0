import EventLog
import EventSourcing
import Foundation
import Postgres

/// The person at the terminal, with the doors that the operator's database role opens.
struct Operator: Sendable {
    /// How acts and access records name the person.
    let subject = "terminal:\(NSUserName())"
    let reader: OperatorReader
    let writer: OperatorWriter
    /// What practices tell of their lists.
    let lists: PracticeListLog
    private let pool: PostgresPool
    private let requestID = UUID().uuidString.lowercased()

    private init(_ installation: Installation) throws {
        pool = try installation.pool(.operator, connectionsMax: 1)
        reader = OperatorReader(pool: pool)
        writer = OperatorWriter(configuration: try installation.connection(.operator))
        lists = PracticeListLog(configuration: try installation.connection(.operator))
    }

    /// Opens the doors for `body`, and closes them whatever comes of it.
    static func working<Result>(
        in installation: Installation, _ body: (Operator) async throws -> Result
    ) async throws -> Result {
        let person = try Operator(installation)
        do {
            let result = try await body(person)
            await person.pool.close()
            return result
        } catch {
            await person.pool.close()
            throw error
        }
    }

    /// What the access record says of a look.
    func look(_ route: String, purpose: String) -> OperatorLook {
        OperatorLook(subject: subject, purpose: purpose, route: route, requestID: requestID)
    }

    /// Writes an access record of a look that the auditor's login takes, which writes none.
    func note(_ look: OperatorLook) async throws {
        try await pool.query(
            "select audit.open_operator_access(\(look.subject), \(look.purpose), \(look.route), \(look.requestID))")
    }

    /// What the access record says of a look at a practice's list.
    func access(to practice: LogName, purpose: String) -> ListAccess {
        ListAccess(
            practice: practice, subject: subject, purpose: purpose, route: "roster/\(practice)", requestID: requestID)
    }

    /// Appends, and says plainly what went wrong.
    func append(_ acts: [OperatorAct], to log: LogName) async throws -> OperatorWriter.Outcome {
        do {
            return try await writer.append(acts, to: log)
        } catch let error as PostgresError {
            switch error.sqlState {
            case "P0002": throw CommandFailure(.noInput, "There is no log \(log).")
            case "42501": throw CommandFailure(.notAllowed, "The database lets this login not append: \(error).")
            default:
                throw CommandFailure(
                    .unavailable, "It may not have been written (\(error)). Run it again: nothing is done twice.")
            }
        }
    }
}

/// What a person types where a reason, or the name of a log, is asked for.
enum OperatorInput {
    /// The longest reason in characters.
    private static let reasonMax = 200

    /// - Throws: `CommandFailure(.notAllowed)` without a reason, `.badData` for one that is no single line.
    static func reason(_ text: String?) throws -> String {
        let reason = (text ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        guard !reason.isEmpty else { throw CommandFailure(.notAllowed, "A reason is needed: --reason \"text\".") }
        let isOneLine = reason.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
        guard reason.count <= reasonMax, isOneLine else {
            throw CommandFailure(.badData, "A reason is one line of at most \(reasonMax) characters.")
        }
        return reason
    }

    /// - Throws: `CommandFailure(.badData)` for what names no log.
    static func log(_ text: String) throws -> LogName {
        guard let log = LogName(text.uppercased()) else {
            throw CommandFailure(.badData, "A log is named by an ODS code: 1 to 12 of A-Z, 0-9 and -.")
        }
        return log
    }
}
