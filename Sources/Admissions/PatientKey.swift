/// Which patient of a hospital: `issuer|value` of the local patient identifier, or `NHS|9990000018` where there is none.
package struct PatientKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The key as stored.
    package let rawValue: String

    /// Takes a key as stored.
    package init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    /// The key of a local patient identifier.
    package init(_ identifier: Identifier) {
        rawValue = identifier.issuer + "|" + identifier.value
    }

    /// The key of a patient known by NHS number alone.
    package init(_ number: NHSNumber) {
        rawValue = "NHS|" + number.digits
    }

    /// Nothing of the key: it is patient data, and descriptions end in logs.
    package var description: String { "PatientKey" }

    package static func < (lhs: PatientKey, rhs: PatientKey) -> Bool {
        lhs.rawValue < rhs.rawValue
    }
}
