/// How much of an encounter a practice may see (domain.md 7.6).
package enum Sensitivity: String, Sendable, CaseIterable, Comparable {
    /// All of it.
    case normal
    /// That it is, but neither where nor why.
    case restricted
    /// Not even that it is.
    case withheld

    package static func < (lhs: Sensitivity, rhs: Sensitivity) -> Bool {
        lhs.rank < rhs.rank
    }

    private var rank: Int {
        switch self {
        case .normal: 0
        case .restricted: 1
        case .withheld: 2
        }
    }
}
