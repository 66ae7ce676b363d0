package import EventSourcing

/// What is asked of a list.
package struct ListQuestion: Sendable, Hashable {
    /// After when a thing must have been told to us; not at it: windows that follow each other neither overlap nor
    /// leave a gap.
    package enum Window: Sendable, Hashable {
        /// Whenever.
        case always
        case after(Instant)
        /// After the last huddle was closed, or after this instant where none was of late.
        case afterLastHuddle(otherwise: Instant)
    }

    package var list: PracticeList
    package var window: Window
    package var filter: ListFilter
    /// `nil` is the list's own order.
    package var sort: ListSort?
    /// 1 to 200; a huddle is never cut.
    package var limit: Int
    /// From the page before, asked with the same window, filter and sort.
    package var cursor: String?

    package init(
        _ list: PracticeList, window: Window = .always, filter: ListFilter = ListFilter(), sort: ListSort? = nil,
        limit: Int = ListReader.limitDefault, cursor: String? = nil
    ) {
        self.list = list
        self.window = window
        self.filter = filter
        self.sort = sort
        self.limit = limit
        self.cursor = cursor
    }
}
