import EventSourcing
import Postgres

/// Who asks the auditor's questions, for which practice and why: what the access record of an audit says.
///
/// Whoever reads who looked at whom looks at people too. Every answer is given in a transaction that first writes this.
/// Text is stored as given in `audit.access` and must hold no patient data, but for a reason, which is what was typed.
package struct AuditLook: Sendable, Hashable {
    /// What stands in place of a practice where the question is about all of them. No ODS code has eight letters.
    package static let everyPractice = "DISTRICT"
    /// Purpose of an audit for which no reason was typed.
    package static let purpose = "audit"
    /// The role that asks.
    package static let auditorRole = "auditor"

    package var practice: String
    package var subject: String
    package var role: String
    package var client: String
    package var purpose: String
    package var route: String
    package var requestID: String
    package var organisation: String?

    /// Says who asks; of a reason the purpose is `audit: reason`.
    package init(
        practice: String?, subject: String, role: String = AuditLook.auditorRole, client: String, reason: String?,
        route: String, requestID: String, organisation: String? = nil
    ) {
        self.practice = practice ?? Self.everyPractice
        self.subject = subject
        self.role = role
        self.client = client
        purpose = reason.map { "\(Self.purpose): \($0)" } ?? Self.purpose
        self.route = route
        self.requestID = requestID
        self.organisation = organisation
    }

    /// Opens the access record; gives its id and its time.
    func open(in transaction: PostgresTransaction) async throws -> (id: String, at: Instant) {
        let result = try await transaction.query(
            """
            select opened.id::text, opened.at
            from audit.open_access(\(practice), \(subject), \(role), \(client), \(purpose), \(route), \(requestID), \
            \(organisation as String?)) opened
            """)
        return try result[0].decode(String.self, Instant.self)
    }

    /// Records whom the answer shows; nothing where it shows nobody.
    static func record(shown refs: [String], in transaction: PostgresTransaction) async throws {
        guard !refs.isEmpty else { return }
        try await transaction.query("select audit.record_shown(\(refs))")
    }
}
