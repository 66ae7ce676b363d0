import EventSourcing
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Postgres
import Synchronization
import Testing

@testable import PracticeService
@testable import Projections

/// Webhooks: registered, called, called again, turned off.
@Suite(.timeLimit(.minutes(2)))
struct WebhookTests {
    @Test func `signatures are those of Standard Webhooks, one a key`() throws {
        // The example of the specification: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw.
        let secret = try #require(Data(base64Encoded: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).map { $0 }
        let header = WebhookSignature.header(
            secrets: [secret, [1, 2, 3]], id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330,
            body: Array(#"{"test": 2432232314}"#.utf8))
        let signatures = header.split(separator: " ")
        #expect(signatures.first == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" && signatures.count == 2)
        #expect(WebhookSignature.text(ofSecret: secret) == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        for bytes in [[], [1], [1, 2], [1, 2, 3], [255, 254, 253, 252]] as [[UInt8]] {
            #expect(WebhookSignature.text(ofSecret: bytes) == "whsec_" + Data(bytes).base64EncodedString())
        }
    }

    @Test func `attempts follow the schedule, and what a receiver asks for`() {
        let waits = (1...9).map { WebhookSchedule.wait(afterAttempts: $0, retryAfter: nil, jitter: 0) }
        #expect(waits == WebhookSchedule.delays.map { $0 } + [nil, nil])
        #expect(WebhookSchedule.wait(afterAttempts: 1, retryAfter: nil, jitter: 1) == .seconds(6))
        #expect(WebhookSchedule.wait(afterAttempts: 1, retryAfter: "120", jitter: 0) == .seconds(120))
        #expect(WebhookSchedule.wait(afterAttempts: 4, retryAfter: "120", jitter: 0) == .seconds(7_200))
        #expect(WebhookSchedule.wait(afterAttempts: 1, retryAfter: "99999999", jitter: 0) == .seconds(86_400))
        #expect(WebhookSchedule.wait(afterAttempts: 1, retryAfter: "soon", jitter: 0) == .seconds(5))
    }

    @Test func `a change is sent signed, without anything of the patient, and again until it is taken`() async throws {
        try await withWebhooks { service, receiver in
            let secret = try await service.register()
            try await service.tell("SP1")
            receiver.status = 500
            await service.dispatcher.deliver()
            // The test event that comes with a new webhook, and the change.
            #expect(receiver.calls.count == 2)
            await service.dispatcher.deliver()
            #expect(receiver.calls.count == 2)
            receiver.status = 204
            service.clock.set(Given.now + .seconds(6))
            await service.dispatcher.deliver()
            #expect(receiver.calls.count == 4)
            let calls = receiver.calls.filter { $0.body.contains("encounter-admitted") }
            let call = try #require(calls.first)
            #expect(calls.count == 2 && calls[0].id == calls[1].id)
            #expect(call.url == "https://hooks.example.org/in")
            let body = try #require(JSONSerialization.jsonObject(with: Data(call.body.utf8)) as? [String: Any])
            #expect(body["specversion"] as? String == "1.0" && body["id"] as? String == call.id)
            #expect(body["type"] as? String == "primary-conect-encounter-admitted-1")
            #expect((body["subject"] as? String)?.hasPrefix("pt_") == true)
            #expect((body["dataref"] as? String)?.hasPrefix("/api/v1/encounters/enc_") == true)
            #expect(body["filtering"] as? [String: String] == ["generalpractitioner": "Z99001", "class": "IMP"])
            for word in ["ZX901", "southmoor", "7B", "Ashworth", "9990000018"] { #expect(!call.body.contains(word)) }
            let key = try #require(Data(base64Encoded: String(secret.dropFirst(6)))).map { $0 }
            #expect(
                call.signature
                    == WebhookSignature.header(
                        secrets: [key], id: call.id, timestamp: call.timestamp, body: Array(call.body.utf8)))
            // Who was sent which patient's ref is in the audit trail.
            #expect(
                try await service.count(
                    """
                    select count(*) from audit.access a join audit.shown s on s.practice = a.practice and s.access = a.id
                    where a.subject like 'webhook:%' and s.patients = 1
                    """) == 2)
        }
    }

