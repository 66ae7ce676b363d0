package import Admissions

/// What narrows a list beyond what it is; each part that is given must hold. Filters apply to totals as well.
package struct ListFilter: Sendable, Hashable {
    /// The site, or hospital where no site is told, as lines show it. Never finds a restricted patient.
    package var site: String?
    /// Symphony score of at least.
    package var symphonyMin: Int?
    /// Nights of a stay, at least; attendances have none.
    package var nightsMin: Int?
    /// Each of these flags is there.
    package var flags: Set<HuddleRule> = []
    /// Marked as discussed today, or not.
    package var isDiscussed: Bool?

    /// Nothing is left out.
    package init() {}
}
