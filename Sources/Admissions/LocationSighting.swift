/// A place in which a fact puts the patient, and from when.
struct LocationSighting: Sendable {
    let location: HospitalLocation?
    /// From when, as told.
    let moment: Moment
    let recorded: Moment
    let key: FactKey
    let isTransfer: Bool

    /// From when; a transfer told for a time before the stay began (EVN-6 is not always to be trusted) counts from when it was recorded.
    func from(notBefore entry: Moment?) -> Moment {
        guard isTransfer, let entry, moment.last < entry.instant else { return moment }
        return recorded
    }

    /// The stays that sightings make, oldest first.
    ///
    /// Ordered by when they began, not by when they were told: a transfer entered late does not move the patient back.
    static func stays(of sightings: [LocationSighting], entry: Moment?, end: Moment?) -> [Stay] {
        let ordered = sightings.sorted { lhs, rhs in
            let (left, right) = (lhs.from(notBefore: entry).instant, rhs.from(notBefore: entry).instant)
            return left != right ? left < right : lhs.key < rhs.key
        }
        var begun: [(location: HospitalLocation?, from: Moment)] = []
        for sighting in ordered {
            let from = sighting.from(notBefore: entry)
            if let last = begun.last, last.from.instant == from.instant { begun.removeLast() }
            if let last = begun.last, last.location == sighting.location { continue }
            begun.append((sighting.location, from))
        }
        return begun.indices.map { index in
            Stay(
                location: begun[index].location, from: begun[index].from,
                to: index + 1 < begun.count ? begun[index + 1].from : end)
        }
    }
}
