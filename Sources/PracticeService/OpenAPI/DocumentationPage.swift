/// The page that an integrator reads, made from the description of the API: no script, nothing from elsewhere.
struct DocumentationPage {
    let html: [UInt8]

    init(_ document: APIDocument) {
        let root = document.root
        var html = HTMLText()
        Self.begin(&html, title: "Primary Conect: HTTP API")
        html.element("h1", "Primary Conect: HTTP API")
        html.markdown(root["info"]?["description"]?.text ?? "")
        html.markup("<p>The same for programs: <a href=\"/openapi.json\">openapi.json</a>, ")
        html.markup("<a href=\"/openapi.yaml\">openapi.yaml</a>. What each error means: <a href=\"/problems\">errors</a>. ")
        html.markup("What changes: <a href=\"/docs/changes\">changes</a>.</p>\n")
        Self.contents(root, &html)
        for path in root["paths"]?.members ?? [] {
            for operation in path.value.members where Self.methods.contains(operation.name) {
                Self.operation(path.name, operation.name, operation.value, root, &html)
            }
        }
        html.element("h2", "Schemas")
        for schema in root["components"]?["schemas"]?.members ?? [] { Self.schema(schema, root, &html) }
        Self.end(&html)
        self.html = html.bytes
    }

    static let methods = ["get", "post", "put", "patch", "delete"]

    static func begin(_ html: inout HTMLText, title: StaticString) {
        html.markup("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head><meta charset=\"utf-8\">")
        html.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>")
        html.markup(title)
        html.markup("</title><link rel=\"stylesheet\" href=\"/docs/style.css\"></head>\n<body><main>\n")
    }

    static func end(_ html: inout HTMLText) {
        html.markup("</main></body>\n</html>\n")
    }

    private static func contents(_ root: DocumentNode, _ html: inout HTMLText) {
        html.markup("<nav aria-label=\"Contents\"><table><caption>Addresses</caption><tbody>\n")
        for path in root["paths"]?.members ?? [] {
            for operation in path.value.members where methods.contains(operation.name) {
                html.markup("<tr><td><code>")
                html.text(operation.name.uppercased())
                html.markup("</code></td><td><a href=\"#")
                html.text(operation.value["operationId"]?.text ?? "")
                html.markup("\"><code>")
                html.text(path.name)
                html.markup("</code></a></td><td>")
                html.text(operation.value["summary"]?.text ?? "")
                html.markup("</td></tr>\n")
            }
        }
        html.markup("</tbody></table></nav>\n")
    }

    private static func operation(
        _ path: String, _ method: String, _ operation: DocumentNode, _ root: DocumentNode, _ html: inout HTMLText
    ) {
        html.markup("<section id=\"")
        html.text(operation["operationId"]?.text ?? "")
        html.markup("\"><h2><code>")
        html.text(method.uppercased() + " " + path)
        html.markup("</code></h2>\n<p><strong>")
        html.text(operation["summary"]?.text ?? "")
        html.markup("</strong></p>\n")
        if let description = operation["description"]?.text { html.markdown(description) }
        parameters(operation, root, &html)
        body(operation, root, &html)
        html.markup("<table><caption>Answers</caption><tbody>\n")
        for answer in operation["responses"]?.members ?? [] {
            let response = answer.value.resolved(in: root)
            html.markup("<tr><td><code>")
            html.text(answer.name)
            html.markup("</code></td><td>")
            html.inline(response["description"]?.text ?? "")
            for content in response["content"]?.members ?? [] {
                html.markup(" <code>")
                html.text(content.name)
                html.markup("</code>")
                reference(content.value["schema"], &html)
            }
            html.markup("</td></tr>\n")
        }
        html.markup("</tbody></table></section>\n")
    }

    private static func parameters(_ operation: DocumentNode, _ root: DocumentNode, _ html: inout HTMLText) {
        let parameters = (operation["parameters"]?.elements ?? []).map { $0.resolved(in: root) }
        guard !parameters.isEmpty else { return }
        html.markup("<table><caption>Parameters</caption><tbody>\n")
        for parameter in parameters {
            html.markup("<tr><td><code>")
            html.text(parameter["name"]?.text ?? "")
            html.markup("</code></td><td>")
            html.text(parameter["in"]?.text ?? "")
            if parameter["required"] == .bool(true) { html.markup(", required") }
            html.markup("</td><td>")
            html.markdown(parameter["description"]?.text ?? "")
            let values = (parameter["schema"]?["enum"]?.elements ?? []).compactMap(\.text)
            if !values.isEmpty {
                html.markup("<p>")
                html.text(values.joined(separator: ", "))
                html.markup("</p>")
            }
            html.markup("</td></tr>\n")
        }
        html.markup("</tbody></table>\n")
    }

    private static func body(_ operation: DocumentNode, _ root: DocumentNode, _ html: inout HTMLText) {
        for content in operation["requestBody"]?.resolved(in: root)["content"]?.members ?? [] {
            html.markup("<p>Send <code>")
            html.text(content.name)
            html.markup("</code>")
            reference(content.value["schema"], &html)
            html.markup("</p>\n")
        }
    }

    /// A link to a schema that has a name.
    private static func reference(_ schema: DocumentNode?, _ html: inout HTMLText) {
        guard let name = schema?["$ref"]?.text?.split(separator: "/").last else { return }
        html.markup(" <a href=\"#schema-")
        html.text(name)
        html.markup("\">")
        html.text(name)
        html.markup("</a>")
    }

    private static func schema(_ schema: DocumentNode.Member, _ root: DocumentNode, _ html: inout HTMLText) {
        html.markup("<section id=\"schema-")
        html.text(schema.name)
        html.markup("\"><h3>")
        html.text(schema.name)
        html.markup("</h3>\n")
        if let description = schema.value["description"]?.text { html.markdown(description) }
        let parts = [schema.value] + (schema.value["allOf"]?.elements ?? []) + (schema.value["oneOf"]?.elements ?? [])
        html.markup("<table><caption>Members</caption><tbody>\n")
        for part in parts {
            let required = (part["required"]?.elements ?? []).compactMap(\.text)
            for member in part["properties"]?.members ?? [] {
                html.markup("<tr><td><code>")
                html.text(member.name)
                html.markup("</code></td><td>")
                html.text(type(of: member.value))
                if !required.contains(member.name) { html.markup(", if there is any") }
                html.markup("</td><td>")
                html.inline(member.value.resolved(in: root)["description"]?.text ?? "")
                html.markup("</td></tr>\n")
            }
            if let name = part["$ref"]?.text?.split(separator: "/").last {
                html.markup("<tr><td colspan=\"3\">and all of ")
                html.text(name)
                html.markup("</td></tr>\n")
            }
        }
        html.markup("</tbody></table></section>\n")
    }

    private static func type(of schema: DocumentNode) -> String {
        if let name = schema["$ref"]?.text?.split(separator: "/").last { return String(name) }
        if let values = schema["enum"]?.elements { return values.compactMap(\.text).joined(separator: " | ") }
        let alternatives = (schema["oneOf"]?.elements ?? []).map(type(of:))
        if !alternatives.isEmpty { return alternatives.joined(separator: " or ") }
        let names = schema["type"]?.text.map { [$0] } ?? (schema["type"]?.elements ?? []).compactMap(\.text)
        if names == ["array"], let items = schema["items"] { return "array of " + type(of: items) }
        return names.joined(separator: " or ") + (schema["format"]?.text.map { ", " + $0 } ?? "")
    }
}
