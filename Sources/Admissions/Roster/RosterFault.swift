/// Why one row of a practice's list is held back: where, and what is wrong, never what stood there.
package struct RosterFault: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        case nhsNumberMissing = "nhs-number-missing"
        /// Not ten digits.
        case nhsNumberMalformed = "nhs-number-malformed"
        /// Ten digits that fail their check, or are kept for nobody.
        case nhsNumberCheck = "nhs-number-check"
        /// 999…, where real patients are told of.
        case testNumber = "test-number"
        /// The same row as one before.
        case duplicate
        /// Another row says something else of the same person: neither is believed.
        case duplicateDiffers = "duplicate-differs"
        case missing
        case dateNotUnderstood = "date-not-understood"
        case dateInFuture = "date-in-future"
        /// Not a whole number from 1 to 10.
        case scoreOutOfRange = "score-out-of-range"
        /// A date of a score, and no score.
        case scoreMissing = "score-missing"
        case notYesOrNo = "not-yes-or-no"
        case textTooLong = "text-too-long"
        /// The row is another practice's.
        case otherPractice = "other-practice"
        /// More or fewer cells than headings.
        case cellCount = "cell-count"
        /// A quote that is not closed, or closed within a cell.
        case quotes
        case lineTooLong = "line-too-long"
    }

    /// The line on which the row begins, from 1.
    package let line: Int
    package let code: Code
    /// `nil` where the row as a whole is meant.
    package let column: RosterColumn?

    package init(line: Int, code: Code, column: RosterColumn? = nil) {
        self.line = line
        self.code = code
        self.column = column
    }

    package var description: String {
        "line \(line): \(code.rawValue)" + (column.map { " in \($0.rawValue)" } ?? "")
    }
}

extension RosterFault.Code {
    /// Why a row that could not be cut into cells is held back.
    init(_ fault: CSVReader.Fault) {
        switch fault {
        case .quotes: self = .quotes
        case .tooLong: self = .lineTooLong
        }
    }
}
