package import EventSourcing

/// An address that a practice wants to be called at when something changes.
package struct Webhook: Sendable, Hashable {
    /// The practice of which changes are told.
    package var practice: String
    /// A UUID in lower case.
    package var id: String
    /// The address that is called.
    package var url: String
    /// Types of change that are told; empty for all.
    package var types: [String]
    /// Whether it is called.
    package var isOn: Bool
    /// Why not: `gone` or `failing`; `nil` while it is on.
    package var offReason: String?
    /// When it was made.
    package var madeAt: Instant
    /// First failure since the last success; `nil` after a success.
    package var failingSince: Instant?
}

/// One event for one webhook: a change of the journal, or a test.
package struct WebhookDelivery: Sendable, Hashable {
    /// How far it is; raw values as stored.
    package enum State: String, Sendable, CaseIterable {
        case waiting, delivered, failed
    }

    /// Id of the event, the same at each attempt.
    package var event: String
    /// Type of the change, or `test`.
    package var type: String
    /// As in the journal.
    package var encounterRef: String?
    /// As in the journal.
    package var patientRef: String?
    /// As in the journal.
    package var encounterClass: String?
    /// As in the journal; of a test when it was made.
    package var toldAt: Instant
    /// How far it is.
    package var state: State
    /// Attempts so far.
    package var attempts: Int32
    /// When the next attempt is due, while it waits.
    package var dueAt: Instant
    /// When the last attempt ended.
    package var triedAt: Instant?
    /// Status of the last answer, if there was one.
    package var status: Int32?
    /// Code of what went wrong at the last attempt.
    package var error: String?
}

/// What one process has to send to one webhook, which no other sends to meanwhile.
package struct WebhookWork: Sendable {
    /// The webhook.
    package var webhook: Webhook
    /// Keys by which each call is signed: the present one, and the one before it while that still counts.
    package var secrets: [[UInt8]]
    /// What is due.
    package var deliveries: [WebhookDelivery]
}
