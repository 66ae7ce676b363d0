import ADT

/// One file on its way to a profile: first its tree, then, when the profile it extends is there, the profile.
struct ProfileReading {
    let file: String
    private let bytes: [UInt8]
    private let tree: ProfileTree
    /// What the last `finish` found; empty if nothing was wrong.
    private(set) var problems: [ProfileProblem]
    /// Where the profile tells its name, and its senders.
    private(set) var namePlace = ProfileNode.Place.beginning
    private(set) var senderPlaces: [ProfileNode.Place] = []

    init(_ bytes: [UInt8], file: String) {
        self.file = file
        self.bytes = bytes
        tree = ProfileTree(bytes, file: file)
        problems = tree.problems
    }

    /// What the file calls the profile, whether or not that is a name.
    var name: String? { tree.root?.entry("name")?.value.text }
    /// The profile that must be read before.
    var base: String? { tree.root?.entry("extends")?.value.text }
    /// Where `extends` names it.
    var basePlace: ProfileNode.Place { tree.root?.entry("extends")?.value.place ?? .beginning }

    /// Makes the profile; nil, and `problems`, where something is wrong.
    ///
    /// - Parameter unsound: names of profiles that are there but could not be read; to extend one is no further
    /// mistake.
    mutating func finish(extending known: [SenderProfileFile], unsound: Set<String> = []) -> SenderProfileFile? {
        guard let root = tree.root else { return nil }
        let parser = ProfileParser(root, file: file, known: known.map(\.name)) { name in
            known.first { $0.name == name }?.profile ?? (unsound.contains(name) ? .ukDefault : nil)
        }
        namePlace = parser.namePlace
        senderPlaces = parser.senders.map(\.place)
        problems = (tree.problems + parser.problems).sorted { ($0.line, $0.column) < ($1.line, $1.column) }
        guard problems.isEmpty else { return nil }
        return SenderProfileFile(
            name: parser.name, title: parser.title, senders: parser.senders.map(\.pattern), profile: parser.profile,
            text: String(decoding: bytes, as: UTF8.self))
    }

    /// - Throws: all that is wrong.
    consuming func finished(extending known: [SenderProfileFile]) throws(SenderProfileError) -> SenderProfileFile {
        guard let profile = finish(extending: known) else { throw SenderProfileError(problems: problems) }
        return profile
    }
}
