import ADT
import Admissions

/// Turns the tree of a profile's file into a profile, and gathers all that is wrong in it.
struct ProfileParser {
    var name = ""
    var title = ""
    var senders: [(pattern: SenderPattern, place: ProfileNode.Place)] = []
    var profile: SenderProfile
    var problems: [ProfileProblem] = []
    /// Where `name` is told.
    var namePlace = ProfileNode.Place.beginning
    let file: String

    /// What `extends` says where a profile begins with nothing.
    static let nothing = "nothing"
    /// What a map says where a code is to mean nothing.
    static let none = "none"
    /// The reader compares so many characters of a code, blanks aside.
    static let codeCharactersMax = 16
    static let nameCharactersMax = 32

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

    mutating func readBase(_ root: ProfileNode, known: [String], named: (String) -> SenderProfile?) {
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

    mutating func read(_ key: ProfileKey, _ entry: ProfileNode.Entry) {
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
}

extension SenderProfile {
    /// Nothing said yet.
    fileprivate static let blank = SenderProfile(
        name: "", nullSemantics: .hl7, recordedTime: .eventRecorded, wardComponent: .automatic, nhsNumberMarks: [],
        nhsNumberInPID19: false, localIdentifierTypes: [], practicePaths: [], classes: [:], patientTypes: [:],
        admissionMethods: [:], destinationCodes: [])
}
