/// That the senders of a pattern have the habits of a profile.
package struct SenderRule: Sendable, Equatable {
    package let pattern: SenderPattern
    package let profile: SenderProfile

    package init(pattern: SenderPattern, profile: SenderProfile) {
        self.pattern = pattern
        self.profile = profile
    }
}
