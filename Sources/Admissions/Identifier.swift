/// One of a patient's identifiers, as its issuer gave it.
///
/// HL7 v2 data type CX: component 1 value, 4 issuer (assigning authority), 5 type. Leading zeros, letters and slashes
/// belong to the value.
package struct Identifier: Hashable, Sendable {
    package var value: String
    /// The organisation or numbering scheme that issued it; the sending facility where the message names none.
    package var issuer: String
    /// `MR`, `MRN`, `PI` …; empty if not told.
    package var type: String

    package init(value: String, issuer: String, type: String = "") {
        self.value = value
        self.issuer = issuer
        self.type = type
    }

    /// The order in which lists of identifiers are shown and written.
    static func precedes(_ lhs: Identifier, _ rhs: Identifier) -> Bool {
        (lhs.issuer, lhs.type, lhs.value) < (rhs.issuer, rhs.type, rhs.value)
    }
}
