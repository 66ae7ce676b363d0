import ADT
import Admissions

/// Turns the tree of a profile's file into a profile, and gathers all that is wrong in it.
struct ProfileParser {
    private(set) var name = ""
    private(set) var title = ""
    private(set) var senders: [(pattern: SenderPattern, place: ProfileNode.Place)] = []
    private(set) var profile: SenderProfile
    private(set) var problems: [ProfileProblem] = []
    /// Where `name` is told.
    private(set) var namePlace = ProfileNode.Place.beginning
    private let file: String

    /// What `extends` says where a profile begins with nothing.
    static let nothing = "nothing"
    /// What a map says where a code is to mean nothing.
    private static let none = "none"
    /// The reader compares so many characters of a code, blanks aside.
    private static let codeCharactersMax = 16
    private static let nameCharactersMax = 32

    /// - Parameters:
    ///   - named: finds the profile that this one extends.
    ///   - known: the names of the profiles that may be extended, for the error that names the nearest.
    init(_ root: ProfileNode, file: String, known: [String], named: (String) -> SenderProfile?) {
        self.file = file
        profile = .blank
        guard case .map(let entries) = root.value else {
            report(root.place, .wrongType, "A profile is a map: lines of 'key: value'.")
            return
        }
        readBase(root, known: known, named: named)
        for entry in entries {
            guard let key = ProfileKey(rawValue: entry.key) else {
                reportUnknown(entry, among: ProfileKey.allCases.map(\.rawValue))
                continue
            }
            read(key, entry)
        }
        if root.entry("name") == nil { report(root.place, .missingKey, "The key 'name' is missing.") }
        profile.name = name
        if title.isEmpty { title = name }
    }

    private mutating func readBase(_ root: ProfileNode, known: [String], named: (String) -> SenderProfile?) {
        guard let entry = root.entry("extends") else {
            profile = named(SenderProfile.ukDefault.name) ?? .ukDefault
            return
        }
        guard let base = entry.value.text else {
            reportType(entry, "the name of a profile, or '\(Self.nothing)'")
            return
        }
        if base == Self.nothing {
            for key in ProfileKey.needed where root.entry(key.rawValue) == nil {
                report(
                    entry.place, .missingKey, "A profile that extends nothing must say '\(key.rawValue)'.")
            }
        } else if let found = named(base) {
            profile = found
        } else {
            report(
                entry.value.place, .unknownProfile,
                "There is no profile '\(ProfileTree.shown(base))'\(Self.hint(base, among: known)).")
        }
    }

    private mutating func read(_ key: ProfileKey, _ entry: ProfileNode.Entry) {
        switch key {
        case .name: readName(entry)
        case .title: title = text(entry) ?? ""
        case .extends: break
        case .senders: readSenders(entry)
        case .nullSemantics: choose(entry, ["hl7": .hl7, "ignore": .ignore], \.nullSemantics)
        case .recordedTime:
            choose(entry, ["event-recorded": .eventRecorded, "message-made": .messageMade], \.recordedTime)
        case .wardComponent:
            choose(entry, ["point-of-care": .pointOfCare, "room": .room, "automatic": .automatic], \.wardComponent)
        case .nhsNumber:
            eachBelow(key, entry) { parser, below in
                if below.key == "marks" {
                    parser.setCodes(below, \.nhsNumberMarks)
                } else {
                    parser.setFlag(below, \.nhsNumberInPID19)
                }
            }
        case .localIdentifier:
            eachBelow(key, entry) { parser, below in
                if below.key == "types" {
                    parser.setCodes(below, \.localIdentifierTypes)
                } else {
                    parser.readIssuer(below)
                }
            }
        case .visitNumber: eachBelow(key, entry) { $0.setFlag($1, \.visitNumberInPID18) }
        case .practicePaths: readPaths(entry)
        case .classes: readClasses(entry, codeMax: nil, \.classes)
        case .patientTypes: readClasses(entry, codeMax: Self.codeCharactersMax, \.patientTypes)
        case .admissionMethods: readMethods(entry)
        case .dischargeDisposition:
            choose(
                entry,
                [
                    "by-value": .byValue, "discharge-method": .dischargeMethod,
                    "discharge-destination": .dischargeDestination, "disposal": .disposal,
                ], \.dispositionMeaning)
        case .destinationCodes: readDestinations(entry)
        case .triggers: readTriggers(entry)
        case .wards:
            eachBelow(key, entry) { parser, below in
                switch below.key {
                case "fopas": parser.setWords(below, \.fopasWards)
                case "virtual": parser.setWords(below, \.virtualWards)
                default: parser.setWords(below, \.sensitiveWards)
                }
            }
        case .specialties: eachBelow(key, entry) { $0.setWords($1, \.sensitiveSpecialties) }
        }
    }

