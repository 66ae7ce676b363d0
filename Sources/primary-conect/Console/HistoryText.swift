import EventSourcing
import HL7v2
import PracticeService
import Projections

/// Writes a history for people: a table of what was told, and tables of who was told.
struct HistoryText {
    private let history: History

    init(_ history: History) {
        self.history = history
    }

    func head(of subject: String, at practice: String) -> String {
        let cut = history.isCut ? ", and more that is not shown" : ""
        return "History of \(subject), \(practice): \(history.items.count) events, \(history.visits.count) visits\(cut)\n"
    }

    var tables: String {
        var parts: [String] = []
        var told = Table("HAPPENED", "TOLD", "AT", "WHAT", "VISIT", "CHANGED")
        for item in history.items {
            let struck = item.takenBackBy == nil ? "" : "✗ "
            let note = item.note.isEmpty ? "" : " (\(item.note))"
            told.add(
                item.happenedText, item.toldText, MaskedMessage.printable(item.sourceText), struck + item.words + note,
                item.visit ?? "", MaskedMessage.printable(item.changes.map(\.text).joined(separator: "; ")))
        }
        parts.append(told.text)
        if !history.rows.isEmpty {
            var rows = Table("SHOWN TO", "VISIT", "PATIENT", "SINCE", "WITHDRAWN")
            for row in history.rows {
                let withdrawn = row.withdrawnAt.map { "\(londonText($0)) \(row.withdrawnReason ?? "")" } ?? ""
                rows.add(row.practice, row.encounterRef, row.patientRef, londonText(row.shownSince), withdrawn)
            }
            parts.append(rows.text)
        }
        if !history.looks.isEmpty {
            var looks = Table("LOOKED", "PRACTICE", "WHO", "ROLE", "WHAT", "WHY", "REQUEST")
            for look in history.looks {
                looks.add(
                    londonText(look.at), look.practice, look.subject, look.role, look.route,
                    MaskedMessage.printable(look.purpose), look.requestID)
            }
            parts.append(looks.text)
        }
        if !history.deliveries.isEmpty {
            var sent = Table("SENT", "PRACTICE", "TO", "WHAT", "OUTCOME")
            for delivery in history.deliveries {
                sent.add(
                    londonText(delivery.triedAt ?? delivery.toldAt), delivery.practice, delivery.host, delivery.type,
                    delivery.state + (delivery.status.map { " (\($0))" } ?? ""))
            }
            parts.append(sent.text)
        }
        return parts.joined(separator: "\n\n")
    }

    /// Each message field by field; one that was erased says so.
    func messages(_ bytes: [LogName: [Position: [UInt8]]], showingIdentifiers: Bool) -> String {
        var lines: [String] = []
        var done: Set<String> = []
        for item in history.items {
            guard let log = item.log, let source = item.source, done.insert("\(log) \(source.position)").inserted else {
                continue
            }
            lines.append("\nMessage \(log) \(source.position)   \(MaskedMessage.printable(source.trigger))")
            guard let found = bytes[log]?[source.position] else {
                lines.append("  erased since")
                continue
            }
            guard let message = try? HL7Message(found) else {
                lines.append("  These bytes are no HL7 message.")
                continue
            }
            for line in MaskedMessage(message, place: nil, showingIdentifiers: showingIdentifiers).lines {
                lines.append("  \(line.name)  \(line.text)")
            }
        }
        return lines.joined(separator: "\n")
    }
}
