import Admissions
import Yams

/// What is sensitive at this installation: the YAML file of the setting `sensitivity`.
///
/// ```yaml
/// specialties:
///   360: withheld      # genitourinary medicine
///   710: restricted
/// wards:
///   GUM: withheld
/// ```
///
/// A file that says anything else is refused as a whole: a word not understood would show what was to be hidden.
enum SensitivityFile {
    /// Longer files are none of ours.
    static let bytesMax = 262_144

    /// What the setting names; nothing is sensitive where it is not given.
    ///
    /// - Throws: `CommandFailure(.badConfiguration)` where the file cannot be read, or with its first mistake.
    static func named(in settings: Settings) throws -> SensitivityPolicy {
        guard let path = settings.text("sensitivity") else { return SensitivityPolicy() }
        let bytes: [UInt8]
        do {
            bytes = try InputFile.bytes(of: path)
        } catch let failure as CommandFailure {
            throw CommandFailure(.badConfiguration, "Of the setting sensitivity: \(failure.description)")
        }
        return try read(bytes, name: path)
    }

    /// - Throws: `CommandFailure(.badConfiguration)`.
    static func read(_ bytes: [UInt8], name path: String) throws -> SensitivityPolicy {
        guard bytes.count <= bytesMax, let text = String(validating: bytes, as: UTF8.self) else {
            throw mistake(path, nil, "The file is no UTF-8 text of at most \(bytesMax) bytes.")
        }
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw mistake(path, nil, "The file is no YAML, or a key stands twice.")
        }
        var policy = SensitivityPolicy()
        guard let root else { return policy }
        for (key, names) in try entries(root, path) {
            guard let subject = subjects[key.string ?? ""] else {
                throw mistake(path, key, "Only specialties and wards can be sensitive.")
            }
            for (name, level) in try entries(names, path) {
                guard let level = Sensitivity(rawValue: level.string ?? "") else {
                    throw mistake(path, level, "A name is normal, restricted or withheld.")
                }
                guard let text = name.string, policy.set(subject, text, to: level) else {
                    throw mistake(path, name, "This is no name.")
                }
            }
        }
        return policy
    }

    private static let subjects: [String: SensitivityPolicy.Subject] = ["specialties": .specialty, "wards": .ward]

    private static func entries(_ node: Node, _ path: String) throws -> [(key: Node, value: Node)] {
        if node.null != nil { return [] }
        guard let mapping = node.mapping else { throw mistake(path, node, "Here must be names, each with its level.") }
        return mapping.map { (key: $0.key, value: $0.value) }
    }

    private static func mistake(_ path: String, _ node: Node?, _ sentence: String) -> CommandFailure {
        let place = node?.mark.map { "\(path):\($0.line)" } ?? path
        return CommandFailure(.badConfiguration, "\(place): \(sentence)")
    }
}
