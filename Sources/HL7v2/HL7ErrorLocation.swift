/// One thing wrong with a message, and where: the content of an ERR segment.
///
/// Says where and which kind, never what: no value of the message is in it, so it may be logged.
package struct HL7ErrorLocation: Hashable, Sendable {
    /// How bad (HL7 table 0516).
    package enum Severity: String, Hashable, Sendable {
        case error = "E"
        case warning = "W"
        case information = "I"
    }

    /// Segment name, such as `PID`; `""` when the message as a whole is meant.
    package var segment: String
    /// Which segment of that name, from 1.
    package var occurrence: Int
    /// Field, repetition, component and sub-component, from 1; nil for the whole.
    package var field: Int?
    package var repetition: Int?
    package var component: Int?
    package var subcomponent: Int?
    package var code: HL7ErrorCode
    package var severity: Severity
    /// For the people at the sender, in ASCII, without anything of the patient; nil for the text of the code alone.
    package var text: String?

    package init(
        segment: String = "", occurrence: Int = 1, field: Int? = nil, repetition: Int? = nil, component: Int? = nil,
        subcomponent: Int? = nil, code: HL7ErrorCode, severity: Severity = .error, text: String? = nil
    ) {
        self.segment = segment
        self.occurrence = occurrence
        self.field = field
        self.repetition = repetition
        self.component = component
        self.subcomponent = subcomponent
        self.code = code
        self.severity = severity
        self.text = text
    }
}
