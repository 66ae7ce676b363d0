/// One thing that is wrong in a file of a sender profile, and where.
package struct ProfileProblem: Sendable, Hashable, CustomStringConvertible {
    /// Stable words, for scripts.
    package enum Code: String, Sendable, CaseIterable {
        case notUTF8 = "not-utf8"
        case tooLong = "too-long"
        case yamlSyntax = "yaml-syntax"
        case empty
        case duplicateKey = "duplicate-key"
        case unknownKey = "unknown-key"
        case missingKey = "missing-key"
        case wrongType = "wrong-type"
        /// A word that is none of those that the key takes.
        case unknownWord = "unknown-word"
        case badName = "bad-name"
        /// No path of PD1 such as `PD1-3.3`.
        case badPath = "bad-path"
        /// A code or word that the messages are compared with, but that no message can hold.
        case badCode = "bad-code"
        case badTrigger = "bad-trigger"
        case badPattern = "bad-pattern"
        /// `extends` names no profile.
        case unknownProfile = "unknown-profile"
        /// Profiles extend one another in a circle.
        case extendsItself = "extends-itself"
        /// Another profile has the name.
        case nameTaken = "name-taken"
        /// Another profile has the sender.
        case senderTaken = "sender-taken"
    }

    package let file: String
    /// From 1.
    package let line: Int
    /// From 1, in Unicode scalars.
    package let column: Int
    package let code: Code
    /// What is wrong and what would be right, as an English sentence.
    package let sentence: String

    /// `FILE:LINE:COL: code: sentence`, as compilers write it, so that editors find the place.
    package var description: String { "\(file):\(line):\(column): \(code.rawValue): \(sentence)" }
}