    // MARK: The keys

    private mutating func readName(_ entry: ProfileNode.Entry) {
        guard let told = text(entry) else { return }
        namePlace = entry.value.place
        let letters = told.utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
        guard letters, !told.isEmpty, told.utf8.count <= Self.nameCharactersMax, told != Self.nothing else {
            report(
                entry.value.place, .badName,
                "A name is 1 to \(Self.nameCharactersMax) of a-z, 0-9 and -, and not '\(Self.nothing)'.")
            return
        }
        name = told
    }

    private mutating func readSenders(_ entry: ProfileNode.Entry) {
        for item in list(entry) {
            guard case .map(let parts) = item.value else {
                report(
                    item.place, .wrongType,
                    "A sender is a map with 'application' (MSH-3), 'facility' (MSH-4) or both.")
                continue
            }
            var told: [String: String] = [:]
            let before = problems.count
            for part in parts {
                guard part.key == "application" || part.key == "facility" else {
                    reportUnknown(part, among: ["application", "facility"])
                    continue
                }
                guard let word = text(part) else { continue }
                if word.isEmpty || word == "*" || word.dropLast().contains("*") {
                    report(
                        part.value.place, .badPattern,
                        "A sender's \(part.key) is a word; one '*' may stand at its end, not alone.")
                } else {
                    told[part.key] = word
                }
            }
            if let pattern = SenderPattern(application: told["application"], facility: told["facility"]).ifAny {
                senders.append((pattern, item.place))
            } else if problems.count == before {
                report(item.place, .badPattern, "A sender needs 'application' (MSH-3), 'facility' (MSH-4) or both.")
            }
        }
    }

    private mutating func readIssuer(_ entry: ProfileNode.Entry) {
        if entry.value.value == .nothing || entry.value.text == Self.none {
            profile.localIdentifierIssuer = nil
        } else if let word = text(entry) {
            profile.localIdentifierIssuer = word.uppercased()
        }
    }

    private mutating func readPaths(_ entry: ProfileNode.Entry) {
        guard case .list = entry.value.value else {
            reportType(entry, "a list of paths such as PD1-3.3")
            return
        }
        var paths: [SenderProfile.PracticePath] = []
        for item in list(entry) {
            if let path = item.text.flatMap(Self.path) {
                paths.append(path)
            } else {
                report(
                    item.place, .badPath,
                    "'\(ProfileTree.shown(item.text ?? ""))' is no place in PD1; write field and component as in PD1-3.3.")
            }
        }
        profile.practicePaths = paths
    }

