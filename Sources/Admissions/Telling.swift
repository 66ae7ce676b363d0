import EventSourcing

/// How an event was told: by which message, and when the hospital recorded it.
package struct Telling: Sendable, Equatable {
    /// The trigger event: `A01`.
    package let trigger: String
    /// `MSH-3|MSH-4` as sent.
    package let sender: String
    /// MSH-10.
    package let controlID: String
    /// EVN-2, if it can be read.
    package let recorded: Moment?
    /// MSH-7, if it can be read and says something that `recorded` does not.
    package let sent: Moment?

    package init(
        trigger: String, sender: String = "", controlID: String = "", recorded: Moment? = nil, sent: Moment? = nil
    ) {
        self.trigger = trigger
        self.sender = sender
        self.controlID = controlID
        self.recorded = recorded
        self.sent = sent == recorded ? nil : sent
    }

    /// When the hospital recorded the event: EVN-2, else MSH-7, else 1970, so that what has no time never overrides
    /// what has.
    package var recordedAt: Moment {
        recorded ?? sent ?? Moment(Instant(microseconds: 0))
    }

    /// The field in which `recordedAt` stood; `nil` if the message told no time.
    package var recordedField: TimeField? {
        if recorded != nil { .recorded } else if sent != nil { .sent } else { nil }
    }
}
