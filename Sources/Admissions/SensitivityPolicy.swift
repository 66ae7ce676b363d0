/// What an installation holds to be sensitive beside what messages tell: treatment functions and wards.
///
/// A treatment function counts while it is the encounter's; a ward counts for the whole encounter, from when the
/// patient was there, for as long as that stands. Case and blanks around a name do not count. The default is that
/// nothing is sensitive.
package struct SensitivityPolicy: Sendable, Equatable {
    /// What a name is of.
    package enum Subject: String, Sendable, CaseIterable {
        case specialty
        case ward
    }

    private var levels: [Subject: [String: Sensitivity]] = [:]

    /// Nothing is sensitive.
    package init() {}

    /// Whether nothing is sensitive.
    package var isEmpty: Bool { levels.values.allSatisfy(\.isEmpty) }

    /// Sets what a name stands for; `false` for an empty name, and for one that a line of `stored` could not hold.
    package mutating func set(_ subject: Subject, _ name: String, to level: Sensitivity) -> Bool {
        let key = Self.key(name)
        guard !key.isEmpty, !key.contains("\n"), !key.contains("\t") else { return false }
        levels[subject, default: [:]][key] = level == .normal ? nil : level
        return true
    }

    /// What the places and the treatment function of an encounter come to.
    package func sensitivity(of reading: EncounterReading) -> Sensitivity {
        var level = Sensitivity.normal
        if let specialty = reading.specialty { level = max(level, self.level(.specialty, specialty)) }
        for stay in reading.stays {
            if let ward = stay.location?.ward { level = max(level, self.level(.ward, ward)) }
        }
        return level
    }

    /// A line for each name, ascending, empty for nothing: the same for the same policies.
    package var stored: String {
        levels.flatMap { subject, names in names.map { "\(subject.rawValue)\t\($0)\t\($1.rawValue)" } }
            .sorted().joined(separator: "\n")
    }

    /// Reads what `stored` gives; lines that are none are passed over.
    package init(stored text: some StringProtocol) {
        for line in String(text).split(separator: "\n" as Character) {
            let parts = String(line).split(separator: "\t" as Character).map { String($0) }
            guard parts.count == 3, let subject = Subject(rawValue: parts[0]), let level = Sensitivity(rawValue: parts[2])
            else { continue }
            _ = set(subject, parts[1], to: level)
        }
    }

    private func level(_ subject: Subject, _ name: String) -> Sensitivity {
        levels[subject]?[Self.key(name)] ?? .normal
    }

    private static func key(_ name: String) -> String {
        let blanks: Set<Character> = [" ", "\t"]
        let trimmed = name.drop(while: blanks.contains).reversed().drop(while: blanks.contains).reversed()
        return String(trimmed).uppercased()
    }
}
