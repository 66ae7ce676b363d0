import HTTPTypes

@testable import PracticeService

/// A route, and what it answers to whom.
///
/// Each route of the server has a row here, or `RouteTableTests` fails: add yours with the route.
struct RouteRow: Sendable {
    let method: HTTPRequest.Method
    /// As it is registered.
    let path: String
    /// As it is asked for, of practice Z99001.
    let address: String
    var body: String?
    var contentType: String?
    /// What the right caller gets.
    let right: Int
    /// What the right role of another practice gets: 404, unless the route is of no practice.
    var elsewhere = 404
    /// Who may.
    var role = Role.practiceClinician
    /// Who may not; `nil` where every role may.
    var wrongRole: Role?
    /// Whether anybody may ask, without a token.
    var isOpen = false
    /// What stands in the audit of the right caller; of a GET a look unless told otherwise.
    var record: Record?
    /// Sent beside the token.
    var headers: HTTPFields = [:]

    enum Record: String {
        case granted
        /// Of a ref that the caller's practices do not know.
        case denied = "practice-out-of-scope"
        case nothing
    }

    static let all =
        [
            RouteRow(
                method: .get, path: "/api/v1/practices/{ods}/lists/{list}",
                address: "/api/v1/practices/Z99001/lists/in-hospital",
                right: 200, wrongRole: .auditor),
            RouteRow(
                method: .get, path: "/api/v1/audit/board",
                address: "/api/v1/audit/board?practice=Z99001&list=in-hospital&at=2026-03-01T08:00:00Z&case=IG-7",
                right: 200, role: .auditor, wrongRole: .practiceClinician),
            RouteRow(method: .get, path: "/api/v1/feeds", address: "/api/v1/feeds", right: 200, elsewhere: 200),
            RouteRow(
                method: .get, path: "/api/v1/practices/{ods}/changes", address: "/api/v1/practices/Z99001/changes",
                right: 200,
                wrongRole: .auditor),
            // The hub has finished, or the answer would have no end: there is no room for a stream.
            RouteRow(
                method: .get, path: "/api/v1/practices/{ods}/stream", address: "/api/v1/practices/Z99001/stream",
                right: 503,
                wrongRole: .auditor),
            RouteRow(
                method: .get, path: "/api/v1/webhooks", address: "/api/v1/webhooks", right: 200, elsewhere: 200,
                role: .integration, wrongRole: .practiceClinician),
            RouteRow(
                method: .post, path: "/api/v1/webhooks", address: "/api/v1/webhooks",
                body: #"{"practice":"Z99001","url":"https://hooks.example.org/"}"#, right: 201, role: .integration,
                wrongRole: .practiceClinician, record: .granted),
            // A webhook of the practice, which there is not.
            RouteRow(
                method: .get, path: "/api/v1/webhooks/{id}", address: "/api/v1/webhooks/\(webhook)", right: 404,
                role: .integration, wrongRole: .practiceClinician, record: .granted),
            RouteRow(
                method: .delete, path: "/api/v1/webhooks/{id}", address: "/api/v1/webhooks/\(webhook)", right: 404,
                role: .integration, wrongRole: .practiceClinician, record: .granted),
            RouteRow(
                method: .post, path: "/api/v1/webhooks/{id}/secret", address: "/api/v1/webhooks/\(webhook)/secret",
                right: 404,
                role: .integration, wrongRole: .practiceClinician, record: .granted),
            RouteRow(
                method: .get, path: "/api/v1/webhooks/{id}/deliveries",
                address: "/api/v1/webhooks/\(webhook)/deliveries",
                right: 404, role: .integration, wrongRole: .practiceClinician),
            RouteRow(
                method: .post, path: "/api/v1/webhooks/{id}/redeliver",
                address: "/api/v1/webhooks/\(webhook)/redeliver",
                right: 404, role: .integration, wrongRole: .practiceClinician, record: .granted),
            RouteRow(
                method: .post, path: "/api/v1/break-glass", address: "/api/v1/break-glass",
                body: #"{"practice":"Z99003","reason":"visiting from elsewhere"}"#, right: 201, elsewhere: 201,
                wrongRole: .practiceCoach),
            // Of no log: the parameters are refused before anything is read.
            RouteRow(
                method: .get, path: "/api/v1/log/checkpoint", address: "/api/v1/log/checkpoint?log=x", right: 400,
                elsewhere: 400, record: .nothing),
            RouteRow(
                method: .get, path: "/api/v1/log/key", address: "/api/v1/log/key", right: 400, elsewhere: 400,
                record: .nothing),
            RouteRow(
                method: .get, path: "/api/v1/log/proof/inclusion", address: "/api/v1/log/proof/inclusion?log=ZX901",
                right: 400, elsewhere: 400, record: .nothing),
            RouteRow(
                method: .get, path: "/api/v1/log/proof/consistency",
                address: "/api/v1/log/proof/consistency?log=ZX901&from=0", right: 400, elsewhere: 400, record: .nothing),
            RouteRow(
                method: .post, path: "/oauth2/token", address: "/oauth2/token", body: "grant_type=client_credentials",
                contentType: "application/x-www-form-urlencoded", right: 400, isOpen: true),
        ] + details + audit + fhir + acts + onboarding + documentation