    @Test func `each change is sent once, whoever dispatches, and types narrow them`() async throws {
        try await withWebhooks { service, receiver in
            _ = try await service.register(types: #","types":["encounter.admitted"]"#)
            for number in 0..<3 { try await service.tell("SP\(number)") }
            try await service.owner.query("update practice.change set type = 'encounter.updated' where count = 2")
            async let first: Void = service.dispatcher.deliver()
            async let second: Void = service.dispatcher.deliver()
            _ = await (first, second)
            await service.dispatcher.deliver()
            #expect(receiver.calls.count { $0.body.contains("encounter-admitted") } == 2)
            #expect(!receiver.calls.contains { $0.body.contains("encounter-updated") })
            #expect(Set(receiver.calls.map(\.id)).count == receiver.calls.count)
        }
    }

    @Test func `a receiver that is gone is called no more, until somebody asks for it`() async throws {
        try await withWebhooks { service, receiver in
            _ = try await service.register()
            try await service.tell("SP1")
            receiver.status = 410
            await service.dispatcher.deliver()
            #expect(receiver.calls.count == 1)
            let webhook = try await service.webhook()
            #expect(webhook["state"] as? String == "off" && webhook["off_reason"] as? String == "gone")
            receiver.status = 200
            service.clock.set(Given.now + .seconds(60))
            await service.dispatcher.deliver()
            #expect(receiver.calls.count == 1)
            let id = try #require(webhook["id"] as? String)
            let path = "/api/v1/webhooks/\(id)"
            let one = try await service.ask(path, role: "integration")
            #expect(one.object["id"] as? String == id && one.object["state"] as? String == "off")
            #expect(one.object["secret"] == nil)
            #expect(
                try await service.ask(path + "/redeliver", method: .post, role: "integration").status == .accepted)
            await service.dispatcher.deliver()
            let sent = receiver.calls.map(\.id)
            #expect(Set(sent).count == 2)
            // What was taken can be had again, by name.
            let event = try #require(sent.last)
            let again = try await service.ask(
                path + "/redeliver", method: .post, role: "integration", body: #"{"event":"\#(event)"}"#)
            #expect(again.object["redelivered"] as? Int == 1)
            await service.dispatcher.deliver()
            #expect(receiver.calls.last?.id == event && receiver.calls.count == sent.count + 1)
            let deliveries = try await service.ask(path + "/deliveries", role: "integration")
            #expect((deliveries.object["deliveries"] as? [[String: Any]])?.allSatisfy { $0["state"] as? String == "delivered" } == true)
            #expect(!deliveries.text.contains("pt_"))
        }
    }

    @Test func `three days of failure turn a webhook off, and a new key signs beside the old one`() async throws {
        try await withWebhooks { service, receiver in
            _ = try await service.register()
            receiver.status = 503
            await service.dispatcher.deliver()
            let id = try #require(try await service.webhook()["id"] as? String)
            let rotated = try await service.ask(
                "/api/v1/webhooks/\(id)/secret", method: .post, role: "integration")
            #expect((rotated.object["secret"] as? String)?.hasPrefix("whsec_") == true)
            service.clock.set(Given.now + .seconds(600))
            await service.dispatcher.deliver()
            #expect(receiver.calls.last?.signature.split(separator: " ").count == 2)
            service.clock.set(Given.now + .seconds(3 * 86_400))
            await service.dispatcher.deliver()
            #expect(receiver.calls.last?.signature.split(separator: " ").count == 1)
            // The token of the fixture has ended by then.
            service.clock.set(Given.now)
            #expect(try await service.webhook()["off_reason"] as? String == "failing")
            #expect(
                try await service.ask("/api/v1/webhooks/\(id)", method: .delete, role: "integration").status == .noContent)
            #expect(try await service.count("select count(*) from practice.delivery") == 0)
        }
    }

