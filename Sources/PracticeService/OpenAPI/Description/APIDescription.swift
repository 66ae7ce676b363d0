/// The description of the HTTP API as its authors write it: OpenAPI 3.1 in YAML, one piece for each part of the service.
///
/// Written by hand and held by the tests against every answer they get (`OpenAPIConformance` in PracticeServiceTests),
/// and against the routes: each route stands in it, and it describes none that is not there.
enum APIDescription {
    /// A part of the service: its paths, and the schemas that only it has.
    struct Piece: Sendable {
        /// Lines under `paths:`, indented by two.
        let paths: String
        /// Lines under `components: schemas:`, indented by four.
        let schemas: String
    }

    /// In the order in which they are shown.
    static let pieces = [
        lists, feeds, details, history, acts, onboarding, changes, webhooks, access, accessReports, auditBoard, logs, fhir,
    ]

    /// The whole document.
    static var yaml: String {
        head + "paths:\n" + pieces.map(\.paths).joined() + components + "  schemas:\n" + commonSchemas
            + pieces.map(\.schemas).joined()
    }
}
