import Postgres

/// Who looks at what is held back, and why: what the access record of an operator says.
///
/// All of it is stored as given in `audit.access` and must hold no patient data. What the record opens, it opens to its
/// own transaction.
package struct OperatorLook: Sendable, Hashable {
    /// `terminal:` and the login name.
    package var subject: String
    /// Why: `redrive`, or the reason that was typed.
    package var purpose: String
    /// What is looked at, by its place and never by a person: `quarantine/RH5/17`.
    package var route: String
    /// Names this run of the command.
    package var requestID: String

    package init(subject: String, purpose: String, route: String, requestID: String) {
        self.subject = subject
        self.purpose = purpose
        self.route = route
        self.requestID = requestID
    }

    /// Writes the record.
    var statement: SQL {
        "select audit.open_operator_access(\(subject), \(purpose), \(route), \(requestID))"
    }
}
