package import EventSourcing

/// The events by which an operator, and no message, tells something.
///
/// Each says whose act it is (`by`) and when (`telling.recorded`, which gives it its place in the fold); the reason is
/// in the operator's words.
extension AdmissionEvent {
    /// A quarantined message was read again.
    package static func redriven(_ message: Position, by operator: String, at time: Instant) -> AdmissionEvent {
        AdmissionEvent(
            kind: .messageRedriven, telling: .ofOperator(at: time), about: message.rawValue, by: `operator`)
    }

    /// A quarantined message will not be read.
    package static func discarded(
        _ message: Position, by operator: String, reason: String, at time: Instant
    ) -> AdmissionEvent {
        AdmissionEvent(
            kind: .messageDiscarded, telling: .ofOperator(at: time), reason: reason, about: message.rawValue,
            by: `operator`)
    }

    /// What stood under other identifiers of a hospital is not this patient's after all.
    package static func unmerged(
        _ others: PriorIdentity, from patient: PatientDetails, by operator: String, reason: String, at time: Instant
    ) -> AdmissionEvent {
        AdmissionEvent(
            kind: .patientUnmerged, telling: .ofOperator(at: time), patient: patient, prior: others, reason: reason,
            by: `operator`)
    }
}

extension Telling {
    fileprivate static func ofOperator(at time: Instant) -> Telling {
        Telling(trigger: "", recorded: Moment(time))
    }
}
