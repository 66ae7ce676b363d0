import Admissions

/// How many lines of two makings of one list differ: counts alone, never who.
package struct ListDifference: Sendable, Hashable {
    /// A line, and the section that it stands in, of a huddle.
    struct Line: Sendable, Equatable {
        let section: HuddleSection?
        let item: ListItem
    }

    /// Lines of the replay that the indexes do not find.
    package let onlyReplayed: Int
    /// Lines that the indexes find and the replay does not make.
    package let onlyIndexed: Int
    /// Lines of both that do not say the same.
    package let unequal: Int
    /// Lines that are equal and stand in another place, where nothing else differs.
    package let misplaced: Int

    /// How many lines differ in all.
    package var count: Int { onlyReplayed + onlyIndexed + unequal + misplaced }
    /// Whether they are the same list.
    package var isEqual: Bool { count == 0 }

    init(_ replayed: [Line], _ indexed: [Line]) {
        var rest = Dictionary(indexed.map { ($0.item.row.encounterRef, $0) }) { first, _ in first }
        var (missing, unequal) = (0, 0)
        for line in replayed {
            guard let other = rest.removeValue(forKey: line.item.row.encounterRef) else {
                missing += 1
                continue
            }
            if other != line { unequal += 1 }
        }
        onlyReplayed = missing
        onlyIndexed = rest.count
        self.unequal = unequal
        // What stands twice in one of them is found here, too.
        misplaced =
            missing + rest.count + unequal > 0
            ? 0 : zip(replayed, indexed).count { $0 != $1 } + abs(replayed.count - indexed.count)
    }
}

extension AsAtLook {
    /// All lines as they would be shown, for comparison; nobody is.
    func compared(_ question: ListQuestion, by rules: HuddleRules) -> [ListDifference.Line] {
        guard question.list == .huddle else {
            return shown(lines(of: question, by: rules)).map { ListDifference.Line(section: nil, item: $0) }
        }
        let sections = ListLines(rules: rules, since: since, now: madeAt).sections(people, question.filter)
        return HuddleSection.allCases.flatMap { section in
            shown(sections[section] ?? []).map { ListDifference.Line(section: section, item: $0) }
        }
    }
}
