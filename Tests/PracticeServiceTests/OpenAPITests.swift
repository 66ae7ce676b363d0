import Hummingbird
import HummingbirdTesting
import Testing

@testable import PracticeService

/// What the service says of itself.
struct OpenAPITests {
    private static let root = APIDocument().root

    @Test func `the description is OpenAPI 3.1, and all that it refers to is there`() {
        #expect(Self.root["openapi"]?.text == "3.1.0")
        var references: [String] = []
        Self.collect(Self.root, &references)
        #expect(!references.isEmpty)
        for reference in references {
            let node = DocumentNode.map([.init(name: "$ref", value: .text(reference))])
            #expect(node.resolved(in: Self.root) != .null, "\(reference)")
        }
    }

    @Test func `each operation has an id of its own, a summary, and an answer to one without a token`() {
        var ids: [String] = []
        for path in Self.root["paths"]?.members ?? [] {
            for operation in path.value.members where DocumentationPage.methods.contains(operation.name) {
                ids.append(operation.value["operationId"]?.text ?? "")
                #expect(operation.value["summary"]?.text?.isEmpty == false, "\(path.name)")
                let isOpen = operation.value["security"] == .list([])
                #expect(isOpen || operation.value["responses"]?["401"] != nil, "\(operation.name) \(path.name)")
                let named = (operation.value["parameters"]?.elements ?? []).map { $0.resolved(in: Self.root) }
                    .filter { $0["in"]?.text == "path" }.compactMap { $0["name"]?.text }
                let written = path.name.split(separator: "/").filter { $0.hasPrefix("{") }
                    .map { String($0.dropFirst().dropLast()) }
                #expect(Set(named) == Set(written), "\(path.name)")
            }
        }
        #expect(Set(ids).count == ids.count && !ids.contains(""))
    }

    @Test func `it describes each route that is served, and none that is not`() async throws {
        try await StoredService.with { service in
            let served = service.server.servedRoutes
                .filter { !["/docs", "/openapi", "/problems"].contains(where: $0.path.hasPrefix) }
                .map { "\($0.method) \($0.path)" }
            let described = (Self.root["paths"]?.members ?? []).flatMap { path in
                path.value.members.filter { DocumentationPage.methods.contains($0.name) }
                    .map { "\($0.name.uppercased()) \(path.name)" }
            }
            #expect(Set(served).subtracting(described) == [], "not described")
            #expect(Set(described).subtracting(served) == [], "not served")
        }
    }

    @Test func `each operation says which scope it needs, and no other`() async throws {
        try await StoredService.with { service in
            for route in service.server.servedRoutes {
                guard let operation = Self.root["paths"]?[route.path]?[route.method.lowercased()] else { continue }
                let scopes = operation["security"]?.elements.flatMap { $0["registeredSystem"]?.elements ?? [] }
                #expect(scopes?.compactMap(\.text) == [route.permission?.rawValue].compactMap(\.self), "\(route)")
            }
        }
    }

    @Test func `it is given out as JSON and YAML, and as a page without script`() async throws {
        let service = try await ServiceFixture()
        let json = try await service.askBare("/openapi.json")
        #expect(json.headers[.contentType]?.hasPrefix("application/vnd.oai.openapi+json") == true)
        #expect(DocumentNode(yaml: json.text) == Self.root)
        let yaml = try await service.askBare("/openapi.yaml")
        #expect(DocumentNode(yaml: yaml.text) == Self.root)
        let page = try await service.askBare("/docs")
        #expect(page.status == .ok && page.text.contains("/api/v1/practices/{ods}/lists/{list}"))
        #expect(!page.text.contains("<script") && !page.text.contains("http:") && !page.text.contains("https:"))
        #expect(page.headers[.contentSecurityPolicy]?.contains("style-src 'self'") == true)
        #expect(try await service.askBare("/docs/style.css").headers[.contentType] == "text/css; charset=utf-8")
        #expect(try await service.askBare("/docs/changes").status == .ok)
    }

    @Test(arguments: ProblemCode.allCases)
    func `the type of each error opens a page about it`(code: ProblemCode) async throws {
        let service = try await ServiceFixture()
        let page = try await service.askBare(code.type)
        #expect(page.status == .ok && page.text.contains(code.rawValue))
        #expect(try await service.askBare("/problems").text.contains("href=\"\(code.type)\""))
        #expect(try await service.askBare("/problems/none-such").status == .notFound)
    }

    @Test func `what is said is escaped, what is code stands as code`() {
        var html = HTMLText()
        html.markdown("Ask <b> & \"wait\".\nThen `x<y` **now**.\n\n1. one\n2. `two`\n\n- three")
        #expect(
            String(decoding: html.bytes, as: UTF8.self) == """
                <p>Ask &lt;b&gt; &amp; &quot;wait&quot;. Then <code>x&lt;y</code> <strong>now</strong>.</p>
                <ol><li>one</li><li><code>two</code></li></ol>
                <ul><li>three</li></ul>

                """)
    }

    @Test func `the check of answers finds what is not described`() {
        let schema = DocumentNode(
            yaml: """
                type: object
                required: [a]
                additionalProperties: false
                properties: { a: { type: integer, minimum: 1 }, b: { type: [string, "null"], pattern: "^x" } }
                """)
        let problems = { (json: String) -> Int in
            var check = SchemaCheck(root: .null)
            check.check(DocumentNode(yaml: json) ?? .null, against: schema ?? .null)
            return check.problems.count
        }
        #expect(problems(#"{"a":1,"b":"xy"}"#) == 0 && problems(#"{"a":2,"b":null}"#) == 0)
        #expect(problems(#"{"b":"xy"}"#) == 1)
        #expect(problems(#"{"a":"1"}"#) == 1)
        #expect(problems(#"{"a":0,"b":"y","c":1}"#) == 3)
    }

    private static func collect(_ node: DocumentNode, _ references: inout [String]) {
        if let reference = node["$ref"]?.text { references.append(reference) }
        for member in node.members { collect(member.value, &references) }
        for element in node.elements { collect(element, &references) }
    }
}
