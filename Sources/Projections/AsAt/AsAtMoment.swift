import Admissions
package import EventSourcing

/// A moment of the past at which lists are asked for.
package enum AsAtMoment: Sendable, Hashable {
    /// All that was told at or before it, in every log.
    case time(Instant)
    /// All that one log told up to a position, and of the others what was told at or before that event.
    case position(LogName, Position)
}

extension AsAtMoment {
    /// Reads a log and a position behind a colon, `ZX901:1187`; `nil` for anything else.
    package init?(position text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let log = LogName(String(parts[0])), let number = Int64(parts[1]), number > 0 else {
            return nil
        }
        self = .position(log, Position(number))
    }
}

/// With which knowledge a moment of the past is shown.
package enum AsAtKnowledge: Sendable, Hashable {
    /// What was shown then: by what had been told by then.
    case then
    /// What is known now of that moment: what happened after it is left out, what was told late is not, and what was
    /// taken back since never was.
    case now
}

/// Whose past may be shown.
package enum AsAtScope: Sendable, Hashable {
    /// All whom the practice could see then: for auditors.
    case then
    /// Of those only who is the practice's today: the least of both (domain.md 7.3), for practices.
    case thenAndToday
}

/// A moment of the past as the logs have it: a time, and up to where each log counts.
package struct AsAtCut: Sendable, Hashable {
    /// The time: of windows, nights and the age of news.
    package let moment: Instant
    /// Up to where each log counts; what is not named had told nothing.
    package let positions: [LogName: Position]

    /// Whether a practice had told a point of its list.
    func covers(_ point: RegistrationPoint) -> Bool {
        LogName(point.practice).flatMap { positions[$0] }.map { point.position <= $0 } ?? false
    }
}
