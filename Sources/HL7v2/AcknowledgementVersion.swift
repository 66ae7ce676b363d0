/// A version of the norm, MSH-12, as far as it changes the shape of an answer.
enum AcknowledgementVersion: Int, Comparable {
    case v2_3, v2_3_1, v2_4, v2_5

    /// What is no version, or none, is taken as 2.4, on which both UK specifications rest.
    init(_ text: String) {
        let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count >= 2, numbers[0] == 2, let minor = numbers[1] else {
            self = .v2_4
            return
        }
        self =
            switch minor {
            case ..<3: .v2_3
            case 3: numbers.count > 2 && (numbers[2] ?? 0) > 0 ? .v2_3_1 : .v2_3
            case 4: .v2_4
            default: .v2_5
            }
    }

    static func < (left: AcknowledgementVersion, right: AcknowledgementVersion) -> Bool {
        left.rawValue < right.rawValue
    }
}