    /// `PD1-3.3`.
    private static func path(_ text: String) -> SenderProfile.PracticePath? {
        let text = text.uppercased()
        guard text.hasPrefix("PD1-") else { return nil }
        let numbers = text.dropFirst(4).split(separator: ".", omittingEmptySubsequences: false).map { digits in
            digits.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } ? Int(digits) : nil
        }
        guard numbers.count == 2, let field = numbers[0], let component = numbers[1], (1...21).contains(field),
            (1...20).contains(component)
        else { return nil }
        return SenderProfile.PracticePath(field: field, component: component)
    }

    private mutating func readClasses(
        _ entry: ProfileNode.Entry, codeMax: Int?, _ target: WritableKeyPath<SenderProfile, [String: EncounterClass]>
    ) {
        let words = EncounterClass.allCases.map(\.rawValue) + [Self.none]
        for item in map(entry) {
            guard let code = word(item.key, at: item.place, max: codeMax), let told = text(item) else { continue }
            if told == Self.none {
                profile[keyPath: target][code] = nil
            } else if let found = EncounterClass(rawValue: told) {
                profile[keyPath: target][code] = found
            } else {
                reportWord(item, told, among: words)
            }
        }
    }

    private mutating func readMethods(_ entry: ProfileNode.Entry) {
        for item in map(entry) {
            guard let code = word(item.key, at: item.place, max: nil) else { continue }
            if Self.isMethod(code) {
                report(item.place, .badCode, "'\(code)' has the form of an NHS code and is always taken as one.")
            } else if item.value.value == .nothing || item.value.text == Self.none {
                profile.admissionMethods.updateValue(nil, forKey: code)
            } else if let told = text(item)?.uppercased() {
                if Self.isMethod(told) {
                    profile.admissionMethods.updateValue(told, forKey: code)
                } else {
                    report(
                        item.value.place, .badCode,
                        "'\(ProfileTree.shown(told))' is no NHS admission method; write a code such as 21 or 2A, or '\(Self.none)'.")
                }
            }
        }
    }

    /// A digit, and a digit or a letter: as the reader tells NHS codes from others.
    private static func isMethod(_ code: String) -> Bool {
        let bytes = Array(code.utf8)
        guard bytes.count == 2, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[0]) else { return false }
        switch bytes[1] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): return true
        default: return false
        }
    }

    /// Codes, and ranges of numbers such as `37-66`.
    private mutating func readDestinations(_ entry: ProfileNode.Entry) {
        guard case .list = entry.value.value else {
            reportType(entry, "a list of codes")
            return
        }
        var codes: Set<String> = []
        for item in list(entry) {
            guard let code = code(item) else { continue }
            let ends = code.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard code.contains("-") else {
                codes.insert(code)
                continue
            }
            if ends.count == 2, let first = ends[0], let last = ends[1], first <= last, (1...99).contains(first),
                last <= 99
            {
                codes.formUnion((first...last).map(String.init))
            } else {
                report(item.place, .badCode, "'\(ProfileTree.shown(code))' is no code and no range of two numbers up to 99.")
            }
        }
        profile.destinationCodes = codes
    }

    // MARK: Trigger events

    private mutating func readTriggers(_ entry: ProfileNode.Entry) {
        var told: Set<String> = []
        var allowed: Set<String>?
        for item in map(entry) {
            if item.key == "allowed" {
                allowed = []
                for trigger in list(item) {
                    if let code = trigger.text?.uppercased(), Self.isTrigger(code) {
                        allowed?.insert(code)
                    } else {
                        reportTrigger(trigger.place, trigger.text ?? "")
                    }
                }
                continue
            }
            let code = item.key.uppercased()
            guard Self.isTrigger(code) else {
                reportTrigger(item.place, item.key)
                continue
            }
            guard let meaning = text(item) else { continue }
            told.insert(code)
            if meaning == "ignore" {
                profile.triggers.updateValue(nil, forKey: code)
            } else if meaning.uppercased() == code {
                profile.triggers.removeValue(forKey: code)
            } else if Self.known.contains(meaning.uppercased()) {
                profile.triggers.updateValue(meaning.uppercased(), forKey: code)
            } else {
                report(
                    item.value.place, .badTrigger,
                    "'\(ProfileTree.shown(meaning))' is no trigger event to take it for; write one of A01 to A62, or 'ignore'.")
            }
        }
        guard let allowed else { return }
        for code in Self.known where !told.contains(code) {
            if !allowed.contains(code) {
                profile.triggers.updateValue(nil, forKey: code)
            } else if case .some(.none) = profile.triggers[code] {
                profile.triggers.removeValue(forKey: code)
            }
        }
    }

    /// The trigger events of HL7 v2 chapter 3.
    private static let known: [String] = (1...62).map { ($0 < 10 ? "A0" : "A") + String($0) }

    private static func isTrigger(_ code: String) -> Bool {
        let bytes = Array(code.utf8)
        return bytes.count == 3 && bytes[0] == UInt8(ascii: "A")
            && bytes[1...].allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }

    private mutating func reportTrigger(_ place: ProfileNode.Place, _ told: String) {
        report(
            place, .badTrigger,
            "'\(ProfileTree.shown(told))' is no trigger event; write a letter and two digits as in A04, or the key 'allowed'.")
    }

    // MARK: Values

    private mutating func text(_ entry: ProfileNode.Entry) -> String? {
        if let text = entry.value.text { return text }
        reportType(entry, "one word or line")
        return nil
    }

    private mutating func list(_ entry: ProfileNode.Entry) -> [ProfileNode] {
        guard case .list(let items) = entry.value.value else {
            reportType(entry, "a list: [A, B], or lines that begin with '- '")
            return []
        }
        return items
    }

    private mutating func map(_ entry: ProfileNode.Entry) -> [ProfileNode.Entry] {
        guard case .map(let items) = entry.value.value else {
            reportType(entry, "a map: lines of 'key: value'")
            return []
        }
        return items
    }

    private mutating func eachBelow(
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

    private mutating func setFlag(_ entry: ProfileNode.Entry, _ target: WritableKeyPath<SenderProfile, Bool>) {
        switch entry.value.text {
        case "true": profile[keyPath: target] = true
        case "false": profile[keyPath: target] = false
        default: reportType(entry, "true or false")
        }
    }

    private mutating func choose<Choice>(
        _ entry: ProfileNode.Entry, _ choices: [String: Choice], _ target: WritableKeyPath<SenderProfile, Choice>
    ) {
        guard let told = text(entry) else { return }
        if let choice = choices[told] {
            profile[keyPath: target] = choice
        } else {
            reportWord(entry, told, among: choices.keys.sorted())
        }
    }

    private mutating func setCodes(_ entry: ProfileNode.Entry, _ target: WritableKeyPath<SenderProfile, [String]>) {
        guard case .list = entry.value.value else {
            reportType(entry, "a list of codes")
            return
        }
        let codes = list(entry).compactMap { code($0) }
        profile[keyPath: target] = codes
    }

    private mutating func setWords(_ entry: ProfileNode.Entry, _ target: WritableKeyPath<SenderProfile, Set<String>>) {
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
    private mutating func code(_ node: ProfileNode) -> String? {
        guard let text = node.text else {
            report(node.place, .wrongType, "Here a code is expected.")
            return nil
        }
        return word(text, at: node.place, max: Self.codeCharactersMax)
    }

    /// A code in upper case, as codes are compared.
    ///
    /// - Parameter max: how many characters count, blanks aside, all of ASCII; nil where any text will do.
    private mutating func word(_ text: String, at place: ProfileNode.Place, max: Int?) -> String? {
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
                "'\(ProfileTree.shown(text))' can never be met: a code is at most \(max) characters of ASCII, blanks aside.")
            return nil
        }
        return word
    }

    // MARK: Problems

    private mutating func report(_ place: ProfileNode.Place, _ code: ProfileProblem.Code, _ sentence: String) {
        problems.append(
            ProfileProblem(file: file, line: place.line, column: place.column, code: code, sentence: sentence))
    }

    private mutating func reportType(_ entry: ProfileNode.Entry, _ wanted: String) {
        report(entry.value.place, .wrongType, "The value of '\(ProfileTree.shown(entry.key))' must be \(wanted).")
    }

    private mutating func reportUnknown(_ entry: ProfileNode.Entry, among known: [String]) {
        report(
            entry.place, .unknownKey,
            "There is no key '\(ProfileTree.shown(entry.key))' here\(Self.hint(entry.key, among: known)).")
    }

    private mutating func reportWord(_ entry: ProfileNode.Entry, _ told: String, among known: [String]) {
        let hint = Self.hint(told, among: known)
        report(
            entry.value.place, .unknownWord,
            "'\(ProfileTree.shown(entry.key))' cannot be '\(ProfileTree.shown(told))'\(hint); it can be \(known.joined(separator: ", ")).")
    }

    private static func hint(_ word: String, among known: [String]) -> String {
        NearestWord.to(word, among: known).map { "; the nearest is '\($0)'" } ?? ""
    }
}

extension SenderPattern {
    /// Nil where it would be everybody.
    fileprivate var ifAny: SenderPattern? { application == nil && facility == nil ? nil : self }
}

extension SenderProfile {
    /// Nothing said yet.
    fileprivate static let blank = SenderProfile(
        name: "", nullSemantics: .hl7, recordedTime: .eventRecorded, wardComponent: .automatic, nhsNumberMarks: [],
        nhsNumberInPID19: false, localIdentifierTypes: [], practicePaths: [], classes: [:], patientTypes: [:],
        admissionMethods: [:], destinationCodes: [])
}
