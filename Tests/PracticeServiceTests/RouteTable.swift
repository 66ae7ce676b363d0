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
    /// Whether the right caller leaves an access record; `nil`: if it is a GET.
    var isLook: Bool?

    static let all = [
        RouteRow(
            method: .get, path: "/api/v1/practices/{ods}/lists/{list}",
            address: "/api/v1/practices/Z99001/lists/in-hospital",
            right: 200, wrongRole: .auditor),
        RouteRow(method: .get, path: "/api/v1/feeds", address: "/api/v1/feeds", right: 200, elsewhere: 200),
        RouteRow(
            method: .get, path: "/api/v1/practices/{ods}/changes", address: "/api/v1/practices/Z99001/changes", right: 200,
            wrongRole: .auditor),
        // The hub has finished, or the answer would have no end: there is no room for a stream.
        RouteRow(
            method: .get, path: "/api/v1/practices/{ods}/stream", address: "/api/v1/practices/Z99001/stream", right: 503,
            wrongRole: .auditor),
        RouteRow(
            method: .get, path: "/api/v1/webhooks", address: "/api/v1/webhooks", right: 200, elsewhere: 200,
            role: .integration, wrongRole: .practiceClinician),
        RouteRow(
            method: .post, path: "/api/v1/webhooks", address: "/api/v1/webhooks",
            body: #"{"practice":"Z99001","url":"https://hooks.example.org/"}"#, right: 201, role: .integration,
            wrongRole: .practiceClinician, isLook: true),
        // A webhook of the practice, which there is not.
        RouteRow(
            method: .delete, path: "/api/v1/webhooks/{id}", address: "/api/v1/webhooks/\(webhook)", right: 404,
            role: .integration, wrongRole: .practiceClinician, isLook: true),
        RouteRow(
            method: .post, path: "/api/v1/webhooks/{id}/secret", address: "/api/v1/webhooks/\(webhook)/secret", right: 404,
            role: .integration, wrongRole: .practiceClinician, isLook: true),
        RouteRow(
            method: .get, path: "/api/v1/webhooks/{id}/deliveries", address: "/api/v1/webhooks/\(webhook)/deliveries",
            right: 404, role: .integration, wrongRole: .practiceClinician),
        RouteRow(
            method: .post, path: "/api/v1/webhooks/{id}/redeliver", address: "/api/v1/webhooks/\(webhook)/redeliver",
            right: 404, role: .integration, wrongRole: .practiceClinician, isLook: true),
        RouteRow(
            method: .post, path: "/api/v1/break-glass", address: "/api/v1/break-glass",
            body: #"{"practice":"Z99003","reason":"visiting from elsewhere"}"#, right: 201, elsewhere: 201,
            wrongRole: .practiceCoach),
        RouteRow(
            method: .post, path: "/oauth2/token", address: "/oauth2/token", body: "grant_type=client_credentials",
            contentType: "application/x-www-form-urlencoded", right: 400, isOpen: true),
        RouteRow(
            method: .get, path: "/api/v1/hospitals/{ods}/inpatients", address: "/api/v1/hospitals/Z99001/inpatients",
            right: 200, role: .hospitalOnboarding, wrongRole: .auditor),
        RouteRow(
            method: .get, path: "/api/v1/onboarding-cases", address: "/api/v1/onboarding-cases?practice=Z99001",
            right: 200, wrongRole: .auditor),
        // Without its key no command is read; with a parameter that is not known no case is looked for.
        RouteRow(
            method: .post, path: "/api/v1/onboarding-cases", address: "/api/v1/onboarding-cases", body: "{}",
            right: 400, elsewhere: 400, wrongRole: .practiceAdmin),
        RouteRow(
            method: .get, path: "/api/v1/onboarding-cases/{id}", address: "/api/v1/onboarding-cases/case_1?all=1",
            right: 400, elsewhere: 400, wrongRole: .auditor),
        RouteRow(
            method: .post, path: "/api/v1/onboarding-cases/{id}/transitions",
            address: "/api/v1/onboarding-cases/case_1/transitions", body: "{}", right: 400, elsewhere: 400,
            wrongRole: .practiceAdmin),
    ]

    private static let webhook = "wh_Z99001_00000000-0000-4000-8000-000000000001"
}
