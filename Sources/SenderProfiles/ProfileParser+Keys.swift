import ADT
import Admissions

/// What each key holds.
extension ProfileParser {
    mutating func readName(_ entry: ProfileNode.Entry) {
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

    mutating func readSenders(_ entry: ProfileNode.Entry) {
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

    mutating func readIssuer(_ entry: ProfileNode.Entry) {
        if entry.value.value == .nothing || entry.value.text == Self.none {
            profile.localIdentifierIssuer = nil
        } else if let word = text(entry) {
            profile.localIdentifierIssuer = word.uppercased()
        }
    }

    mutating func readPaths(_ entry: ProfileNode.Entry) {
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
                    "'\(ProfileTree.shown(item.text ?? ""))' is no place in PD1; write field and component, as PD1-3.3."
                )
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

    mutating func readClasses(
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

    mutating func readMethods(_ entry: ProfileNode.Entry) {
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
                        "'\(ProfileTree.shown(told))' is no NHS admission method; write 21, 2A …, or '\(Self.none)'.")
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
    mutating func readDestinations(_ entry: ProfileNode.Entry) {
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
                report(
                    item.place, .badCode,
                    "'\(ProfileTree.shown(code))' is no code and no range of two numbers up to 99.")
            }
        }
        profile.destinationCodes = codes
    }
}

extension SenderPattern {
    /// Nil where it would be everybody.
    fileprivate var ifAny: SenderPattern? { application == nil && facility == nil ? nil : self }
}
