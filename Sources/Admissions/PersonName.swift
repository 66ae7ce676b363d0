/// A person's name, as sent.
///
/// HL7 v2 data type XPN: 1 family, 2 and 3 given, 5 prefix.
package struct PersonName: Hashable, Sendable {
    package var family: String
    /// First and further given names, in order.
    package var given: [String]
    /// `Mrs`, `Dr` …
    package var prefix: String?

    package init(family: String, given: [String] = [], prefix: String? = nil) {
        self.family = family
        self.given = given
        self.prefix = prefix
    }
}
