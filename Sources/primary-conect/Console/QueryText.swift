import Admissions
import EventSourcing
import PracticeService
import Projections

/// A list or a huddle as the terminal shows it: one part, or one a section.
struct QueryPage {
    struct Part {
        /// `nil` for a list.
        var section: String?
        var items: [ListItem]
    }

    var list: PracticeList
    var practice: String
    var parts: [Part]
    var total: Int
    var feeds: [FeedFreshness]
    var isComplete: Bool

    init(_ page: ListPage) {
        list = page.list
        practice = page.practice
        parts = [Part(section: nil, items: page.items)]
        total = page.total
        feeds = page.feeds
        isComplete = page.isComplete
    }

    init(_ page: HuddlePage) {
        list = .huddle
        practice = page.practice
        parts = page.sections.map { Part(section: $0.section.rawValue, items: $0.items) }
        total = page.total
        feeds = page.feeds
        isComplete = page.isComplete
    }

    var shown: Int { parts.reduce(0) { $0 + $1.items.count } }
}

/// Writes a list for people or for scripts; identifiers are masked unless asked for.
struct QueryText {
    let showIdentifiers: Bool
    let hospitals: HospitalList
    let now: Instant

    func table(_ page: QueryPage) -> String {
        var lines = ["\(page.list.rawValue), \(page.practice)          as of \(londonText(now))"]
        for part in page.parts where !part.items.isEmpty {
            if let section = part.section { lines.append("\n\(section)") }
            var table = Table("PATIENT", "BORN", "WHEN", "NIGHTS", "WHERE", "FLAGS", numeric: [3])
            for item in part.items {
                let row = item.row
                table.add(
                    name(row.patient), born(row.patient), londonText(row.startedAt),
                    row.admitted.at.map { String(LondonClock.midnights(from: $0, to: row.endedAt ?? now)) } ?? "",
                    place(item), flags(item))
            }
            lines.append(table.text)
        }
        if page.shown == 0 {
            lines.append(page.isComplete ? "No one." : "We cannot say: not every feed has been heard of late.")
        }
        let silent = page.feeds.filter { $0.state == .silent }.map { hospitals.feedName($0.hospital) }
        lines.append("")
        lines.append(
            "\(page.total) patients" + (page.shown < page.total ? ", \(page.shown) shown" : "")
                + (silent.isEmpty ? "" : ", silent: \(silent.joined(separator: ", "))"))
        return lines.joined(separator: "\n")
    }

    /// `query/1`; of a huddle each item names its section.
    func json(_ page: QueryPage) -> String {
        var text = "{\"schema\":\"query/1\",\"list\":\(jsonText(page.list.rawValue))"
        text += ",\"practice\":\(jsonText(page.practice))"
        text += ",\"made_at\":\"\(now.iso8601)\",\"complete\":\(page.isComplete),\"total\":\(page.total),\"items\":["
        text += page.parts.flatMap { part in part.items.map { json($0, section: part.section) } }
            .joined(separator: ",")
        return text + "]}"
    }

    private func json(_ item: ListItem, section: String?) -> String {
        let row = item.row
        var fields = "{\"encounter\":\(jsonText(row.encounterRef)),\"patient\":\(jsonText(row.patient.ref))"
        if let section { fields += ",\"section\":\(jsonText(section)),\"new\":\(item.isNew)" }
        fields += ",\"class\":\(jsonText(row.encounterClass)),\"status\":\(jsonText(row.status))"
        fields += ",\"started_at\":\"\(row.startedAt.iso8601)\""
        if !item.isLocationWithheld, let ward = row.location.ward { fields += ",\"ward\":\(jsonText(ward))" }
        fields += ",\"flags\":[\(item.flags.map { jsonText($0.rule.rawValue) }.joined(separator: ","))]"
        if showIdentifiers {
            fields += ",\"nhs_number\":\(row.patient.nhsNumber.map(jsonText) ?? "null")"
            fields += ",\"family\":\(row.patient.family.map(jsonText) ?? "null")"
            fields += ",\"born\":\(row.patient.born.map(jsonText) ?? "null")"
        }
        return fields + "}"
    }

    private func flags(_ item: ListItem) -> String {
        item.flags.map { flag in
            switch flag.value {
            case .number(let number)?: "\(flag.rule.rawValue):\(number)"
            // An encounter's ref says nothing to a reader; where the rest stands in words it does.
            case .text(let text)? where flag.rule != .similarName: "\(flag.rule.rawValue):\(text)"
            default: flag.rule.rawValue
            }
        }.joined(separator: " ")
    }

    private func name(_ patient: PatientSummary) -> String {
        guard showIdentifiers else { return patient.ref }
        let given = patient.given.first ?? ""
        let title = patient.prefix.map { " (\($0))" } ?? ""
        let number = patient.nhsNumber ?? "Not known"
        return "\((patient.family ?? "Not known").uppercased()), \(given)\(title)  \(number)"
    }

    private func born(_ patient: PatientSummary) -> String {
        guard let born = patient.born else { return "Not known" }
        return showIdentifiers ? born : String(born.prefix(4))
    }

    private func place(_ item: ListItem) -> String {
        if item.isLocationWithheld { return "Location withheld" }
        let row = item.row
        let site = row.hospital.map(hospitals.feedName) ?? row.location.site ?? ""
        let bed = [row.location.ward, row.location.bed].compactMap { $0 }.joined(separator: "-")
        return [site, bed].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
