package import EventSourcing
import Postgres

/// Who reads or tells a practice's list, and why: what the access record says.
///
/// The record opens the list of this practice, and of no other, to its own transaction. All of it is stored as given in
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
    /// Names this run of the command.
    package var requestID: String

    package init(practice: LogName, subject: String, purpose: String, route: String, requestID: String) {
        self.practice = practice
        self.subject = subject
        self.purpose = purpose
        self.route = route
        self.requestID = requestID
    }

    /// Writes the record.
    var statement: SQL {
        "select audit.open_roster_access(\(practice), \(subject), \(purpose), \(route), \(requestID))"
    }
}
