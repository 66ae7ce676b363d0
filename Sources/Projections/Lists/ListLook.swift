import Admissions
import EventSourcing
import Postgres

/// What a look at a list finds before the rules decide, now or at a moment of the past; pages are made of it in one way.
protocol ListLook: Sendable {
    var practice: String { get }
    /// The access record, as text.
    var accessID: String { get }
    /// When the page counts.
    var madeAt: Instant { get }
    /// The beginning of the window; `nil` is always.
    var since: Instant? { get }
    var feeds: [FeedFreshness] { get }
    var people: CandidatePeople { get }
    /// How many people have a Symphony score in the highest band; of huddles alone.
    var bandCount: Int { get }
    /// The moment of the past that it shows; `nil` for the present.
    var cut: AsAtCut? { get }

    /// The lines in full, recorded as shown.
    func items(_ lines: [ListLines.Line], _ transaction: PostgresTransaction) async throws -> [ListItem]
}

extension ListQuestion {
    /// Where its page begins, read before anything is looked at.
    ///
    /// Throws `ProjectionError.limitOutOfRange`, `.cursorInvalid`.
    func start() throws(ProjectionError) -> ListCursor? {
        guard (1...ListReader.limitMax).contains(limit) else { throw .limitOutOfRange }
        guard let cursor else { return nil }
        return try ListCursor(cursor, of: list, sort: sort)
    }
}

extension ListLook {
    /// All lines, in the order of the list; of a huddle in that of its sections.
    func lines(of question: ListQuestion, by rules: HuddleRules) -> [ListLines.Line] {
        let lines = ListLines(rules: rules, since: since, now: madeAt)
        guard question.list == .huddle else { return lines.lines(of: question, people) }
        let sections = lines.sections(people, question.filter)
        return HuddleSection.allCases.flatMap { sections[$0] ?? [] }
    }

    /// The page that begins behind a cursor.
    func page(
        of question: ListQuestion, from start: ListCursor?, by rules: HuddleRules, _ transaction: PostgresTransaction
    ) async throws -> ListPage {
        let lines = lines(of: question, by: rules)
        let rest = start.map { start in Array(lines.drop { $0.key <= start.key }) } ?? lines
        let shown = Array(rest.prefix(question.limit))
        let items = try await items(shown, transaction)
        let next = rest.count > shown.count ? shown.last?.key : nil
        return ListPage(
            list: question.list, practice: practice, items: items, total: lines.count,
            nextCursor: next.map { ListCursor(list: question.list, sort: question.sort, key: $0).text }, since: since,
            feeds: feeds, madeAt: madeAt, accessID: accessID, cut: cut)
    }

    /// The huddle, all sections at once.
    func huddle(
        _ filter: ListFilter, by rules: HuddleRules, _ transaction: PostgresTransaction
    ) async throws -> HuddlePage {
        let lines = ListLines(rules: rules, since: since, now: madeAt).sections(people, filter)
        let shown = HuddleSection.allCases.flatMap { lines[$0] ?? [] }
        var items = try await items(shown, transaction)[...]
        let inBand = shown.count { rules.isInSymphonyBand($0.person.patient) }
        let sections = HuddleSection.allCases.map { section in
            let count = lines[section]?.count ?? 0
            defer { items = items.dropFirst(count) }
            return HuddlePage.Section(
                section: section, items: Array(items.prefix(count)),
                othersUnchanged: section == .symphony ? bandCount - inBand : 0)
        }
        return HuddlePage(
            practice: practice, sections: sections, since: since ?? Instant(microseconds: 0), feeds: feeds,
            madeAt: madeAt, accessID: accessID, cut: cut)
    }
}
