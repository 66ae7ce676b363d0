package import EventSourcing
import Postgres

/// Who reads or tells a practice's list, and why: what the access record says.
///
/// An operator at a terminal, who acts on the practice's behalf, or a caller of the service (`caller`). The record opens the list of this practice, and of no other, to its own transaction. All of it is stored as given in
/// `audit.access` and must hold no patient data.
package struct ListAccess: Sendable, Hashable {
    /// The practice, whose log it is.
    package var practice: LogName
    /// `terminal:` and the login name.
    package var subject: String
    /// Why: `import-roster`.
    package var purpose: String
    /// What is looked at, never by a person: `roster/Z99001`.
    package var route: String
    /// Names this run of the command, or the request.
    package var requestID: String
    /// In which role and with which client, of somebody who comes with a token; `nil` for an operator at a terminal.
    package var caller: Caller?

    /// What a token says beside the subject.
    package struct Caller: Sendable, Hashable {
        package var role: String
        package var client: String
        /// The organisation that a system says it asks for.
        package var organisation: String?

        package init(role: String, client: String, organisation: String?) {
            self.role = role
            self.client = client
            self.organisation = organisation
        }
    }

    package init(
        practice: LogName, subject: String, purpose: String, route: String, requestID: String, caller: Caller? = nil
    ) {
        self.practice = practice
        self.subject = subject
        self.purpose = purpose
        self.route = route
        self.requestID = requestID
        self.caller = caller
    }

    /// Writes the record.
    var statement: SQL {
        guard let caller else {
            return "select audit.open_roster_access(\(practice), \(subject), \(purpose), \(route), \(requestID))"
        }
        return """
            select opened.at from audit.open_access(\(practice), \(subject), \(caller.role), \(caller.client), \(purpose),
                \(route), \(requestID), \(caller.organisation as String?)) opened
            """
    }
}
