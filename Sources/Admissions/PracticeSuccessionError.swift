/// All that is wrong in a file of practices that closed, in the order of its lines.
package struct PracticeSuccessionError: Error, Equatable, CustomStringConvertible {
    /// One thing that is wrong, and where.
    package struct Problem: Sendable, Hashable, CustomStringConvertible {
        /// Stable words, for scripts.
        package enum Code: String, Sendable, CaseIterable {
            case tooLong = "too-long"
            /// The first line is not the one that names the columns.
            case unknownFormat = "unknown-format"
            case wrongColumns = "wrong-columns"
            /// Not the code of a practice: a letter and five digits.
            case badCode = "bad-code"
            case badDate = "bad-date"
            /// The practice closed in a line before.
            case duplicateCode = "duplicate-code"
            /// The successor leads back to the practice.
            case ring
        }

        package let file: String
        /// From 1.
        package let line: Int
        package let code: Code
        /// What is wrong and what would be right, as an English sentence.
        package let sentence: String

        /// `FILE:LINE: code: sentence`, as compilers write it, so that editors find the place.
        package var description: String { "\(file):\(line): \(code.rawValue): \(sentence)" }
    }

    /// At least one.
    package let problems: [Problem]

    /// One line a problem.
    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
