import Admissions
import EventSourcing
import Testing

/// Practices' lists as tests tell them: invented people with numbers of the test range.
enum Roster {
    static let practice: ODSPracticeCode? = ODSPracticeCode("L99901")
    static let today = LondonDay("2026-03-03")
    static let headings = "NHS number,Date of birth,Surname,Symphony score,Usual GP"

    /// The `index`-th sound number of the test range, from 0.
    static func number(_ index: Int) -> String {
        var found = 0
        for candidate in 999_000_001... {
            let digits = String(candidate)
            let sum = digits.utf8.enumerated().reduce(0) { $0 + Int($1.element - 48) * (10 - $1.offset) }
            let check = (11 - sum % 11) % 11
            guard check != 10 else { continue }
            if found == index { return digits + String(check) }
            found += 1
        }
        return ""
    }

    static let numbers = (0..<60).map(number)

    static func person(_ index: Int) throws -> NHSNumber { try #require(NHSNumber(numbers[index])) }

    /// A row of `headings`.
    static func row(
        _ index: Int, born: String = "12/04/1938", surname: String = "Tester", score: String = "",
        gp: String = "Dr Vane"
    ) -> String {
        "\(numbers[index]),\(born),\(surname),\(score),\(gp)"
    }

    static func file(_ rows: String..., headings: String = headings, end: String = "\r\n") -> [UInt8] {
        Array(([headings] + rows).map { $0 + end }.joined().utf8)
    }

    static func reading(
        _ bytes: [UInt8], names: RosterColumns.Names = .init(), isLive: Bool = false
    ) throws -> RosterReading {
        try RosterReading(
            try RosterFile(bytes), names: names, practice: try #require(practice), today: try #require(today),
            isLive: isLive)
    }

    static func comparison(
        _ reading: RosterReading, _ list: RegisteredList = .init(), removedPercentMax: Double = 100,
        today: LondonDay? = today
    ) throws -> RosterComparison {
        try RosterComparison(
            reading, against: list, today: try #require(today), by: "terminal:kay",
            removedPercentMax: removedPercentMax)
    }

    /// The list after its events have been in the log: written as bytes, and read again.
    static func list(_ list: RegisteredList = .init(), after events: [RegistrationEvent]) throws -> RegisteredList {
        var list = list
        for event in events { try list.apply(type: event.type, payload: event.payload) }
        return list
    }

    /// The list that these files make, one after the other.
    static func list(_ files: [UInt8]...) throws -> RegisteredList {
        try files.reduce(into: RegisteredList()) { list, file in
            list = try Self.list(list, after: try comparison(try reading(file), list).events)
        }
    }

    /// Which lines of a file are held back, and why.
    static func faults(_ bytes: [UInt8], isLive: Bool = false) throws -> [String] {
        try reading(bytes, isLive: isLive).heldBack.map(\.description)
    }
}
