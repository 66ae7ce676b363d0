import HTTPTypes
import Hummingbird

/// `/openapi.json`, `/openapi.yaml`, `/docs`, `/problems`: what an integrator reads, open to everybody.
///
/// Made once, when the service starts; no patient data, no script, nothing from elsewhere.
struct DocumentationRoutes: RouteGroup {
    private static let paths: [RouterPath] = [
        "/openapi.json", "/openapi.yaml", "/docs", "/docs/changes", "/docs/style.css", "/problems", "/problems/{code}",
    ]
    /// Pages have a style sheet of ours, and nothing else.
    private static let policy =
        "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

    private let document = APIDocument()
    private let page: [UInt8]
    private let changes: [UInt8]
    private let problems = ProblemPages()

    init() {
        page = DocumentationPage(document).html
        var html = HTMLText()
        DocumentationPage.begin(&html, title: "Primary Conect: changes of the API")
        html.element("h1", "Changes of the API")
        html.markdown(Self.changesText)
        DocumentationPage.end(&html)
        changes = html.bytes
    }

    private static let changesText = """
        Version 1 is the first. Within a version members, values of enumerations and kinds of events may be added: pass \
        over those that you do not know. What goes is told here and by the headers `Deprecation` and `Sunset` at least \
        12 months before.
        """

    func addRoutes(to routes: inout Routes, with parts: ServiceParts) {
        for path in Self.paths { routes.serve(path, .get(nil, answer)) }
    }

    @Sendable func answer(_ request: Request, _ context: PracticeContext) async throws -> Response {
        switch request.uri.path {
        case "/openapi.json": return Self.response(document.json, "application/vnd.oai.openapi+json;version=3.1")
        case "/openapi.yaml": return Self.response(document.yaml, "application/vnd.oai.openapi;version=3.1")
        case "/docs": return Self.response(page, "text/html; charset=utf-8")
        case "/docs/changes": return Self.response(changes, "text/html; charset=utf-8")
        case "/docs/style.css":
            return Self.response(
                DocumentationStyle.css.withUTF8Buffer { Array($0) }, "text/css; charset=utf-8")
        case "/problems": return Self.response(problems.contents, "text/html; charset=utf-8")
        case let path:
            guard let page = problems.page(at: path) else { throw Problem.notFound }
            return Self.response(page, "text/html; charset=utf-8")
        }
    }

    private static func response(_ bytes: [UInt8], _ type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .contentSecurityPolicy: policy],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
