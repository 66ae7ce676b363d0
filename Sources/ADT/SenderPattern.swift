/// Which senders are meant: by MSH-3, by MSH-4, or by both.
///
/// Each part is a word in upper case, and may end in `*`, which stands for any ending.
package struct SenderPattern: Sendable, Hashable, CustomStringConvertible {
    /// MSH-3.
    package let application: String?
    /// MSH-4.
    package let facility: String?

    package init(application: String? = nil, facility: String? = nil) {
        self.application = application?.uppercased()
        self.facility = facility?.uppercased()
    }

    /// Whether a sender is meant; both words in upper case.
    package func matches(application: String, facility: String) -> Bool {
        Self.matches(self.application, application) && matches(facility: facility)
    }

    /// Whether senders of a facility, in upper case, may be meant.
    package func matches(facility: String) -> Bool { Self.matches(self.facility, facility) }

    /// How closely it describes a sender: a facility says more than an application, a whole word more than its
    /// beginning.
    package var closeness: Int { 3 * Self.closeness(facility) + Self.closeness(application) }

    package var description: String {
        [application, facility.map { "at " + $0 }].compactMap(\.self).joined(separator: " ")
    }

    private static func closeness(_ part: String?) -> Int {
        guard let part else { return 0 }
        return part.hasSuffix("*") ? 1 : 2
    }

    private static func matches(_ part: String?, _ word: String) -> Bool {
        guard let part else { return true }
        return part.hasSuffix("*") ? word.hasPrefix(part.dropLast()) : word == part
    }
}
