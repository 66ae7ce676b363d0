import EventSourcing

/// Which patient of a hospital: `issuer|value` of the local patient identifier, or `NHS|9990000018` where there is
/// none.
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

    /// Whether the patient is known by NHS number alone.
    package var isNHSNumber: Bool { rawValue.hasPrefix("NHS|") }

    /// Who issued the number. An issuer holds no bar: it would be an HL7 delimiter.
    package var issuer: String { String(rawValue.prefix { $0 != "|" }) }

    /// The number.
    package var value: String { String(rawValue.drop { $0 != "|" }.dropFirst()) }

    /// Nothing of the key: it is patient data, and descriptions end in logs.
    package var description: String { "PatientKey" }

    /// Compared byte by byte as the database does, not by Unicode's canonical equivalence: both must agree on what is one
    /// subject.
    package static func == (lhs: PatientKey, rhs: PatientKey) -> Bool {
        ByteText.areEqual(lhs.rawValue, rhs.rawValue)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(rawValue)
    }

    package static func < (lhs: PatientKey, rhs: PatientKey) -> Bool {
        ByteText.precedes(lhs.rawValue, rhs.rawValue)
    }
}
