/// All that is wrong in files of sender profiles, in the order of the files and their lines.
package struct SenderProfileError: Error, Equatable, CustomStringConvertible {
    /// At least one.
    package let problems: [ProfileProblem]

    package init(problems: [ProfileProblem]) {
        self.problems = problems
    }

    /// One line a problem.
    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
