import Admissions
import EventSourcing
import Projections

/// A date of a FHIR search (R4 section 3.1.1.4.5): a prefix, and a date or time that stands for the whole span it
/// names.
///
/// `2026-03` is all of March; a time without an offset is London's, the first of the two in the hour that comes twice.
/// `ge` and `le` ask for a part within or beyond the span, so that what straddles its edge is found.
enum FHIRDate {
    /// `nil` for what is no date, and for `ap`, which is not supported.
    static func span(_ text: String) -> EncounterSearch.Span? {
        let bytes = Array(text.utf8)
        guard let first = bytes.first else { return nil }
        guard !(0x30...0x39).contains(first) else { return span(.equal, text) }
        return EncounterSearch.Span.Relation(rawValue: String(text.prefix(2))).flatMap {
            span($0, String(text.dropFirst(2)))
        }
    }

    private static func span(_ relation: EncounterSearch.Span.Relation, _ text: String) -> EncounterSearch.Span? {
        (text.contains("T") ? time(text) : date(text)).map { first, next in
            EncounterSearch.Span(relation, first: first, last: Instant(microseconds: next.microseconds - 1))
        }
    }

    /// From the beginning of the day, month or year to that of the next.
    private static func date(_ text: String) -> (Instant, Instant)? {
        guard FHIRText.date(text) != nil, let year = Int(text.prefix(4)) else { return nil }
        let first: LondonDay?
        let next: LondonDay?
        switch text.utf8.count {
        case 4:
            first = LondonDay("\(text)-01-01")
            next = LondonDay("\(padded(year + 1))-01-01")
        case 7:
            first = LondonDay("\(text)-01")
            let month = Int(text.suffix(2)) ?? 0
            next = LondonDay(
                month == 12 ? "\(padded(year + 1))-01-01" : "\(text.prefix(4))-\(month < 9 ? "0" : "")\(month + 1)-01")
        default:
            first = LondonDay(text)
            next = first.map { $0 + 1 }
        }
        guard let first, let next else { return nil }
        return (first.start, next.start)
    }

    private static func padded(_ year: Int) -> String {
        let text = String(year)
        return String(repeating: "0", count: max(0, 4 - text.utf8.count)) + text
    }

    /// From the time to the end of the minute, second or fraction that was told.
    private static func time(_ text: String) -> (Instant, Instant)? {
        guard let split = text.firstIndex(of: "T") else { return nil }
        let clock = text[text.index(after: split)...]
        let wall = clock.prefix { $0 != "Z" && $0 != "+" && $0 != "-" }
        let zone = clock[wall.endIndex...]
        let parts = wall.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3 else { return nil }
        let seconds = parts.count == 3 ? parts[2].split(separator: ".", omittingEmptySubsequences: false) : []
        let full = "\(text[...split])\(wall)\(parts.count == 2 ? ":00" : "")"
        guard let first = zone.isEmpty ? london(full) : Instant(iso8601: full + zone) else { return nil }
        var width: Int64 = parts.count == 2 ? 60_000_000 : 1_000_000
        if seconds.count == 2 { for _ in 0..<min(6, seconds[1].utf8.count) { width /= 10 } }
        return (first, Instant(microseconds: first.microseconds + width))
    }

    /// A time on London's wall.
    private static func london(_ text: String) -> Instant? {
        guard let wall = Instant(iso8601: text + "Z") else { return nil }
        let summer = wall - .seconds(3_600)
        return LondonCalendar.offsetMinutes(at: summer) == 60 ? summer : wall
    }
}
