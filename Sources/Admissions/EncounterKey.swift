import EventSourcing

/// Which encounter of a hospital: `issuer|number` of the visit number (PV1-19), `issuer^TYPE|number` where the hospital numbers
/// visits of this type apart (domain.md 1.3: unique within assigning authority and number type).
package struct EncounterKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The key as stored.
    package let rawValue: String

    /// Takes a key as stored.
    package init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    /// The key of a visit number.
    ///
    /// - Parameter type: the kind of number, in capitals; `nil` for a plain visit number.
    package init(issuer: String, number: String, type: String? = nil) {
        rawValue = issuer + (type.map { "^" + $0 } ?? "") + "|" + number
    }

    /// Who issued the visit number. An issuer holds neither bar nor caret: they would be HL7 delimiters.
    package var issuer: String { String(rawValue.prefix { $0 != "|" && $0 != "^" }) }

    /// The visit number.
    package var number: String { String(rawValue.drop { $0 != "|" }.dropFirst()) }

    /// Nothing of the key: a visit number leads to a patient, and descriptions end in logs.
    package var description: String { "EncounterKey" }

    /// Compared byte by byte as the database does, not by Unicode's canonical equivalence: both must agree on what is one
    /// subject.
    package static func == (lhs: EncounterKey, rhs: EncounterKey) -> Bool {
        ByteText.areEqual(lhs.rawValue, rhs.rawValue)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(rawValue)
    }

    package static func < (lhs: EncounterKey, rhs: EncounterKey) -> Bool {
        ByteText.precedes(lhs.rawValue, rhs.rawValue)
    }
}
