/// By what a list is sorted, where not by its own order; raw values as in requests, `-` is descending.
package enum ListSort: String, Sendable, CaseIterable {
    /// When it happened: what the list is about (discharge, correction), else the beginning of the encounter.
    case happened
    case happenedDescending = "-happened"
    /// When we were told of what the list is about.
    case told
    case toldDescending = "-told"
    /// Nights of the stay; attendances count none.
    case nights
    case nightsDescending = "-nights"
    /// Symphony score; none counts 0.
    case symphony
    case symphonyDescending = "-symphony"

    /// Names it in a cursor.
    var tag: UInt8 {
        UInt8(truncatingIfNeeded: (Self.allCases.firstIndex(of: self) ?? 0) + 1)
    }
}
