import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import PracticeService

/// Holds every answer that a test gets against the description of the API.
///
/// The fixtures call it, so each test of a route is a test of the description too.
enum OpenAPIConformance {
    private static let root = APIDocument().root
    /// What any address may answer before a route is asked: the method, the content, the rate.
    private static let edgeStatuses = [405, 413, 429]

    /// Records an issue where the answer is not one that is described.
    static func check(_ method: HTTPRequest.Method, _ uri: String, _ answer: TestResponse) {
        for problem in problems(method, uri, answer) {
            Issue.record("\(method) \(template(of: uri) ?? "?") \(answer.status.code): \(problem)")
        }
    }

    static func problems(_ method: HTTPRequest.Method, _ uri: String, _ answer: TestResponse) -> [String] {
        guard let template = template(of: uri), let item = root["paths"]?[template] else {
            let isDocumentation = ["/openapi", "/docs", "/problems"].contains { uri.hasPrefix($0) }
            return isDocumentation || answer.status == .notFound ? [] : ["the address is not described"]
        }
        if edgeStatuses.contains(answer.status.code) { return content(answer, .map([]), method) }
        let name = method == .head ? "get" : method.rawValue.lowercased()
        guard let operation = item[name] else { return ["the method is not described"] }
        guard let described = operation["responses"]?[String(answer.status.code)]?.resolved(in: root) else {
            return ["the status is not described"]
        }
        return headers(answer, described) + content(answer, described, method)
    }

    private static func headers(_ answer: TestResponse, _ described: DocumentNode) -> [String] {
        (described["headers"]?.members ?? []).compactMap { header in
            guard header.value.resolved(in: root)["required"] == .bool(true), let name = HTTPField.Name(header.name),
                answer.headers[name] == nil
            else { return nil }
            return "the header \(header.name) is missing"
        }
    }

    private static func content(
        _ answer: TestResponse, _ described: DocumentNode, _ method: HTTPRequest.Method
    ) -> [String] {
        guard answer.body.readableBytes > 0 else {
            return described["content"] == nil || method == .head ? [] : ["the content is missing"]
        }
        let type = answer.headers[.contentType]?.split(separator: ";").first.map(String.init) ?? ""
        let problem = DocumentNode.map([
            .init(
                name: "application/problem+json",
                value: .map([
                    .init(name: "schema", value: .map([.init(name: "$ref", value: .text("#/components/schemas/Problem"))]))
                ])),
            .init(
                name: "application/fhir+json",
                value: .map([
                    .init(
                        name: "schema",
                        value: .map([.init(name: "$ref", value: .text("#/components/schemas/OperationOutcome"))]))
                ])),
        ])
        let contents = edgeStatuses.contains(answer.status.code) ? problem : described["content"]
        guard let schema = contents?[type]?["schema"] else { return ["content of type \(type) is not described"] }
        guard type.hasSuffix("json") else { return [] }
        guard let value = DocumentNode(yaml: String(buffer: answer.body)) else { return ["the content is no JSON"] }
        var check = SchemaCheck(root: root)
        check.check(value, against: schema)
        return check.problems
    }

    /// The described path that an address is one of: fixed words before parameters.
    private static func template(of uri: String) -> String? {
        let path = uri.split(separator: "?")[0].split(separator: "/")
        let fits = (root["paths"]?.members ?? []).map(\.name).filter { template in
            let steps = template.split(separator: "/")
            return steps.count == path.count
                && zip(steps, path).allSatisfy { $0.0.hasPrefix("{") || $0.0 == $0.1 }
        }
        return fits.min { $0.count { $0 == "{" } < $1.count { $0 == "{" } }
    }
}
