import Admissions
import EventSourcing
import Projections

/// What a replay of a district came to: how long each list was, and where it differs from what the indexes find;
/// nobody's data.
struct ReplayReport: Sendable {
    let cut: AsAtCut
    let events: Int64
    /// Events that could not be read.
    let unread: Int
    let isCompared: Bool
    private(set) var lists: [ReplayedList] = []

    init(of district: ReplayedDistrict, isCompared: Bool) {
        (cut, events, unread) = (district.cut, district.events, district.unread)
        self.isCompared = isCompared
    }

    /// Takes in some lists, without those who are on them.
    mutating func take(_ made: [ReplayedList]) {
        for var list in made {
            list.forgetPage()
            lists.append(list)
        }
    }

    /// How many lists differ.
    var differing: Int { lists.count { $0.difference?.isEqual == false } }

    /// Lists with somebody on them, or that differ, and a line of sums.
    var text: String {
        var table = isCompared
            ? Table("PRACTICE", "LIST", "PATIENTS", "DIFFER", "BY", numeric: [2, 3])
            : Table("PRACTICE", "LIST", "PATIENTS", numeric: [2])
        let told = lists.filter { $0.lineCount > 0 || $0.difference?.isEqual == false }
        for list in told {
            let cells = (list.practice, list.list.rawValue, grouped(list.lineCount))
            if isCompared {
                table.add(
                    cells.0, cells.1, cells.2, list.difference.map { grouped($0.count) } ?? "",
                    list.difference.map(Self.words) ?? "")
            } else {
                table.add(cells.0, cells.1, cells.2)
            }
        }
        let practices = Set(lists.map(\.practice)).subtracting([EncounterRow.unknownPractice]).count
        var sum =
            "\(differing == 0 ? "OK  " : "FAIL")  \(londonText(cut.moment)): \(grouped(Int(events))) events, "
            + "\(grouped(practices)) practices, \(grouped(lists.count)) lists"
        if lists.count > told.count { sum += " (\(grouped(lists.count - told.count)) empty)" }
        if isCompared {
            sum += differing == 0 ? ", all as the indexes find them" : ", \(grouped(differing)) differ from the indexes"
        }
        if unread > 0 { sum += ", \(grouped(unread)) events not readable" }
        return told.isEmpty ? sum : table.text + "\n\n" + sum
    }

    /// One object, `replay/1`.
    var json: String {
        var json = JSONWriter()
        json.beginObject()
        json.key("at")
        json.string(cut.moment.iso8601)
        if isCompared {
            json.key("differing")
            json.integer(Int64(differing))
        }
        json.key("events")
        json.integer(events)
        json.key("lists")
        json.beginArray()
        for list in lists {
            json.beginObject()
            if let difference = list.difference {
                json.key("differing")
                json.integer(Int64(difference.count))
            }
            json.key("list")
            json.string(list.list.rawValue)
            json.key("patients")
            json.integer(Int64(list.lineCount))
            json.key("practice")
            json.string(list.practice)
            json.endObject()
        }
        json.endArray()
        json.key("schema")
        json.string("replay/1")
        json.key("unread")
        json.integer(Int64(unread))
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private static func words(_ difference: ListDifference) -> String {
        [
            (difference.onlyReplayed, "not found"), (difference.onlyIndexed, "found too many"),
            (difference.unequal, "unequal"), (difference.misplaced, "misplaced"),
        ].filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }.joined(separator: ", ")
    }
}