    @Test func `addresses inside and other practices are refused, and other roles`() async throws {
        try await withWebhooks { service, _ in
            for url in ["http://hooks.example.org/", "https://localhost/", "https://10.0.0.1/", "https://x/", "nonsense"] {
                let answer = try await service.post(#"{"practice":"Z99001","url":"\#(url)"}"#)
                #expect(answer.status == .badRequest && answer.code == "invalid_parameter", "\(url)")
            }
            for content in ["", "[]", #"{"practice":"Z99001"}"#, #"{"practice":"Z99001","url":"https://a.b/","types":["X"]}"#] {
                #expect(try await service.post(content).status == .badRequest, "\(content)")
            }
            // A word not understood would make it a webhook for everything, or for nothing.
            for more in [#","typos":["encounter.admitted"]"#, #","types":["encounter.admited"]"#, #","url":"https://c.d/""#] {
                let answer = try await service.post(#"{"practice":"Z99001","url":"https://a.b/"\#(more)}"#)
                #expect(answer.status == .badRequest, "\(more)")
            }
            #expect(try await service.post(#"{"practice":"Z99002","url":"https://a.b/"}"#).status == .notFound)
            #expect(try await service.ask("/api/v1/webhooks").status == .forbidden)
            let id = "00000000-0000-4000-8000-000000000001"
            for path in ["wh_Z99002_\(id)", "wh_Z99001_\(id)", "wh_Z99001_1", "1"] {
                let answer = try await service.ask("/api/v1/webhooks/\(path)/deliveries", role: "integration")
                #expect(answer.status == .notFound, "\(path)")
            }
            for number in 0..<10 { #expect(try await service.post(#"{"practice":"Z99001","url":"https://a.b/\#(number)"}"#).status == .created) }
            #expect(try await service.post(#"{"practice":"Z99001","url":"https://a.b/"}"#).status == .badRequest)
        }
    }

    private func withWebhooks(_ body: (WebhookService, Receiver) async throws -> Void) async throws {
        let receiver = Receiver()
        let service = try await WebhookService(receiver)
        do {
            try await body(service, receiver)
        } catch {
            await service.close()
            throw error
        }
        await service.close()
    }
}

/// Somebody who is called.
private final class Receiver: Sendable {
    struct Call {
        var url: String
        var id: String
        var timestamp: Int64
        var signature: String
        var body: String
    }

    private let state = Mutex<(status: Int, calls: [Call])>((200, []))

    var calls: [Call] { state.withLock { $0.calls } }

    /// What it answers.
    var status: Int {
        get { state.withLock { $0.status } }
        set { state.withLock { $0.status = newValue } }
    }

    var send: WebhookDispatcher.Send {
        { [self] url, headers, body in
            let named = Dictionary(headers.map { ($0.name, $0.value) }) { first, _ in first }
            let call = Call(
                url: "https://\(url.host)\(url.target)", id: named["webhook-id"] ?? "",
                timestamp: Int64(named["webhook-timestamp"] ?? "") ?? 0, signature: named["webhook-signature"] ?? "",
                body: String(decoding: body, as: UTF8.self))
            return state.withLock { state in
                state.calls.append(call)
                return WebhookDispatcher.Reply(status: state.status)
            }
        }
    }
}

/// The service with webhooks over a receiver in memory.
private struct WebhookService {
    let service: ChangeService
    let dispatcher: WebhookDispatcher

    init(_ receiver: Receiver) async throws {
        let outbound = try OutboundHTTP()
        service = try await ChangeService { parts in
            [WebhookRoutes(store: WebhookStore(pool: parts.pool)) { outbound.allows($0) }]
        }
        dispatcher = WebhookDispatcher(
            store: WebhookStore(pool: service.servicePool), hub: service.hub, now: { [clock = service.clock] in clock.now },
            logger: ChangeService.quiet, send: receiver.send)
    }

    var clock: ServiceClock { service.clock }
    var owner: PostgresPool { service.owner }

    func close() async { await service.close() }
    func tell(_ number: String) async throws { try await service.tell(number) }
    func count(_ sql: SQL) async throws -> Int { try await service.count(sql) }

    func ask(
        _ path: String, method: HTTPRequest.Method = .get, role: String = "practice-clinician", body: String? = nil
    ) async throws -> TestResponse {
        try await service.ask(path, method: method, role: role, body: body)
    }

    func post(_ content: String) async throws -> TestResponse {
        try await ask("/api/v1/webhooks", method: .post, role: "integration", body: content)
    }

    /// Registers a webhook; gives its secret.
    func register(types: String = "") async throws -> String {
        let answer = try await post(#"{"practice":"Z99001","url":"https://hooks.example.org/in"\#(types)}"#)
        #expect(answer.status == .created)
        return try #require(answer.object["secret"] as? String)
    }

    /// The one webhook there is.
    func webhook() async throws -> [String: Any] {
        let answer = try await ask("/api/v1/webhooks", role: "integration")
        #expect(!answer.text.contains("whsec_"))
        return try #require((answer.object["webhooks"] as? [[String: Any]])?.first)
    }
}
