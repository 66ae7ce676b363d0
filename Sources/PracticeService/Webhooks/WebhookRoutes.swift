import EventSourcing
import HTTPTypes
import Hummingbird
package import Projections

/// `/api/v1/webhooks`: registers, lists and removes webhooks, shows what was sent, and sends it again (product.md 5.5).
///
/// The id of a webhook names its practice (`wh_Z99001_…`), which must be the caller's; another's is 404. The secret is in the
/// answer that makes it, and nowhere else.
package struct WebhookRoutes: RouteGroup {
    /// Whether an address may be called at all.
    package typealias Allows = @Sendable (OutboundURL) -> Bool

    /// How long the key before signs beside the new one.
    static let rotation: Duration = .seconds(86_400)

    private let store: WebhookStore
    private let allows: Allows

    /// - Parameter allows: `OutboundHTTP.allows`.
    package init(store: WebhookStore, allows: @escaping Allows) {
        self.store = store
        self.allows = allows
    }

    package func addRoutes(to routes: inout Routes, with parts: ServiceParts) {
        let answers = Answers(store: store, allows: allows, parts: parts)
        routes.serve(
            "/api/v1/webhooks", .get(.writeWebhooks, answers.list), .post(.writeWebhooks, answers.add))
        routes.serve(
            "/api/v1/webhooks/{id}", .get(.writeWebhooks, answers.one), .delete(.writeWebhooks, answers.remove))
        routes.serve("/api/v1/webhooks/{id}/secret", .post(.writeWebhooks, answers.rotate))
        routes.serve("/api/v1/webhooks/{id}/deliveries", .get(.writeWebhooks, answers.deliveries))
        routes.serve("/api/v1/webhooks/{id}/redeliver", .post(.writeWebhooks, answers.redeliver))
    }

    private struct Answers: Sendable {
        let store: WebhookStore
        let allows: Allows
        let parts: ServiceParts

        @Sendable func list(_ request: Request, _ context: PracticeContext) async throws -> Response {
            let pass = try await parts.gate.admit(request, context, to: .writeWebhooks, route: "webhooks")
            _ = try QueryParameters(request.uri.query, known: [])
            var json = JSONAnswer()
            json.beginObject()
            json.key("webhooks")
            json.beginArray()
            for practice in pass.practices {
                let access = try await pass.access(to: practice)
                for webhook in try await parts.reading(access, { try await store.webhooks(access: access) }) {
                    json.webhook(webhook, secret: nil)
                }
            }
            json.endArray()
            json.endObject()
            return Self.response(.ok, json)
        }

        @Sendable func add(_ request: Request, _ context: PracticeContext) async throws -> Response {
            let pass = try await parts.gate.admit(request, context, to: .writeWebhooks, route: "webhooks")
            let content = try NewWebhook(try await RequestContent.bytes(of: request))
            let access = try await pass.access(to: content.practice)
            guard let url = OutboundURL(content.url), allows(url) else {
                throw Problem.invalid(
                    .invalidParameter, "/body/url", "The address must be https with a public DNS name.")
            }
            let types = content.types
            guard types.count <= 50, types.allSatisfy({ ChangeType.all.contains(ChangeType(rawValue: $0)) }) else {
                throw Problem.invalid(.invalidParameter, "/body/types", "The types are those of the change feed.")
            }
            var generator = SystemRandomNumberGenerator()
            let webhook = Webhook(
                practice: access.practice, id: RequestID.make(using: &generator), url: content.url, types: types,
                madeAt: parts.now())
            let secret = Self.secret(using: &generator)
            let isAdded = try await parts.reading(access) {
                try await store.add(webhook, secret: secret, firstTestAt: webhook.madeAt, access: access)
            }
            guard isAdded else {
                throw Problem.invalid(
                    .invalidParameter, "/body/practice", "The practice has ten webhooks already. Remove one first.")
            }
            var json = JSONAnswer()
            json.webhook(webhook, secret: WebhookSignature.text(ofSecret: secret))
            return Self.response(.created, json)
        }

        @Sendable func one(_ request: Request, _ context: PracticeContext) async throws -> Response {
            let (id, access) = try await admit(request, context)
            let webhooks = try await parts.reading(access) { try await store.webhooks(access: access) }
            guard let webhook = webhooks.first(where: { $0.id == id }) else { throw Problem.notFound }
            var json = JSONAnswer()
            json.webhook(webhook, secret: nil)
            return Self.response(.ok, json)
        }

        @Sendable func remove(_ request: Request, _ context: PracticeContext) async throws -> Response {
            let (id, access) = try await admit(request, context)
            guard try await parts.reading(access, { try await store.remove(id, access: access) }) else {
                throw Problem.notFound
            }
            return Response(status: .noContent)
        }

        @Sendable func rotate(_ request: Request, _ context: PracticeContext) async throws -> Response {
            let (id, access) = try await admit(request, context)
            var generator = SystemRandomNumberGenerator()
            let (secret, until) = (Self.secret(using: &generator), parts.now() + WebhookRoutes.rotation)
            let isRotated = try await parts.reading(access) {
                try await store.rotate(id, to: secret, until: until, access: access)
            }
            guard isRotated else { throw Problem.notFound }
            var json = JSONAnswer()
            json.beginObject()
            json.field("secret", WebhookSignature.text(ofSecret: secret))
            json.field("previous_until", systemTime: until)
            json.endObject()
            return Self.response(.ok, json)
        }

        @Sendable func deliveries(_ request: Request, _ context: PracticeContext) async throws -> Response {
            let (id, access) = try await admit(request, context)
            guard let deliveries = try await parts.reading(access, { try await store.deliveries(of: id, access: access) })
            else { throw Problem.notFound }
            var json = JSONAnswer()
            json.beginObject()
            json.key("deliveries")
            json.beginArray()
            for delivery in deliveries { json.delivery(delivery) }
            json.endArray()
            json.endObject()
            return Self.response(.ok, json)
        }

        @Sendable func redeliver(_ request: Request, _ context: PracticeContext) async throws -> Response {
            let (id, access) = try await admit(request, context)
            let content = try Redelivery(try await RequestContent.bytes(of: request))
            let count = try await parts.reading(access) {
                try await store.redeliver(content.event, of: id, at: parts.now(), access: access)
            }
            guard let count, count > 0 || content.event == nil else { throw Problem.notFound }
            var json = JSONAnswer()
            json.beginObject()
            json.field("redelivered", Int64(count))
            json.endObject()
            return Self.response(.accepted, json)
        }

        // MARK: Parts

        /// The webhook that the address names, and the record of the look.
        private func admit(
            _ request: Request, _ context: PracticeContext
        ) async throws(Problem) -> (id: String, access: AccessRequest) {
            let pass = try await parts.gate.admit(request, context, to: .writeWebhooks, route: "webhooks")
            _ = try QueryParameters(request.uri.query, known: [])
            let words = (context.parameters.get("id") ?? "").split(separator: "_", omittingEmptySubsequences: false)
            guard words.count == 3, words[0] == "wh", let id = UUIDText.lowercased(String(words[2])) else {
                throw Problem.notFound
            }
            return (id, try await pass.access(to: String(words[1])))
        }

        private static func secret(using generator: inout SystemRandomNumberGenerator) -> [UInt8] {
            (0..<WebhookSignature.secretBytes).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        }

        private static func response(_ status: HTTPResponse.Status, _ json: JSONAnswer) -> Response {
            .json(json.bytes, status: status)
        }
    }

    private struct NewWebhook {
        var practice = ""
        var url = ""
        var types: [String] = []

        init(_ content: [UInt8]) throws {
            try ActContent.read(content) { key, json in
                switch key {
                case "practice": practice = try json.readString()
                case "url": url = try json.readString()
                case "types": types = try json.readStrings()
                default: return false
                }
                return true
            }
            guard !practice.isEmpty, !url.isEmpty else { throw Problem.contentUnreadable }
        }
    }

    private struct Redelivery {
        var event: String?

        init(_ content: [UInt8]) throws {
            // No content asks for all.
            guard !content.isEmpty else { return }
            try ActContent.read(content) { key, json in
                guard key.string == "event" else { return false }
                event = try json.readOptional()
                return true
            }
        }
    }
}

extension JSONAnswer {
    fileprivate mutating func webhook(_ webhook: Webhook, secret: String?) {
        beginObject()
        field("id", "wh_\(webhook.practice)_\(webhook.id)")
        field("practice", webhook.practice)
        field("url", webhook.url)
        key("types")
        beginArray()
        for type in webhook.types { string(type) }
        endArray()
        field("state", webhook.isOn ? "on" : "off")
        field("off_reason", webhook.offReason)
        field("failing_since", systemTime: webhook.failingSince)
        field("made_at", systemTime: webhook.madeAt)
        if let secret { field("secret", secret) }
        endObject()
    }

    fileprivate mutating func delivery(_ delivery: WebhookDelivery) {
        beginObject()
        field("event", delivery.event)
        field("type", CloudEvent.type(of: delivery.type))
        field("told_at", systemTime: delivery.toldAt)
        field("state", delivery.state.rawValue)
        field("attempts", Int64(delivery.attempts))
        field("next_at", systemTime: delivery.state == .waiting ? delivery.dueAt : nil)
        field("tried_at", systemTime: delivery.triedAt)
        field("status", delivery.status.map { Int64($0) })
        field("error", delivery.error)
        endObject()
    }
}
