import Admissions
import EventLog
import EventSourcing
import Postgres

/// `practice.change`, as it is written.
enum ChangeTable {
    /// Adds lines to the journals, in this order; the last statement of a transaction, for it holds the counters of the
    /// practices until the commit.
    static func tell(_ changes: [PracticeChange]) -> SQL {
        """
        select practice.tell_changes(\(changes.map(\.practice)), \(changes.map(\.type.rawValue)), \
        \(changes.map(\.encounterRef)), \(changes.map(\.patientRef)), \(changes.map { $0.hospital?.rawValue }), \
        \(changes.map(\.encounterClass)), \(changes.map { $0.lists.joined(separator: " ") }), \
        \(changes.map(\.happenedAt)), \(changes.map(\.toldAt)))
        """
    }

    /// Tells every practice that has rows of a hospital what became of its feed; no list changes by it.
    static func tell(_ news: FeedNews, of hospital: LogName) -> SQL {
        let type: ChangeType =
            switch news.event.kind {
            case .fellSilent: .feedFellSilent
            case .recovered: .feedRecovered
            }
        return """
            select practice.tell_feed(\(hospital), \(type.rawValue), \(news.event.lastHeard), \(news.toldAt))
            """
    }

    /// Takes encounters that have come to be withheld out of what was told of them where their rows stood.
    static func unsay(_ places: Set<EncounterTable.RowKey>) -> SQL {
        let places = places.sorted()
        return "select practice.unsay_encounters(\(places.map(\.practice)), \(places.map(\.encounterRef)))"
    }

    /// Tells every practice that its rows have been made anew.
    static let tellRebuilt: SQL = "select practice.tell_rebuilt()"

    /// Deletes the oldest lines, made before an instant; gives how many.
    static func sweep(before instant: Instant, linesMax: Int32) -> SQL {
        "select practice.sweep_changes(\(instant), \(linesMax))"
    }
}
