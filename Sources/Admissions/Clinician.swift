/// A doctor: national or local code, and name as people say it.
///
/// HL7 v2 data type XCN: 1 code (`C1234567` a consultant's, `G1234567` a GP's), 2 family, 3 given, 6 prefix.
package struct Clinician: Hashable, Sendable {
    package var code: String?
    /// Prefix, given and family name with blanks between: `Mr Imran Khan`.
    package var name: String?

    package init(code: String? = nil, name: String? = nil) {
        self.code = code
        self.name = name
    }
}
