import Admissions
import EventSourcing

/// Days as text.
enum DayText {
    /// The London day of an instant, or as much of it as was told: `2026-03-05`, `2026-03`, `2026`.
    static func day(of instant: Instant, precision: String?) -> String {
        let day = LondonDay(of: instant).text
        return switch precision.flatMap({ Moment.Precision(rawValue: $0) }) {
        case .year: String(day.prefix(4))
        case .month: String(day.prefix(7))
        default: day
        }
    }

    /// The day in a date or time as a hospital writes it (`20260305`, `202603051200`, `2026-03-05T…`), as `2026-03-05`.
    ///
    /// `nil` where the text does not begin with a whole date; the date is not asked whether the calendar has it.
    static func day(of text: String?) -> String? {
        guard let text else { return nil }
        let bytes = Array(text.utf8)
        func digits(_ range: Range<Int>) -> String? {
            guard range.upperBound <= bytes.count else { return nil }
            let part = bytes[range]
            guard part.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            return String(decoding: part, as: UTF8.self)
        }
        if let year = digits(0..<4), bytes.count >= 10, bytes[4] == 0x2D, bytes[7] == 0x2D, let month = digits(5..<7),
            let day = digits(8..<10)
        {
            return "\(year)-\(month)-\(day)"
        }
        guard let year = digits(0..<4), let month = digits(4..<6), let day = digits(6..<8) else { return nil }
        return "\(year)-\(month)-\(day)"
    }
}
