/// Why a command is not carried out: a code and the field it is about, never what was written there.
package struct ActRejection: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong; the raw value is stable.
    package enum Code: String, Sendable, CaseIterable {
        /// There is nothing yet that this could be done to.
        case notFound = "not-found"
        /// It has begun already.
        case alreadyExists = "already-exists"
        /// Not from where the subject stands now.
        case notAllowedInState = "not-allowed-in-state"
        /// Not for this role.
        case roleNotAllowed = "role-not-allowed"
        /// A reason must be given, and was not.
        case reasonMissing = "reason-missing"
        /// Longer than the limit of its field.
        case textTooLong = "text-too-long"
        /// Control characters that cannot be stored or shown.
        case textNotStorable = "text-not-storable"
        /// A value outside the range of its field.
        case valueOutOfRange = "value-out-of-range"
        /// More values than the field takes, or none where there must be one.
        case wrongCount = "wrong-count"
        /// The command is about another patient than the stream.
        case subjectDiffers = "subject-differs"
        /// This encounter had its case, which has ended.
        case encounterHadCase = "encounter-had-case"
        /// The patient declined, and is to be left in peace for a time.
        case declinedRecently = "declined-recently"
        /// The case goes on in another one, of the same patient.
        case joinedToOther = "joined-to-other"
        /// No rule applies.
        case noFinding = "no-finding"
        /// Somebody marked the patient as discussed before.
        case alreadyDiscussed = "already-discussed"
        /// The mark to be undone is not there, or is another one by now.
        case markChanged = "mark-changed"
        /// The command's identifier was used for something else.
        case commandIDReused = "command-id-reused"
        /// The stream holds as many events as it may.
        case streamFull = "stream-full"
    }

    /// Where it is wrong.
    package enum Field: String, Sendable, CaseIterable {
        case attendees, due, encounter, keyworker, note, owner, patient, reason, reasons, review, score
        case scoredOn = "scored-on"
        case consentVersion = "consent-version"
        case givenOn = "given-on"
        case deferUntil = "until"
        case findings
        case visitAt = "visit-at"
    }

    package let code: Code
    /// `nil` where the command as a whole is refused.
    package let field: Field?

    /// Makes a rejection.
    package init(_ code: Code, _ field: Field? = nil) {
        self.code = code
        self.field = field
    }

    package var description: String { "act.\(code.rawValue)\(field.map { " at \($0.rawValue)" } ?? "")" }
}
