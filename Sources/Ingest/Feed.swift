package import ADT
package import EventSourcing

/// One hospital's way of telling us: whose log it fills, what people call it, and how its messages are read.
///
/// A feed is chosen by MSH-4 (sending facility), the only field every UK sender fills with its organisation
/// (domain.md 1.3). Codes change over the life of a log, so several facilities may name one feed.
package struct Feed: Sendable {
    /// The hospital's ODS code: the log its messages go to.
    package let log: LogName
    /// What boards and operators call it, lower case.
    package let name: String
    /// MSH-4 values that name it, upper case.
    package let facilities: Set<String>
    /// How its messages are read, where the sender of a message does not decide.
    package let profile: SenderProfile
    /// Whether the profile was named, and so holds for whatever sender.
    let hasNamedProfile: Bool

    /// - Parameter profile: nil where the sender of each message decides (`FeedDirectory`).
    package init(log: LogName, name: String, facilities: Set<String>, profile: SenderProfile? = nil) {
        self.log = log
        self.name = name
        self.facilities = Set(facilities.map { $0.uppercased() })
        self.profile = profile ?? .ukDefault
        hasNamedProfile = profile != nil
    }
}
