import Yams

/// Reads YAML into `ProfileNode`, and keeps where everything stands.
struct ProfileTree {
    /// Nil where there is nothing to read on with.
    private(set) var root: ProfileNode?
    private(set) var problems: [ProfileProblem] = []
    private let file: String
    /// Keys that stood before, by the mark that was put in place of their first character.
    private var marked: [String] = []
    private var nodes = 0

    /// Longer files are none of ours.
    static let bytesMax = 262_144
    /// More parts than any profile has: an alias of aliases would make them by the million.
    private static let nodesMax = 20_000
    /// The first of the private characters that mark a key; a file may not hold them for anything else.
    private static let firstMark: UInt32 = 0xF0000
    private static let marksMax = 256

    init(_ bytes: [UInt8], file: String) {
        self.file = file
        guard bytes.count <= Self.bytesMax else {
            report(.beginning, .tooLong, "The file is longer than \(Self.bytesMax) bytes.")
            return
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            report(Self.firstFault(bytes), .notUTF8, "Here the file is not UTF-8.")
            return
        }
        guard let node = compose(text) else { return }
        root = convert(node)
        if nodes > Self.nodesMax { report(.beginning, .tooLong, "The file has more than \(Self.nodesMax) parts.") }
    }

    // MARK: Composing

    /// Yams refuses a map with the same key twice and says only where it stood first. So that key is marked and the
    /// text composed again, until all second ones are found where they stand.
    private mutating func compose(_ text: String) -> Node? {
        var text = text
        while true {
            do {
                guard let node = try Yams.compose(yaml: text, .default, .default, .utf8) else {
                    report(.beginning, .empty, "The file says nothing.")
                    return nil
                }
                return node
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                let place = ProfileNode.Place(line: context.mark.line, column: context.mark.column)
                guard let key = keys.first, marked.count < Self.marksMax, let next = mark(key, at: place, in: text)
                else {
                    report(place, .duplicateKey, "A key that stands here stands twice.")
                    return nil
                }
                text = next
            } catch let error as YamlError {
                report(error, text)
                return nil
            } catch {
                report(.beginning, .yamlSyntax, "This is not YAML.")
                return nil
            }
        }
    }

    /// The text with a mark in place of the first character of a key.
    private mutating func mark(_ key: String, at place: ProfileNode.Place, in text: String) -> String? {
        guard let scalar = Unicode.Scalar(Self.firstMark + UInt32(marked.count)), !key.isEmpty else { return nil }
        var scalars = text.unicodeScalars
        guard var index = Self.index(of: place, in: scalars) else { return nil }
        if scalars[index] == "\"" || scalars[index] == "'" { index = scalars.index(after: index) }
        guard index < scalars.endIndex else { return nil }
        scalars.replaceSubrange(index...index, with: [scalar])
        marked.append(key)
        return String(scalars)
    }

    /// What ends a line in YAML, CR aside.
    private static let breaks: Set<Unicode.Scalar> = ["\n", "\u{85}", "\u{2028}", "\u{2029}"]

    private static func index(of place: ProfileNode.Place, in scalars: String.UnicodeScalarView) -> String.Index? {
        var index = scalars.startIndex
        var line = 1
        while line < place.line {
            guard index < scalars.endIndex else { return nil }
            let scalar = scalars[index]
            index = scalars.index(after: index)
            let next = index < scalars.endIndex ? scalars[index] : nil
            if Self.breaks.contains(scalar) || (scalar == "\r" && next != "\n") { line += 1 }
        }
        // libyaml does not count a byte order mark.
        if line == 1, index < scalars.endIndex, scalars[index] == "\u{FEFF}" { index = scalars.index(after: index) }
        return scalars.index(index, offsetBy: place.column - 1, limitedBy: scalars.endIndex).flatMap {
            $0 < scalars.endIndex ? $0 : nil
        }
    }

    // MARK: Converting

    private mutating func convert(_ node: Node) -> ProfileNode {
        let place = node.mark.map { ProfileNode.Place(line: $0.line, column: $0.column) } ?? .beginning
        nodes += 1
        guard nodes <= Self.nodesMax else { return ProfileNode(place: place, value: .nothing) }
        switch node {
        case .scalar(let scalar):
            let isNothing = scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
            return ProfileNode(place: place, value: isNothing ? .nothing : .text(scalar.string))
        case .sequence(let sequence):
            return ProfileNode(place: place, value: .list(sequence.map { convert($0) }))
        case .mapping(let mapping):
            return ProfileNode(place: place, value: .map(entries(mapping)))
        case .alias:
            return ProfileNode(place: place, value: .nothing)
        }
    }

    private mutating func entries(_ mapping: Node.Mapping) -> [ProfileNode.Entry] {
        var entries: [ProfileNode.Entry] = []
        var keys: Set<String> = []
        for (keyNode, valueNode) in mapping {
            let place = keyNode.mark.map { ProfileNode.Place(line: $0.line, column: $0.column) } ?? .beginning
            guard case .scalar(let scalar) = keyNode else {
                report(place, .wrongType, "A key must be a word.")
                continue
            }
            let key = original(scalar.string)
            guard keys.insert(key).inserted else {
                report(place, .duplicateKey, "The key '\(Self.shown(key))' stands here for the second time.")
                continue
            }
            entries.append(ProfileNode.Entry(key: key, place: place, value: convert(valueNode)))
        }
        return entries
    }

    /// A key as it was before it was marked.
    private func original(_ key: String) -> String {
        guard let first = key.unicodeScalars.first, first.value >= Self.firstMark,
            first.value < Self.firstMark + UInt32(marked.count)
        else { return key }
        return marked[Int(first.value - Self.firstMark)]
    }

    // MARK: Problems

    private mutating func report(_ place: ProfileNode.Place, _ code: ProfileProblem.Code, _ sentence: String) {
        problems.append(
            ProfileProblem(file: file, line: place.line, column: place.column, code: code, sentence: sentence))
    }

    private mutating func report(_ error: YamlError, _ text: String) {
        switch error {
        case .composer(_, let problem, let mark, _) where problem.contains("another document"):
            report(
                ProfileNode.Place(line: mark.line, column: mark.column), .yamlSyntax,
                "A file holds one profile; here another document begins.")
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            report(
                ProfileNode.Place(line: mark.line, column: mark.column), .yamlSyntax,
                "This is not YAML: \(problem).")
        case .reader(let problem, let offset, _, _):
            report(Self.place(of: offset ?? 0, in: text), .yamlSyntax, "This is not YAML: \(problem).")
        default:
            report(.beginning, .yamlSyntax, "This is not YAML.")
        }
    }

    /// A word as an error repeats it: not too long.
    static func shown(_ word: String) -> String {
        word.count <= 40 ? word : word.prefix(40) + "…"
    }

    private static func place(of offset: Int, in text: String) -> ProfileNode.Place {
        let before = text.prefix(offset)
        let lines = before.split(omittingEmptySubsequences: false) { $0.isNewline }
        return ProfileNode.Place(line: lines.count, column: (lines.last?.unicodeScalars.count ?? 0) + 1)
    }

    /// Where the first byte stands that is not UTF-8.
    private static func firstFault(_ bytes: [UInt8]) -> ProfileNode.Place {
        var codec = UTF8()
        var rest = bytes.makeIterator()
        var (line, column) = (1, 1)
        while case .scalarValue(let scalar) = codec.decode(&rest) {
            (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
        }
        return ProfileNode.Place(line: line, column: column)
    }
}
