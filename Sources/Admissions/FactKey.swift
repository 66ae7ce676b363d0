package import EventSourcing

/// The place of a fact among the facts of its subject, the same whatever the order of arrival.
///
/// First by when the hospital recorded it (EVN-2), then by when the message was made (MSH-7), then by kind (a cancel
/// after what it may cancel), last by a digest of the content. Two events with one key say the same, and are one fact.
package struct FactKey: Hashable, Comparable, Sendable {
    /// When the hospital recorded it. Where EVN-2 is told coarsely, as exact as MSH-7 allows: MSH-7 held within the
    /// minute (or hour, or day) that EVN-2 names.
    package let recorded: Instant
    /// MSH-7, or `recorded`.
    package let sent: Instant
    /// Place of the kind in the order of kinds.
    package let rank: UInt8
    /// Digest of the content.
    package let digest: UInt64

    init(recorded: Instant, sent: Instant, rank: UInt8, digest: UInt64) {
        self.recorded = recorded
        self.sent = sent
        self.rank = rank
        self.digest = digest
    }

    init(recorded: Moment, sent: Moment?, kind: AdmissionEvent.Kind, digest: UInt64) {
        let made = sent?.instant ?? recorded.instant
        self.recorded = max(recorded.instant, min(made, recorded.last))
        self.sent = made
        self.rank = kind.rank
        self.digest = digest
    }

    /// The key of an event.
    package init(_ event: AdmissionEvent) {
        let recorded = event.telling.recordedAt
        let sent = event.telling.sent
        // Times told with another precision are another telling, even where they come to the same instant.
        let digest = ContentDigest.combine(event.digest, recorded.shape, sent?.shape ?? 0)
        self.init(recorded: recorded, sent: sent, kind: event.kind, digest: digest)
    }

    /// The same place, before all that is told as news: for what a message only repeats to say whom it is about.
    var asHearsay: FactKey {
        FactKey(
            recorded: Instant(microseconds: recorded.microseconds - Self.hearsayDistance), sent: sent, rank: rank,
            digest: digest)
    }

    /// Some 73,000 years in microseconds.
    private static let hearsayDistance: Int64 = 1 << 61

    package static func < (lhs: FactKey, rhs: FactKey) -> Bool {
        if lhs.recorded != rhs.recorded { return lhs.recorded < rhs.recorded }
        if lhs.sent != rhs.sent { return lhs.sent < rhs.sent }
        if lhs.rank != rhs.rank { return lhs.rank < rhs.rank }
        return lhs.digest < rhs.digest
    }
}

extension Moment {
    /// The moment without the text it was sent as.
    var withoutText: Moment {
        Moment(instant, precision: precision, isAmbiguous: isAmbiguous, wasShifted: wasShifted)
    }

    /// All of the moment but its text, as one number for a digest.
    fileprivate var shape: UInt64 {
        let place: UInt64 =
            switch precision {
            case .year: 1
            case .month: 2
            case .day: 3
            case .hour: 4
            case .minute: 5
            case .second, .fraction: 6
            }
        return ContentDigest.combine(
            UInt64(bitPattern: instant.microseconds), place, (isAmbiguous ? 1 : 0) | (wasShifted ? 2 : 0))
    }
}
