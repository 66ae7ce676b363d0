package import EventSourcing

/// One thing that happened to a patient, with both its times.
package struct Happening: Sendable, Hashable {
    /// When it happened, as the hospital says; `nil` if it says nothing.
    package var at: Instant?
    /// How exactly that was said: `day`, `minute`, `second` and so on.
    package var precision: String?
    /// Whether the local time fell into the hour that happens twice, or into the one that does not exist.
    package var isAmbiguous: Bool
    /// When we first learned it.
    package var toldAt: Instant?

    /// Describes what happened.
    package init(at: Instant?, precision: String?, isAmbiguous: Bool, toldAt: Instant?) {
        self.at = at
        self.precision = precision
        self.isAmbiguous = isAmbiguous
        self.toldAt = toldAt
    }

    /// Nothing known.
    package static let unknown = Happening(at: nil, precision: nil, isAmbiguous: false, toldAt: nil)
}
