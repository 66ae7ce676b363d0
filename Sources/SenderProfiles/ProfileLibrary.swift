package import ADT

/// The profiles there are: those that are shipped, and those of an installation's own.
package struct ProfileLibrary: Sendable {
    /// A file to read.
    package struct Source: Sendable {
        /// What errors call it.
        package let file: String
        package let bytes: [UInt8]

        package init(file: String, bytes: [UInt8]) {
            self.file = file
            self.bytes = bytes
        }
    }

    /// The shipped ones first, then the own by name.
    package private(set) var profiles: [SenderProfileFile]
    /// Which senders have which habits; where several patterns match a sender, the first counts.
    ///
    /// The closest pattern stands first, of equally close ones an own profile's.
    package private(set) var rules: [SenderRule]

    init(_ shipped: [SenderProfileFile]) {
        profiles = shipped
        rules = Self.rules(shipped, own: [])
    }

    /// The library with an installation's own profiles added; they may extend one another, in any order.
    ///
    /// - Throws: all that is wrong in all the files, the same name or the same sender in two of them included.
    package func adding(_ sources: [Source]) throws(SenderProfileError) -> ProfileLibrary {
        var reading = sources.sorted { $0.file < $1.file }.map { ProfileReading($0.bytes, file: $0.file) }
        var own: [SenderProfileFile] = []
        var problems: [ProfileProblem] = []
        var unsound: Set<String> = []
        var senders: [SenderPattern: String] = [:]
        while !reading.isEmpty {
            let waiting = Set(reading.compactMap(\.name))
            // Those whose base nobody is waiting for; if there are none, some go round in a circle and the rest wait
            // for them.
            var ready = reading.indices.filter { !waiting.contains(reading[$0].base ?? "") }
            if ready.isEmpty {
                problems += reading.filter { Self.isInCircle($0, among: reading) }.map(Self.circle)
                unsound.formUnion(waiting)
                ready = Array(reading.indices)
            }
            for index in ready {
                let found = reading[index].finish(extending: profiles + own, unsound: unsound)
                problems += reading[index].problems
                if let name = reading[index].name, found == nil { unsound.insert(name) }
                guard let found else { continue }
                let clashes = Self.clashes(found, reading[index], with: profiles + own, &senders)
                problems += clashes
                if clashes.isEmpty { own.append(found) } else { unsound.insert(found.name) }
            }
            reading = reading.indices.filter { !ready.contains($0) }.map { reading[$0] }
        }
        guard problems.isEmpty else {
            throw SenderProfileError(
                problems: problems.sorted { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) })
        }
        var library = self
        library.profiles += own.sorted { $0.name < $1.name }
        library.rules = Self.rules(library.profiles, own: Set(own.map(\.name)))
        return library
    }

    package func named(_ name: String) -> SenderProfileFile? { profiles.first { $0.name == name } }

    /// The habits of a sender; nil where no profile names it.
    package func profile(application: String, facility: String) -> SenderProfile? {
        let (application, facility) = (application.uppercased(), facility.uppercased())
        return rules.first { $0.pattern.matches(application: application, facility: facility) }?.profile
    }

    private static func rules(_ profiles: [SenderProfileFile], own: Set<String>) -> [SenderRule] {
        profiles.flatMap { file in file.senders.map { SenderRule(pattern: $0, profile: file.profile) } }
            .sorted { left, right in
                let (leftOwn, rightOwn) = (own.contains(left.profile.name), own.contains(right.profile.name))
                if left.pattern.closeness != right.pattern.closeness {
                    return left.pattern.closeness > right.pattern.closeness
                }
                if leftOwn != rightOwn { return leftOwn }
                return (left.profile.name, left.pattern.description) < (right.profile.name, right.pattern.description)
            }
    }

    /// What another profile has already.
    private static func clashes(
        _ found: SenderProfileFile, _ reading: ProfileReading, with known: [SenderProfileFile],
        _ senders: inout [SenderPattern: String]
    ) -> [ProfileProblem] {
        var problems: [ProfileProblem] = []
        func report(_ place: ProfileNode.Place, _ code: ProfileProblem.Code, _ sentence: String) {
            problems.append(
                ProfileProblem(
                    file: reading.file, line: place.line, column: place.column, code: code, sentence: sentence))
        }
        if known.contains(where: { $0.name == found.name }) {
            report(
                reading.namePlace, .nameTaken, "There is another profile named '\(found.name)'; choose another name.")
        }
        for (pattern, place) in zip(found.senders, reading.senderPlaces) {
            if let other = senders[pattern] {
                report(place, .senderTaken, "The sender \(pattern) has the profile '\(other)' already.")
            } else {
                senders[pattern] = found.name
            }
        }
        return problems
    }

    /// Whether one comes back to a profile by going from base to base.
    private static func isInCircle(_ start: ProfileReading, among all: [ProfileReading]) -> Bool {
        var base = start.base
        for _ in all {
            if base == start.name { return true }
            base = all.first { $0.name == base }?.base
        }
        return false
    }

    private static func circle(_ reading: ProfileReading) -> ProfileProblem {
        ProfileProblem(
            file: reading.file, line: reading.basePlace.line, column: reading.basePlace.column, code: .extendsItself,
            sentence: "The profiles extend one another in a circle, and none is the first.")
    }
}
