package import EventSourcing
package import Logging
package import Projections

/// Calls webhooks: each change of a practice's journal at least once, and a test event now and then.
///
/// Woken by the hub, and every few seconds for what is to be tried again. A webhook is served by one process at a time,
/// several webhooks at once, one after another within each. What was sent is in the access record: its subject is the webhook.
/// A webhook that goes off is logged; nobody is mailed.
///
/// ```
/// due ▶ take (lease, journal ▶ deliveries) ▶ send each ▶ settle ▶ release
/// ```
package struct WebhookDispatcher: Sendable {
    /// What a receiver said.
    package struct Reply: Sendable {
        /// HTTP status.
        package var status: Int
        /// `Retry-After`.
        package var retryAfter: String?

        /// Describes an answer.
        package init(status: Int, retryAfter: String? = nil) {
            self.status = status
            self.retryAfter = retryAfter
        }
    }

    /// Calls an address with headers and a body.
    package typealias Send = @Sendable (
        _ url: OutboundURL, _ headers: [(name: String, value: String)], _ body: [UInt8]
    ) async throws(OutboundError) -> Reply

    /// How it works.
    package struct Configuration: Sendable {
        /// `source` of the events: names this installation.
        package var source = "uk.example.primary-conect"
        /// Between two test events of a webhook.
        package var testEvery: Duration = .seconds(15 * 60)
        /// How often to look for what is to be tried again.
        package var lookEvery: Duration = .seconds(5)

        /// The defaults of product.md 5.5.
        package init() {}
    }

    /// Webhooks served at once.
    static let atOnceMax = 8

    private let store: WebhookStore
    private let hub: ChangeHub
    private let configuration: Configuration
    private let now: @Sendable () -> Instant
    private let logger: Logger
    private let send: Send

    /// Puts it together; it works while `run` does.
    package init(
        store: WebhookStore, hub: ChangeHub, configuration: Configuration = Configuration(),
        now: @escaping @Sendable () -> Instant, logger: Logger, send: @escaping Send
    ) {
        self.store = store
        self.hub = hub
        self.configuration = configuration
        self.now = now
        self.logger = logger
        self.send = send
    }

    /// Delivers until the task is cancelled.
    package func run() async {
        let (looks, look) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        look.yield()
        await withDiscardingTaskGroup { group in
            group.addTask {
                guard let subscription = hub.subscribe(to: ChangeHub.everyPractice) else { return }
                for await _ in subscription.wakes { look.yield() }
            }
            group.addTask {
                // Cancelled while asleep: the loop ends by its condition.
                while (try? await Task.sleep(for: configuration.lookEvery)) != nil { look.yield() }
                look.finish()
            }
            for await _ in looks { await deliver() }
            group.cancelAll()
        }
    }

    /// Delivers all that is due now.
    package func deliver() async {
        do {
            let keys = try await store.due(at: now())
            await withDiscardingTaskGroup { group in
                let lanes = min(Self.atOnceMax, keys.count)
                for lane in 0..<lanes {
                    group.addTask {
                        for index in stride(from: lane, to: keys.count, by: lanes) { await serve(keys[index]) }
                    }
                }
            }
        } catch {
            log("webhooks cannot be read", error)
        }
    }

    private func serve(_ key: WebhookStore.Key) async {
        let access = AccessRequest(
            practice: key.practice, subject: "webhook:\(key.id)", role: Role.integration.rawValue, client: "webhook",
            purpose: AccessPurpose.directCare, route: "webhooks/deliveries", requestID: key.id)
        do {
            let began = now()
            guard
                let work = try await store.take(
                    key, access: access, at: began, nextTestAt: began + configuration.testEvery)
            else { return }
            for delivery in work.deliveries {
                guard !Task.isCancelled, try await attempt(delivery, work, key) else { break }
            }
            try await store.release(key, at: now())
        } catch {
            log("webhook not served", error)
        }
    }

    /// Sends one event; `false` if the others need not be tried now.
    private func attempt(_ delivery: WebhookDelivery, _ work: WebhookWork, _ key: WebhookStore.Key) async throws -> Bool {
        var (status, code, retryAfter): (Int?, String?, String?) = (nil, nil, nil)
        do throws(OutboundError) {
            let reply = try await call(delivery, work)
            (status, retryAfter) = (reply.status, reply.retryAfter)
            if !(200..<300).contains(reply.status) { code = "status-\(reply.status)" }
        } catch {
            code = error.rawValue
        }
        let ended = now()
        guard let code else {
            try await store.settle(
                delivery, of: key, as: .delivered, status: status.map(Int32.init(clamping:)), error: nil, at: ended, dueAt: nil,
                offReason: nil)
            return true
        }
        let since = work.webhook.failingSince ?? ended
        let offReason = status == 410 ? "gone" : ended - since >= WebhookSchedule.failingMax ? "failing" : nil
        let wait = WebhookSchedule.wait(
            afterAttempts: Int(delivery.attempts) + 1, retryAfter: retryAfter, jitter: Double.random(in: 0...1))
        try await store.settle(
            delivery, of: key, as: wait == nil ? .failed : .waiting, status: status.map(Int32.init(clamping:)), error: code,
            at: ended, dueAt: wait.map { ended + $0 }, offReason: offReason)
        if let offReason {
            logger.warning(
                "webhook turned off",
                metadata: ["practice": "\(key.practice)", "webhook": "\(key.id)", "reason": "\(offReason)"])
        }
        return offReason == nil
    }

    private func call(_ delivery: WebhookDelivery, _ work: WebhookWork) async throws(OutboundError) -> Reply {
        guard let url = OutboundURL(work.webhook.url) else { throw .addressNotAllowed }
        let body = CloudEvent.body(delivery, practice: work.webhook.practice, source: configuration.source)
        let timestamp = now().microseconds / 1_000_000
        return try await send(
            url,
            [
                ("Content-Type", "application/cloudevents+json"), ("webhook-id", delivery.event),
                ("webhook-timestamp", String(timestamp)),
                (
                    "webhook-signature",
                    WebhookSignature.header(
                        secrets: work.secrets, id: delivery.event, timestamp: timestamp, body: body)
                ),
            ], body)
    }

    private func log(_ message: Logger.Message, _ error: any Error) {
        if !Task.isCancelled { logger.warning(message, metadata: ["error": "\(String(describing: type(of: error)))"]) }
    }
}

extension OutboundHTTP {
    /// Calls webhooks: POST.
    package var webhookSend: WebhookDispatcher.Send {
        { url, headers, body throws(OutboundError) in
            let answer = try await send(Request(method: "POST", url: url, headers: headers, body: body))
            return WebhookDispatcher.Reply(status: answer.status, retryAfter: answer.header("Retry-After"))
        }
    }
}
