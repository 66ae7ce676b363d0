/// What an acknowledgement says, MSA-1 (HL7 table 0008).
///
/// The application codes answer in original mode, and the accept ("commit") codes in enhanced mode, where they say only
/// that the message is in safe keeping.
package enum AckCode: String, Hashable, Sendable, CaseIterable {
    /// Application accept.
    case aa = "AA"
    /// Application error: the sender must mend the message; some senders drop it.
    case ae = "AE"
    /// Application reject: the sender may send it again as it is; some senders stop until it is taken.
    case ar = "AR"
    /// Commit accept: stored safely, need not be sent again.
    case ca = "CA"
    /// Commit error.
    case ce = "CE"
    /// Commit reject.
    case cr = "CR"

    /// The outcome the code tells, whichever mode it belongs to.
    package var outcome: HL7Outcome {
        switch self {
        case .aa, .ca: .accepted
        case .ae, .ce: .failed
        case .ar, .cr: .rejected
        }
    }

    /// The application code of an outcome.
    package init(application outcome: HL7Outcome) {
        self =
            switch outcome {
            case .accepted: .aa
            case .failed: .ae
            case .rejected: .ar
            }
    }

    /// The accept code of an outcome.
    package init(accept outcome: HL7Outcome) {
        self =
            switch outcome {
            case .accepted: .ca
            case .failed: .ce
            case .rejected: .cr
            }
    }
}
