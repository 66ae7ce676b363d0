/// Which acknowledgements a sender wants, from MSH-15 and MSH-16 (HL7 v2 chapter 2.9, table 0155).
///
/// | MSH-15 | MSH-16 | mode |
/// |---|---|---|
/// | neither is a code of table 0155 | | original: one application acknowledgement, always |
/// | at least one is | | enhanced: an accept acknowledgement if MSH-15 wants it, an application one if MSH-16 does |
///
/// In enhanced mode a field that is empty or junk counts as `NE`.
package enum HL7AcknowledgementMode: Hashable, Sendable {
    case original
    case enhanced(accept: Condition, application: Condition)

    /// When an acknowledgement is wanted.
    package enum Condition: String, Hashable, Sendable {
        case always = "AL"
        case never = "NE"
        case onError = "ER"
        case onSuccess = "SU"

        /// Whether an outcome is to be told.
        package func wants(_ outcome: HL7Outcome) -> Bool {
            switch self {
            case .always: true
            case .never: false
            case .onError: outcome != .accepted
            case .onSuccess: outcome == .accepted
            }
        }
    }

    /// The mode asked for by MSH-15 and MSH-16 as sent; case and blanks do not count.
    package init(acceptAck: String, applicationAck: String) {
        let accept = Self.condition(acceptAck)
        let application = Self.condition(applicationAck)
        self =
            accept == nil && application == nil
            ? .original : .enhanced(accept: accept ?? .never, application: application ?? .never)
    }

    /// The accept acknowledgement wanted for an outcome; nil for none.
    package func acceptCode(for outcome: HL7Outcome) -> AckCode? {
        guard case .enhanced(let accept, _) = self, accept.wants(outcome) else { return nil }
        return AckCode(accept: outcome)
    }

    /// The application acknowledgement wanted for an outcome; nil for none.
    package func applicationCode(for outcome: HL7Outcome) -> AckCode? {
        switch self {
        case .original:
            AckCode(application: outcome)
        case .enhanced(_, let application):
            application.wants(outcome) ? AckCode(application: outcome) : nil
        }
    }

    /// The one code to answer with on the connection the message came by; nil when the sender wants no answer.
    ///
    /// An accept acknowledgement comes first; without one, an application acknowledgement follows at once, for we have
    /// nothing more to say later than when the message is stored. A sender that wants both has the accept one here, and
    /// the application one would be a message of its own.
    package func code(for outcome: HL7Outcome) -> AckCode? {
        acceptCode(for: outcome) ?? applicationCode(for: outcome)
    }

    private static func condition(_ text: String) -> Condition? {
        Condition(rawValue: String(text.uppercased().filter { $0 != " " }))
    }
}

extension HL7Header {
    /// Which acknowledgements the sender of this message wants.
    package var acknowledgementMode: HL7AcknowledgementMode {
        HL7AcknowledgementMode(acceptAck: acceptAck, applicationAck: applicationAck)
    }
}
