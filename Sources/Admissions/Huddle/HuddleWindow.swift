package import EventSourcing

/// Since when something counts as new for a huddle (product.md 4.6), by when we were told.
///
/// Begins where the last huddle ended: at its close; if it was not closed, when its sheet was last printed; if there
/// was neither, at 08:00 on the last working day. A sheet stands for a huddle only if it was printed on a working day
/// before today and after the day of the last close: today's sheet is made *for* today's huddle, and one made on a
/// Sunday for Monday's. When in doubt the window is longer, for what is shown twice does no harm and what is never
/// shown may.
package struct HuddleWindow: Sendable, Equatable {
    /// What its beginning was taken from.
    package enum Basis: String, Sendable, CaseIterable {
        case closed
        case sheetPrinted = "sheet-printed"
        case workingDay = "working-day"
    }

    /// What we are told after this is new.
    package let start: Instant
    package let basis: Basis

    /// The window for somebody who looks `now`.
    ///
    /// `closes` and `sheets` are when huddles were closed, each on its own day, and sheets printed, in any order; the
    /// newest of each within `reachDays` are enough. Those later than `now` are passed over.
    package init(
        at now: Instant, closes: some Sequence<Instant>, sheets: some Sequence<Instant>, bankHolidays: Set<LondonDay>
    ) {
        let today = LondonDay(of: now)
        let lastClose = closes.filter { $0 <= now }.max()
        let lastSheet = sheets.filter { sheet in
            let day = LondonDay(of: sheet)
            guard day < today, !day.isWeekend, !bankHolidays.contains(day) else { return false }
            return lastClose.map { LondonDay(of: $0) < day } ?? true
        }.max()
        if let lastSheet {
            start = lastSheet
            basis = .sheetPrinted
        } else if let lastClose {
            start = lastClose
            basis = .closed
        } else {
            start = Self.lastWorkingDay(before: today, bankHolidays).start(ofHour: 8)
            basis = .workingDay
        }
    }

    /// How far back closes and sheets need to be looked for.
    package static let reachDays = 35

    /// The last day before this one on which people work; after `reachDays` of holidays, that many days ago.
    static func lastWorkingDay(before today: LondonDay, _ bankHolidays: Set<LondonDay>) -> LondonDay {
        for days in 1...reachDays {
            let day = today + -days
            if !day.isWeekend, !bankHolidays.contains(day) { return day }
        }
        return today + -reachDays
    }
}
