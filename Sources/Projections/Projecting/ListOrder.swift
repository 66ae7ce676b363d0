import Admissions
import EventSourcing

/// The one order of a hospital's facts and of what practices told: a point counts behind all facts that were told at or
/// before its time.
struct ListOrder: Sendable {
    private let points: [RegistrationPoint]
    private var next = 0

    /// - Parameter points: ascending.
    init(_ points: [RegistrationPoint]) {
        self.points = points
    }

    /// Applies the next facts of the log, and the points before each.
    mutating func apply(_ facts: [ToldEvent], to fold: inout PracticeFold) {
        for fact in facts {
            while next < points.count, points[next].toldAt < fact.toldAt { applyNext(to: &fold) }
            fold.apply(fact)
        }
    }

    /// Applies the points behind all facts.
    mutating func finish(_ fold: inout PracticeFold) {
        while next < points.count { applyNext(to: &fold) }
    }

    private mutating func applyNext(to fold: inout PracticeFold) {
        fold.apply(points[next])
        next += 1
    }
}
