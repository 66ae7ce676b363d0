/// A list as it stood at a moment of the past, by a replay of the whole district.
package struct ReplayedList: Sendable {
    /// The list in full.
    package enum Page: Sendable {
        case list(ListPage)
        case huddle(HuddlePage)
    }

    package let list: PracticeList
    package let practice: String
    /// How many lines it had.
    package let lineCount: Int
    /// `nil` where nobody was to be shown.
    package internal(set) var page: Page?
    /// In what it differs from the same list found by the indexes; `nil` where they were not compared.
    package internal(set) var difference: ListDifference?

    /// Leaves how long it was and in what it differs, and nobody who is on it.
    package mutating func forgetPage() { page = nil }

    init(list: PracticeList, practice: String, lineCount: Int) {
        self.list = list
        self.practice = practice
        self.lineCount = lineCount
    }
}
