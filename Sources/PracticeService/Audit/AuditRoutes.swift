package import Audit
import Admissions
import EventSourcing
import HTTPTypes
import Hummingbird
import Projections

/// Who looked at what: for auditors, of the practices of their token (product.md section 5.1).
///
/// `GET /api/v1/audit/access` by practice, user, client, kind and time; `POST /api/v1/audit/access` of one patient, whose
/// NHS number or ref stands in the content; `GET /fhir/R4/AuditEvent` the same records as FHIR has them. Each answer is
/// recorded like any look, with the patients whom it names.
package struct AuditRoutes: RouteGroup {
    static let accessPath: RouterPath = "/api/v1/audit/access"

    private let reader: AccessReader

    /// Answers from a reader whose pool logs in as `primary_conect_auditor`.
    package init(reader: AccessReader) {
        self.reader = reader
    }

    package func addRoutes(to routes: inout Routes, with parts: ServiceParts) {
        let answers = AuditAccessAnswers(reader: reader, parts: parts)
        routes.serve(
            Self.accessPath, .get(.readAudit, answers.access), .post(.readAudit, answers.accessToPatient))
        let events = AuditEventAnswers(reader: reader, parts: parts)
        routes.serve("/fhir/R4/AuditEvent", .get(.readAudit, events.search))
        routes.serve("/fhir/R4/AuditEvent/{id}", .get(.readAudit, events.read))
    }
}

extension AuditLook {
    /// What the access record of the auditor says.
    init(_ access: AccessRequest, reason: String? = nil) {
        self.init(
            practice: access.practice, subject: access.subject, role: access.role, client: access.client,
            reason: reason, route: access.route, requestID: access.requestID, organisation: access.organisation)
    }
}

extension Pass {
    /// The practice of a question that one names: the token's one, or the one that is named.
    ///
    /// - Throws: 404 where it is another's, 400 where the token has several and none is named.
    func practice(named: String?) async throws(Problem) -> AccessRequest {
        if let named { return try await access(to: named) }
        guard practices.count == 1, let practice = practices.first else { throw PracticeTrial.practiceNeeded }
        return try await access(to: practice)
    }
}
