package import EventSourcing

/// What a file changes of a practice's list: the events, and how many of each kind.
///
/// Pure: the same file against the same list gives the same events, and against the list it made, none. Whoever is on
/// the list and not in the file has left, unless a row that was held back is or may be about them. A column that the
/// file lacks changes nothing.
///
/// ```
///            in the file          held back            not in the file
/// on list    changed or the same  stays as they were   left
/// not on it  joined               –                    –
/// ```
package struct RosterComparison: Sendable {
    /// The largest share of the list that may leave by one file, unless told otherwise: per cent.
    package static let removedPercentMax = 5.0

    /// Of people who joined or changed in the order of the file, then of those who left in the order of their numbers.
    package let events: [RegistrationEvent]
    package let joinedCount: Int
    package let leftCount: Int
    /// People, not changes.
    package let changedCount: Int
    /// People not in the file who stay, because a row held back is or may be about them.
    package let sparedCount: Int
    /// People on the list before.
    package let listedBefore: Int

    /// Compares what a file says with a list as it stands.
    ///
    /// - Parameters:
    ///   - today: the London day from which joining and leaving count where the file tells none.
    ///   - removedPercentMax: 0 to 100.
    ///   - by: whose act it is.
    /// - Throws: `RosterRefusal.nothingRead`, `.tooManyLeft`.
    package init(
        _ reading: RosterReading, against list: RegisteredList, today: LondonDay, by: String,
        removedPercentMax: Double = RosterComparison.removedPercentMax
    ) throws(RosterRefusal) {
        guard reading.goodCount > 0 else { throw .nothingRead }
        var events: [RegistrationEvent] = []
        var joinedCount = 0
        var changedCount = 0
        // Of those on the first list nobody knows since when, unless the file tells.
        let since = list.registrations.isEmpty ? nil : today
        for row in reading.rows {
            let known = list.registrations[row.person]
            let patient = row.patient(knowing: known?.patient, reading.columns)
            guard let known, known.isListed else {
                joinedCount += 1
                let from = Self.beginning(patient, after: known?.leftOn) ?? since
                events.append(RegistrationEvent(.listed(patient, from: from), of: row.person, by: by))
                continue
            }
            let changes = Self.changes(from: known.patient, to: patient)
            if !changes.isEmpty { changedCount += 1 }
            events += changes.map { RegistrationEvent($0, of: row.person, by: by) }
        }
        let (left, sparedCount) = Self.left(reading, list)
        guard Double(left.count) * 100 <= removedPercentMax * Double(list.listedCount) else {
            throw .tooManyLeft(left: left.count, listed: list.listedCount)
        }
        self.events = events + left.map { RegistrationEvent(.left(on: today), of: $0, by: by) }
        self.joinedCount = joinedCount
        self.changedCount = changedCount
        self.sparedCount = sparedCount
        leftCount = left.count
        listedBefore = list.listedCount
    }

    /// People on the list once the events are in it.
    package var listedAfter: Int { listedBefore + joinedCount - leftCount }

    /// The fact of the import; `nil` where nothing changed and the very same file was the last.
    package func fact(
        of reading: RosterReading, file: Digest, by: String, after last: RosterImport?
    ) -> RosterImport? {
        let name = file.hexadecimal
        guard !events.isEmpty || last?.file != name else { return nil }
        return RosterImport(
            file: name, by: by, rowCount: reading.rowCount, heldBackCount: reading.heldBack.count,
            joinedCount: joinedCount, leftCount: leftCount, changedCount: changedCount, listedCount: listedAfter)
    }

    /// The day the practice tells as the beginning; of someone who comes back, one behind the day they left.
    private static func beginning(_ patient: RegisteredPatient, after left: LondonDay?) -> LondonDay? {
        guard let told = patient.details.registeredOn else { return nil }
        guard let left else { return told }
        return told < left ? nil : told
    }

    private static func changes(
        from known: RegisteredPatient, to patient: RegisteredPatient
    ) -> [RegistrationEvent.Change] {
        var changes: [RegistrationEvent.Change] = []
        if patient.details != known.details { changes.append(.detailsChanged(patient.details)) }
        if patient.symphony != known.symphony { changes.append(.symphonyScored(patient.symphony)) }
        if patient.care != known.care { changes.append(.careChanged(patient.care)) }
        return changes
    }

    /// Who is on the list and not in the file, and how many of those stay all the same.
    private static func left(_ reading: RosterReading, _ list: RegisteredList) -> (left: [NHSNumber], sparedCount: Int) {
        let inFile = Set(reading.rows.lazy.map(\.person))
        var left: [NHSNumber] = []
        var sparedCount = 0
        for (person, registration) in list.registrations where registration.isListed && !inFile.contains(person) {
            let isSpared =
                reading.namedHeldBack.contains(person)
                || (!reading.describedHeldBack.isEmpty
                    && reading.describedHeldBack.contains(.init(registration.patient.details)))
            if isSpared { sparedCount += 1 } else { left.append(person) }
        }
        return (left.sorted(), sparedCount)
    }
}
