package import EventSourcing

/// A moment from which a practice says something else of whether a person is on its list: joined, left, or a corrected
/// day of joining or birth.
///
/// In the order in which we learned them: by time, then practice, then place in its log. So points of several practices
/// have one order, and a point counts as standing behind all that hospitals told at or before its time.
package struct RegistrationPoint: Sendable, Hashable, Comparable {
    /// Whose list.
    package let practice: ODSPracticeCode
    package let person: NHSNumber
    /// When the practice told it.
    package let toldAt: Instant
    /// Its place in the log of the practice.
    package let position: Position
    /// Whether the person is on the list from here on.
    package let isListed: Bool
    /// Since which day; `nil` where nobody tells.
    package let from: LondonDay?
    /// When the person was born, as the practice says.
    package let born: LondonDay

    package init(
        practice: ODSPracticeCode, person: NHSNumber, toldAt: Instant, position: Position, isListed: Bool,
        from: LondonDay?, born: LondonDay
    ) {
        self.practice = practice
        self.person = person
        self.toldAt = toldAt
        self.position = position
        self.isListed = isListed
        self.from = from
        self.born = born
    }

    /// What an event changed; `nil` if it changed neither the being on the list nor its day nor the birth.
    package init?(
        from before: Registration?, to after: Registration, at practice: ODSPracticeCode, toldAt: Instant,
        position: Position
    ) {
        self.init(
            practice: practice, person: after.person, toldAt: toldAt, position: position, isListed: after.isListed,
            from: after.listedFrom, born: after.patient.details.born)
        guard let before else { return }
        if before.isListed == isListed, before.listedFrom == from, before.patient.details.born == born { return nil }
    }

    package static func < (lhs: RegistrationPoint, rhs: RegistrationPoint) -> Bool {
        (lhs.toldAt, lhs.practice, lhs.position) < (rhs.toldAt, rhs.practice, rhs.position)
    }
}
