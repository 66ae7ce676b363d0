/// Where a person lives, as sent.
///
/// HL7 v2 data type XAD: lines are components 1 to 4 that hold something, 5 is the postcode.
package struct PostalAddress: Hashable, Sendable {
    package var lines: [String]
    package var postcode: String?

    package init(lines: [String], postcode: String? = nil) {
        self.lines = lines
        self.postcode = postcode
    }
}