    /// One patient or one encounter: of refs that nobody has, so the right caller is turned away like any other.
    private static let details = [
        RouteRow(method: .get, path: "/api/v1/status", address: "/api/v1/status", right: 200, elsewhere: 200),
        RouteRow(
            method: .get, path: "/api/v1/encounters/{ref}", address: "/api/v1/encounters/enc_none", right: 404,
            wrongRole: .practiceAdmin, record: .denied),
        RouteRow(
            method: .get, path: "/api/v1/patients/{ref}", address: "/api/v1/patients/pt_none", right: 404,
            wrongRole: .practiceAdmin, record: .denied),
        RouteRow(
            method: .get, path: "/api/v1/patients/{ref}/timeline", address: "/api/v1/patients/pt_none/timeline",
            right: 404, wrongRole: .practiceAdmin, record: .denied),
        RouteRow(
            method: .get, path: "/api/v1/encounters/{ref}/history", address: "/api/v1/encounters/enc_none/history",
            right: 404, wrongRole: .practiceAdmin, record: .denied),
        RouteRow(
            method: .get, path: "/api/v1/patients/{ref}/history", address: "/api/v1/patients/pt_none/history",
            right: 404, wrongRole: .auditor, record: .denied),
        RouteRow(
            method: .get, path: "/api/v1/patients/{ref}/history",
            address: "/api/v1/patients/pt_none/history?as_of=2026-03-02T08:00:00Z", right: 404, wrongRole: .auditor,
            record: .denied),
        RouteRow(
            method: .post, path: "/api/v1/audit/history", address: "/api/v1/audit/history",
            body: #"{"ref":"pt_none","reason":"complaint 17, who saw it"}"#, right: 404, role: .auditor,
            wrongRole: .practiceClinician, record: .denied),
        RouteRow(
            method: .post, path: "/api/v1/patients/$match", address: "/api/v1/patients/$match",
            body: #"{"nhs_number":"9990000018","born":"1931-12-25"}"#, right: 404, wrongRole: .practiceAdmin,
            record: .denied),
        RouteRow(
            method: .post, path: "/api/v1/patients/{ref}/reveal", address: "/api/v1/patients/pt_none/reveal",
            body: #"{"reason":"patient asks where she is"}"#, right: 404, wrongRole: .practiceAdmin, record: .denied),
    ]

    /// Who looked at what: of the token's own practice, so whoever may ask gets an answer.
    private static let audit = [
        RouteRow(
            method: .get, path: "/api/v1/audit/access", address: "/api/v1/audit/access?practice=Z99001", right: 200,
            role: .auditor, wrongRole: .practiceClinician),
        RouteRow(
            method: .post, path: "/api/v1/audit/access", address: "/api/v1/audit/access",
            body: #"{"nhs_number":"9990000018","practice":"Z99001","reason":"subject access request"}"#, right: 200,
            role: .auditor, wrongRole: .operator, record: .granted),
        RouteRow(
            method: .get, path: "/fhir/R4/AuditEvent", address: "/fhir/R4/AuditEvent?action=R&_count=1", right: 200,
            elsewhere: 200, role: .auditor, wrongRole: .integration),
        RouteRow(
            method: .get, path: "/fhir/R4/AuditEvent/{id}", address: "/fhir/R4/AuditEvent/none", right: 404,
            role: .auditor, wrongRole: .integration, record: .denied),
    ]

    private static let form = "application/x-www-form-urlencoded"
    private static let fhir = [
        RouteRow(
            method: .get, path: "/fhir/R4/metadata", address: "/fhir/R4/metadata", right: 200, isOpen: true),
        RouteRow(
            method: .get, path: "/fhir/R4/Encounter", address: "/fhir/R4/Encounter", right: 200, elsewhere: 200,
            wrongRole: .practiceAdmin),
        RouteRow(
            method: .post, path: "/fhir/R4/Encounter/_search", address: "/fhir/R4/Encounter/_search",
            body: "status=finished",
            contentType: form, right: 200, elsewhere: 200, wrongRole: .practiceAdmin, record: .granted),
        RouteRow(
            method: .get, path: "/fhir/R4/Encounter/{id}", address: "/fhir/R4/Encounter/enc_none", right: 404,
            wrongRole: .practiceAdmin, record: .denied),
        RouteRow(
            method: .get, path: "/fhir/R4/Patient", address: "/fhir/R4/Patient", right: 400, elsewhere: 400,
            wrongRole: .practiceAdmin, record: .nothing),
        RouteRow(
            method: .post, path: "/fhir/R4/Patient/_search", address: "/fhir/R4/Patient/_search",
            body: "identifier=https://fhir.nhs.uk/Id/nhs-number%7C9990000018", contentType: form, right: 200,
            elsewhere: 200, wrongRole: .practiceAdmin, record: .granted),
        RouteRow(
            method: .get, path: "/fhir/R4/Patient/{id}", address: "/fhir/R4/Patient/pt_none", right: 404,
            wrongRole: .practiceAdmin, record: .denied),
        RouteRow(
            method: .get, path: "/fhir/R4/Flag", address: "/fhir/R4/Flag", right: 200, elsewhere: 200,
            wrongRole: .practiceAdmin),
        RouteRow(
            method: .post, path: "/fhir/R4/Flag/_search", address: "/fhir/R4/Flag/_search", body: "status=active",
            contentType: form, right: 200, elsewhere: 200, wrongRole: .practiceAdmin, record: .granted),
        RouteRow(
            method: .get, path: "/fhir/R4/Flag/{id}", address: "/fhir/R4/Flag/none", right: 404,
            wrongRole: .practiceAdmin, record: .denied),
        RouteRow(
            method: .get, path: "/fhir/R4/Organization/{id}", address: "/fhir/R4/Organization/Z99001", right: 200,
            wrongRole: .practiceAdmin),
        RouteRow(
            method: .get, path: "/fhir/R4/Location/{id}", address: "/fhir/R4/Location/none", right: 404,
            wrongRole: .practiceAdmin, record: .denied),
    ]

    private static let key: HTTPFields = [
        HTTPField.Name("Idempotency-Key") ?? .accept: "6f0c1a52-6d0e-4a55-9b2f-2a1f7d8c9b10"
    ]
    private static let acts = [
        RouteRow(
            method: .get, path: "/api/v1/huddles/{ods}/{date}", address: "/api/v1/huddles/Z99001/2026-03-03",
            right: 200,
            wrongRole: .auditor),
        RouteRow(
            method: .post, path: "/api/v1/huddles/{ods}/{date}/discussions",
            address: "/api/v1/huddles/Z99001/2026-03-03/discussions", body: #"{"patient":"pt_none"}"#, right: 404,
            wrongRole: .auditor, headers: key),
        RouteRow(
            method: .delete, path: "/api/v1/huddles/{ods}/{date}/discussions/{patient}",
            address: "/api/v1/huddles/Z99001/2026-03-03/discussions/pt_none", right: 404, wrongRole: .auditor,
            headers: key.adding(.ifMatch, "\"1\"")),
        RouteRow(
            method: .post, path: "/api/v1/huddles/{ods}/{date}/close",
            address: "/api/v1/huddles/Z99001/2026-03-03/close", body: #"{"not_discussed":0,"attendees":["kay"]}"#, right: 200, wrongRole: .auditor,
            record: .granted, headers: key),
        RouteRow(
            method: .get, path: "/api/v1/practices/{ods}/actions", address: "/api/v1/practices/Z99001/actions",
            right: 200, wrongRole: .auditor),
        RouteRow(
            method: .post, path: "/api/v1/actions", address: "/api/v1/actions",
            body: #"{"patient":"pt_none","kind":"call","due":"2026-03-05","assignee":{"person":"kay"}}"#, right: 404, wrongRole: .auditor, headers: key),
        RouteRow(
            method: .patch, path: "/api/v1/actions/{id}", address: "/api/v1/actions/act_none",
            body: #"{"state":"done"}"#,
            right: 404, wrongRole: .auditor, headers: key.adding(.ifMatch, "\"1\"")),
        RouteRow(
            method: .get, path: "/api/v1/practices/{ods}/concerns", address: "/api/v1/practices/Z99001/concerns",
            right: 200, wrongRole: .auditor),
        RouteRow(
            method: .post, path: "/api/v1/concerns", address: "/api/v1/concerns",
            body: #"{"patient":"pt_none","kind":"other","note":"x"}"#, right: 404, wrongRole: .auditor, headers: key),
        RouteRow(
            method: .post, path: "/api/v1/concerns/{id}/close", address: "/api/v1/concerns/con_none/close",
            body: #"{"reason":"resolved"}"#, right: 404, wrongRole: .auditor, headers: key),
        RouteRow(
            method: .post, path: "/api/v1/patients/{ref}/symphony-score",
            address: "/api/v1/patients/pt_none/symphony-score",
            body: #"{"score":7,"scored_on":"2026-03-02"}"#, right: 404, wrongRole: .auditor, headers: key),
        RouteRow(
            method: .put, path: "/api/v1/practices/{ods}/roster", address: "/api/v1/practices/Z99001/roster",
            body: "NHS number,Date of birth,Surname\n9990000018,1931-12-25,ASHWORTH\n", contentType: "text/csv",
            right: 200, role: .practiceAdmin, wrongRole: .practiceCoach, record: .granted, headers: key),
    ]

    /// The hospital's code stands where a practice's does: here they are one.
    private static let onboarding = [
        RouteRow(
            method: .get, path: "/api/v1/onboarding-cases", address: "/api/v1/onboarding-cases", right: 200,
            elsewhere: 200, wrongRole: .auditor),
        RouteRow(
            method: .post, path: "/api/v1/onboarding-cases", address: "/api/v1/onboarding-cases",
            body: #"{"encounter":"enc_none","reasons":["other"]}"#, right: 404, role: .hospitalOnboarding,
            wrongRole: .auditor, record: .denied, headers: key),
        RouteRow(
            method: .get, path: "/api/v1/onboarding-cases/{id}", address: "/api/v1/onboarding-cases/case_none",
            right: 404, wrongRole: .auditor, record: .denied),
        RouteRow(
            method: .post, path: "/api/v1/onboarding-cases/{id}/transitions",
            address: "/api/v1/onboarding-cases/case_none/transitions", body: #"{"to":"triaged"}"#, right: 404,
            role: .hospitalOnboarding, wrongRole: .auditor, record: .denied,
            headers: key.adding(.ifMatch, "\"1\"")),
        RouteRow(
            method: .get, path: "/api/v1/hospitals/{ods}/inpatients", address: "/api/v1/hospitals/Z99001/inpatients",
            right: 200, role: .hospitalOnboarding, wrongRole: .auditor),
    ]

    private static let documentation = [
        ("/openapi.json", "/openapi.json"), ("/openapi.yaml", "/openapi.yaml"), ("/docs", "/docs"),
        ("/docs/changes", "/docs/changes"), ("/docs/style.css", "/docs/style.css"), ("/problems", "/problems"),
        ("/problems/{code}", "/problems/not-found"),
    ].map { RouteRow(method: .get, path: $0.0, address: $0.1, right: 200, isOpen: true) }

    private static let webhook = "wh_Z99001_00000000-0000-4000-8000-000000000001"
}

extension HTTPFields {
    fileprivate func adding(_ name: HTTPField.Name, _ value: String) -> HTTPFields {
        var fields = self
        fields[name] = value
        return fields
    }
}
