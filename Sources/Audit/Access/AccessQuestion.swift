package import Admissions
package import EventSourcing

/// Which looks an access report is about; what is `nil` narrows nothing.
package struct AccessQuestion: Sendable, Hashable {
    /// A patient as the one who asks knows them.
    package enum Person: Sendable, Hashable {
        case nhsNumber(NHSNumber)
        /// A ref of any practice.
        case ref(String)
    }

    /// Looks that showed this person, under whatever ref and at whatever practice.
    package var person: Person?
    package var practice: String?
    /// The subject of the token.
    package var user: String?
    package var client: String?
    /// Either of the two.
    package var agent: String?
    /// From this instant on.
    package var since: Instant?
    /// Before this instant.
    package var until: Instant?
    /// Kinds of looks; all where it is empty.
    package var kinds: Set<AccessLine.Kind> = []
    /// One record alone; a UUID.
    package var record: String?
    /// Whether one thing was asked for by its name, or many by what they have in common.
    package var isRead: Bool?

    package init(
        person: Person? = nil, practice: String? = nil, user: String? = nil, client: String? = nil,
        agent: String? = nil, since: Instant? = nil, until: Instant? = nil, kinds: Set<AccessLine.Kind> = []
    ) {
        self.person = person
        self.practice = practice
        self.user = user
        self.client = client
        self.agent = agent
        self.since = since
        self.until = until
        self.kinds = kinds
    }
}
