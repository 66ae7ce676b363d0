package import Admissions
package import EventSourcing

/// What somebody wants done in one stream of a practice's acts.
///
/// The closures are called in this order, within the transaction that holds the log: they must not wait for anything.
package struct ActOrder<Subject: StaffDecider>: Sendable {
    /// Who acts, for which practice, by which command.
    package var access: AccessRequest
    package var act: StaffAct
    package var command: CommandKey
    /// The patient it is about, where the request names one; must be a patient of the practice now.
    package var patientRef: String?
    /// The stream, of the patient that was found.
    package var stream: @Sendable (PatientSubject?) -> StreamName
    /// Whom the subject is about, where the request names nobody.
    package var subject: @Sendable (Subject) -> PatientSubject?
    /// What is wanted, as things stand; refuses what was asked for over another state.
    package var intent: @Sendable (Subject, PatientSubject?) throws(ActRefusal) -> Subject.Intent

    package init(
        access: AccessRequest, act: StaffAct, command: CommandKey, patientRef: String? = nil,
        stream: @escaping @Sendable (PatientSubject?) -> StreamName,
        subject: @escaping @Sendable (Subject) -> PatientSubject? = { _ in nil },
        intent: @escaping @Sendable (Subject, PatientSubject?) throws(ActRefusal) -> Subject.Intent
    ) {
        self.access = access
        self.act = act
        self.command = command
        self.patientRef = patientRef
        self.stream = stream
        self.subject = subject
        self.intent = intent
    }
}

/// What became of an order.
package struct ActOutcome<Subject: StaffDecider>: Sendable {
    /// As it stood when the command was carried out: the first time, if it was sent again.
    package let state: Subject
    /// The patient's ref; `nil` where it is about nobody, or about somebody who is no patient of the practice now.
    package let patientRef: String?
    /// Who is meant by the ref.
    package let patient: PatientSubject?
    /// Whether the command had been carried out before.
    package let isReplay: Bool
}

/// Why an order is not carried out.
package enum ActRefusal: Error, Sendable, Equatable {
    /// The ref is of no patient of this practice now.
    case patientUnknown
    /// The ref was of a patient whose record the hospital has joined to another's: by this ref that one is known.
    case merged(into: String)
    /// Somebody was quicker.
    case alreadyDiscussed(by: String, at: Instant)
    /// There is nothing by this identifier.
    case notFound
    /// The decider refuses.
    case rejected(ActRejection)
    /// What was asked for over is no longer what stands: `If-Match`.
    case preconditionFailed
    /// The same, of a version in the content.
    case versionConflict
    /// The command's identifier was used for something else.
    case keyReused
    /// The stream cannot be read by this version of the service.
    case streamUnreadable
}
