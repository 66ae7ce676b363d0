package import EventSourcing

/// An event, and when and where we learned it.
package struct ToldEvent: Sendable, Equatable {
    package let event: AdmissionEvent
    /// When we learned it.
    package let toldAt: Instant
    /// Its place in the log.
    package let position: Position

    package init(_ event: AdmissionEvent, toldAt: Instant, position: Position) {
        self.event = event
        self.toldAt = toldAt
        self.position = position
    }

    /// Reads an event that stands in a log.
    package init(_ recorded: RecordedEvent) throws(JSONError) {
        event = try AdmissionEvent(recorded)
        toldAt = recorded.recordedAt
        position = recorded.position
    }
}

extension RecordedEvent {
    /// Whether it tells of an encounter or a patient, as the folds read; others tell of messages, or of a practice.
    /// One that was taken out tells of nobody.
    package var isAboutSomebody: Bool {
        !isRedacted && (type.hasPrefix("encounter.") || type.hasPrefix("patient."))
    }
}
