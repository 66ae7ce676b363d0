import EventSourcing

/// A place in which a fact puts the patient, and from when.
struct LocationSighting: Sendable {
    let location: HospitalLocation?
    /// From when, as told.
    var moment: Moment
    let recorded: Moment
    let key: FactKey
    let kind: AdmissionEvent.Kind
    /// A cancel took it back.
    var isVoid = false

    /// From when; a transfer told for a time before the stay began (EVN-6 is not always to be trusted) counts from when
    /// it was recorded.
    func from(notBefore entry: Moment?) -> Moment {
        guard kind == .transferred, let entry, moment.last < entry.instant else { return moment }
        return recorded
    }

    /// Where it stands in time: a discharge told by date alone counts from the end of the day, so that it never
    /// precedes the stay it ends.
    private func place(notBefore entry: Moment?) -> Instant {
        let from = from(notBefore: entry)
        return kind == .discharged ? from.asEnd : from.instant
    }

    /// The sightings without the updates that only repeat what their sender knew when it recorded them.
    ///
    /// A snapshot sent between a transfer and its entry still tells the old bed. That is no news, and must not move the
    /// patient back out of the new one, whatever order the messages come in.
    private static func news(among sightings: [LocationSighting], entry: Moment?) -> [LocationSighting] {
        var known: LocationSighting?
        return sightings.sorted { $0.key < $1.key }.filter { sighting in
            if !sighting.kind.isMove, let known, known.location == sighting.location { return false }
            if known.map({ $0.place(notBefore: entry) <= sighting.place(notBefore: entry) }) ?? true {
                known = sighting
            }
            return true
        }
    }

    /// The stays that sightings make, oldest first.
    ///
    /// Ordered by when they began, not by when they were told: a transfer entered late does not move the patient back.
    static func stays(of sightings: [LocationSighting], entry: Moment?, end: Moment?) -> [Stay] {
        let ordered = news(among: sightings.filter { !$0.isVoid }, entry: entry).sorted { lhs, rhs in
            let (left, right) = (lhs.place(notBefore: entry), rhs.place(notBefore: entry))
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

extension AdmissionEvent.Kind {
    /// Whether the place it tells is its business; others repeat what their sender knew.
    var isMove: Bool {
        switch self {
        case .updated, .transferPlanned, .dischargePlanned, .clinicianChanged, .leaveStarted: false
        default: true
        }
    }
}
