import EventSourcing
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Logging

/// `POST /oauth2/token`: access tokens for registered systems (RFC 6749 section 4.4) that prove who they are by a
/// signed assertion (RFC 7523 section 2.2), as NHS England's application-restricted APIs and SMART Backend Services
/// have it.
///
/// A token lives 5 minutes, is bound to the client's practices and role, and to the scopes that were asked for. Errors
/// are those of RFC 6749 section 5.2, in JSON; neither they nor the log repeat what was sent.
package struct TokenEndpoint: RouteGroup {
    /// Where it is answered, below the service's own address.
    package static let path = "/oauth2/token"
    /// How long a token lives.
    package static let lifetime: Duration = .seconds(300)
    /// The most content of a request.
    private static let contentBytesMax = 16_384

    private let clients: ClientRegistry
    private let book: any AssertionBook
    private let issuer: TokenIssuer
    private let address: String

    /// - Parameters:
    ///   - issuer: signs the tokens; the service must trust its public key.
    ///   - address: the endpoint as clients reach it: the `aud` of their assertions.
    package init(clients: ClientRegistry, book: any AssertionBook, issuer: TokenIssuer, address: String) {
        self.clients = clients
        self.book = book
        self.issuer = issuer
        self.address = address
    }

    package func addRoutes(to routes: inout Routes, with parts: ServiceParts) {
        routes.serve("/oauth2/token", .post(nil) { try await answer($0, $1, parts) })
    }

    private func answer(_ request: Request, _ context: PracticeContext, _ parts: ServiceParts) async throws -> Response
    {
        do {
            return try await token(request, context, parts)
        } catch let error as TokenError {
            return error.response
        }
    }

    private func token(_ request: Request, _ context: PracticeContext, _ parts: ServiceParts) async throws -> Response {
        let form = try await Self.form(of: request)
        guard let grant = form["grant_type"] else { throw TokenError.invalidRequest("grant_type is missing.") }
        guard grant == "client_credentials" else {
            throw TokenError.unsupportedGrantType("The only grant_type is client_credentials.")
        }
        guard form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            let text = form["client_assertion"]
        else {
            throw TokenError.invalidRequest(
                "Send client_assertion, and as its type urn:ietf:params:oauth:client-assertion-type:jwt-bearer.")
        }
        let now = parts.now()
        let client = try await client(text, named: form["client_id"], at: now, context, parts)
        let scopes = try Self.scopes(form["scope"], of: client)
        var random = SystemRandomNumberGenerator()
        let token = try await issuer.token(
            subject: client.id, client: client.id, role: client.role, practices: client.practices.sorted(),
            scopes: scopes, lifetime: Self.lifetime, identifier: RequestID.make(using: &random), at: now)
        return Self.response(token, scopes)
    }

    private func client(
        _ assertion: String, named name: String?, at now: Instant, _ context: PracticeContext, _ parts: ServiceParts
    ) async throws -> RegisteredClient {
        do {
            let assertion = try await ClientAssertion(
                assertion, client: name, registry: clients, audience: address, at: now)
            let client = assertion.entry.client
            try parts.gate.authentication.admit(client: client.id, context)
            let isNew: Bool
            do {
                isNew = try await book.use(client: client.id, jti: assertion.jti, expires: assertion.expires, at: now)
            } catch {
                throw parts.logger.sourceFailed(
                    error, requestID: context.trail.facts.requestID, configuration: parts.configuration)
            }
            guard isNew else { throw AssertionRefusal.replayed }
            return client
        } catch let refusal as AssertionRefusal {
            context.trail.note { $0.assertionRefusal = refusal }
            throw TokenError.invalidClient(refusal.description)
        }
    }

    private static func form(of request: Request) async throws -> FormParameters {
        let type = request.headers[.contentType]?.prefix { $0 != ";" }.trimmingPrefix(" ").lowercased() ?? ""
        guard type == "application/x-www-form-urlencoded" else {
            throw TokenError.invalidRequest("Send a form: Content-Type application/x-www-form-urlencoded.")
        }
        guard let content = try? await request.body.collect(upTo: contentBytesMax) else {
            throw TokenError.invalidRequest("The content is too long.")
        }
        guard let form = FormParameters(content.readableBytesView) else {
            throw TokenError.invalidRequest("The form cannot be read, or a parameter comes twice.")
        }
        return form
    }

    /// What was asked for; all that the client may have where it asked for nothing.
    private static func scopes(_ text: String?, of client: RegisteredClient) throws -> Set<Permission> {
        guard let text else { return client.scopes }
        var asked: Set<Permission> = []
        for word in text.split(separator: " ") {
            guard let permission = Permission(rawValue: String(word)), client.scopes.contains(permission) else {
                throw TokenError.invalidScope("A scope is not known, or not one of this client's.")
            }
            asked.insert(permission)
        }
        return asked
    }

    private static func response(_ token: String, _ scopes: Set<Permission>) -> Response {
        var json = JSONAnswer(capacity: token.utf8.count + 256)
        json.beginObject()
        json.field("access_token", token)
        json.field("token_type", "Bearer")
        json.field("expires_in", lifetime.components.seconds)
        json.field("scope", scopes.map(\.rawValue).sorted().joined(separator: " "))
        json.endObject()
        return .json(json.bytes, headers: [.pragma: "no-cache"])
    }
}

/// An error of the token endpoint (RFC 6749 section 5.2); every word is ours.
private enum TokenError: Error {
    case invalidRequest(StaticString)
    case invalidClient(StaticString)
    case invalidScope(StaticString)
    case unsupportedGrantType(StaticString)

    var response: Response {
        let (code, description): (StaticString, StaticString) =
            switch self {
            case .invalidRequest(let text): ("invalid_request", text)
            case .invalidClient(let text): ("invalid_client", text)
            case .invalidScope(let text): ("invalid_scope", text)
            case .unsupportedGrantType(let text): ("unsupported_grant_type", text)
            }
        var json = JSONAnswer()
        json.beginObject()
        json.key("error")
        json.string(code)
        json.key("error_description")
        json.string(description)
        json.endObject()
        let status: HTTPResponse.Status = if case .invalidClient = self { .unauthorized } else { .badRequest }
        return .json(json.bytes, status: status, headers: [.pragma: "no-cache"])
    }
}
