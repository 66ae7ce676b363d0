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

    init(list: PracticeList, practice: String, lineCount: Int) {
        self.list = list
        self.practice = practice
        self.lineCount = lineCount
    }
}
