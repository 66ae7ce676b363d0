import ADT

/// Reads values of one type, and tells where they are of another.
extension ProfileParser {
    mutating func text(_ entry: ProfileNode.Entry) -> String? {
        if let text = entry.value.text { return text }
        reportType(entry, "one word or line")
        return nil
    }

    mutating func list(_ entry: ProfileNode.Entry) -> [ProfileNode] {
        guard case .list(let items) = entry.value.value else {
            reportType(entry, "a list: [A, B], or lines that begin with '- '")
            return []
        }
        return items
    }

    mutating func map(_ entry: ProfileNode.Entry) -> [ProfileNode.Entry] {
        guard case .map(let items) = entry.value.value else {
            reportType(entry, "a map: lines of 'key: value'")
            return []
        }
        return items
    }

    mutating func eachBelow(
        _ key: ProfileKey, _ entry: ProfileNode.Entry, _ body: (inout ProfileParser, ProfileNode.Entry) -> Void
    ) {
        for below in map(entry) {
            if key.below.contains(below.key) {
                body(&self, below)
            } else {
                reportUnknown(below, among: key.below)
            }
        }
    }

    mutating func setFlag(_ entry: ProfileNode.Entry, _ target: WritableKeyPath<SenderProfile, Bool>) {
        switch entry.value.text {
        case "true": profile[keyPath: target] = true
        case "false": profile[keyPath: target] = false
        default: reportType(entry, "true or false")
        }
    }

    mutating func choose<Choice>(
        _ entry: ProfileNode.Entry, _ choices: [String: Choice], _ target: WritableKeyPath<SenderProfile, Choice>
    ) {
        guard let told = text(entry) else { return }
        if let choice = choices[told] {
            profile[keyPath: target] = choice
        } else {
            reportWord(entry, told, among: choices.keys.sorted())
        }
    }

    mutating func setCodes(_ entry: ProfileNode.Entry, _ target: WritableKeyPath<SenderProfile, [String]>) {
        guard case .list = entry.value.value else {
            reportType(entry, "a list of codes")
            return
        }
        let codes = list(entry).compactMap { code($0) }
        profile[keyPath: target] = codes
    }

    mutating func setWords(_ entry: ProfileNode.Entry, _ target: WritableKeyPath<SenderProfile, Set<String>>) {
        guard case .list = entry.value.value else {
            reportType(entry, "a list of codes")
            return
        }
        var words: Set<String> = []
        for item in list(entry) {
            if let text = item.text {
                if let word = word(text, at: item.place, max: nil) { words.insert(word) }
            } else {
                report(item.place, .wrongType, "Here a code is expected.")
            }
        }
        profile[keyPath: target] = words
    }

    /// A code that the reader compares byte by byte.
    mutating func code(_ node: ProfileNode) -> String? {
        guard let text = node.text else {
            report(node.place, .wrongType, "Here a code is expected.")
            return nil
        }
        return word(text, at: node.place, max: Self.codeCharactersMax)
    }

    /// A code in upper case, as codes are compared.
    ///
    /// - Parameter max: how many characters count, blanks aside, all of ASCII; nil where any text will do.
    mutating func word(_ text: String, at place: ProfileNode.Place, max: Int?) -> String? {
        let word = text.uppercased()
        let isCode = word.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "{") }
        let count = word.utf8.count { $0 != 0x20 }
        guard count > 0 else {
            report(place, .badCode, "A code cannot be empty.")
            return nil
        }
        if let max, !isCode || count > max {
            report(
                place, .badCode,
                "'\(ProfileTree.shown(text))' is never met: a code is at most \(max) of ASCII, blanks aside.")
            return nil
        }
        return word
    }

    // MARK: Problems

    mutating func report(_ place: ProfileNode.Place, _ code: ProfileProblem.Code, _ sentence: String) {
        problems.append(
            ProfileProblem(file: file, line: place.line, column: place.column, code: code, sentence: sentence))
    }

    mutating func reportType(_ entry: ProfileNode.Entry, _ wanted: String) {
        report(entry.value.place, .wrongType, "The value of '\(ProfileTree.shown(entry.key))' must be \(wanted).")
    }

    mutating func reportUnknown(_ entry: ProfileNode.Entry, among known: [String]) {
        report(
            entry.place, .unknownKey,
            "There is no key '\(ProfileTree.shown(entry.key))' here\(Self.hint(entry.key, among: known)).")
    }

    mutating func reportWord(_ entry: ProfileNode.Entry, _ told: String, among known: [String]) {
        let (key, word) = (ProfileTree.shown(entry.key), ProfileTree.shown(told))
        let rest = "\(Self.hint(told, among: known)); it can be \(known.joined(separator: ", "))."
        report(entry.value.place, .unknownWord, "'\(key)' cannot be '\(word)'" + rest)
    }

    static func hint(_ word: String, among known: [String]) -> String {
        NearestWord.to(word, among: known).map { "; the nearest is '\($0)'" } ?? ""
    }
}
