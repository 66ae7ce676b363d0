import Admissions
package import EventSourcing
package import Projections

/// A history as a page that stands by itself: the picture, and all of it as tables.
///
/// HTML without script, style sheet or address outside itself; it prints in black and white. What is said is escaped.
/// Its one style element can be named in a policy by `styleDigest`.
package struct HistoryPage {
    private let history: History
    private let subject: String
    private let now: Instant
    private let asAt: Instant?
    private let silent: [String]
    private let messages: [HistoryMessage]
    private var html = HTMLText()

    /// - Parameters:
    ///   - subject: whose history it is: a ref.
    ///   - now: when the page is made.
    ///   - asAt: the moment of the past that it shows.
    ///   - silent: the feeds from which something may be missing.
    ///   - messages: those that told it, where they are to be shown.
    package init(
        _ history: History, of subject: String, now: Instant, asAt: Instant? = nil, silent: [String] = [],
        messages: [HistoryMessage] = []
    ) {
        self.history = history
        self.subject = subject
        self.now = now
        self.asAt = asAt
        self.silent = silent
        self.messages = messages
    }

    /// The base64 of the SHA-256 of what stands in its style element (CSP level 3, section 2.3.1).
    static let styleDigest = Base64.encode(Digest(of: style.withUTF8Buffer { Array($0) }).bytes)

    private static let style: StaticString = """
        body{font:14px sans-serif;color:#1a1a1a;background:#fff;margin:2em}
        table{border-collapse:collapse;margin:1em 0}
        th,td{text-align:left;vertical-align:top;padding:.25em .6em;border-bottom:1px solid #c4c4c4}
        svg{max-width:100%;height:auto}
        """

    /// The page.
    package func text() -> String {
        var page = self
        page.write()
        // The picture is our own markup, and escapes what it says itself.
        let parts = String(decoding: page.html.bytes, as: UTF8.self).split(separator: Self.picture, maxSplits: 1)
        return parts.joined(separator: HistoryChart(history, now: asAt ?? now).text())
    }

    private static let picture = "\u{1}"

    private mutating func write() {
        html.markup(
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>History</title><style>
            """)
        html.markup(Self.style)
        html.markup("</style></head><body>\n")
        html.element("h1", "History of \(subject)")
        html.element(
            "p", "\(history.items.count) events, \(history.visits.count) visits. Made \(Self.time(now)). Times on London's clock.")
        if let asAt { html.element("p", "As it stood at \(Self.time(asAt)), by what had been told by then.") }
        for feed in silent { html.element("p", "Incomplete: nothing is heard of \(feed).") }
        if history.isCut { html.element("p", "There is more than is shown here.") }
        html.text(Self.picture)
        html.element("h2", "What was told")
        table(["Happened", "Told us", "What", "Visit", "Changed", "Source"], history.items) { page, item in
            page.cell(item.happened.map { HistoryPage.time($0) } ?? "", struck: item.takenBackBy != nil)
            page.cell(HistoryPage.time(item.toldAt), struck: item.takenBackBy != nil)
            page.cell(item.words, struck: item.takenBackBy != nil, note: item.note)
            page.cell(item.visit ?? "")
            page.cell(item.changes.map(\.text).joined(separator: "; "))
            page.cell(item.sourceText)
        }
        html.element("h2", "Who was told")
        table(["Practice", "Visit", "Patient", "Shown since", "Withdrawn"], history.rows) { page, row in
            page.cell(row.practice)
            page.cell(row.encounterRef)
            page.cell(row.patientRef)
            page.cell(HistoryPage.time(row.shownSince))
            page.cell(
                row.withdrawnAt.map { "\(HistoryPage.time($0)) \(row.withdrawnReason ?? "")" } ?? "")
        }
        if !history.looks.isEmpty {
            html.element("h2", "Who looked")
            table(["When", "Practice", "Who", "Role", "What", "Why", "Request"], history.looks) { page, look in
                for text in [
                    HistoryPage.time(look.at), look.practice, look.subject, look.role, look.route, look.purpose,
                    look.requestID,
                ] {
                    page.cell(text)
                }
            }
        }
        if !history.deliveries.isEmpty {
            html.element("h2", "What webhooks were told")
            table(["When", "Practice", "Host", "What", "Outcome"], history.deliveries) { page, delivery in
                let when = HistoryPage.time(delivery.triedAt ?? delivery.toldAt)
                let outcome = delivery.state + (delivery.status.map { " (\($0))" } ?? "")
                for text in [when, delivery.practice, delivery.host, delivery.type, outcome] { page.cell(text) }
            }
        }
        if !messages.isEmpty { writeMessages() }
        html.markup("</body></html>\n")
    }

    private mutating func writeMessages() {
        html.element("h2", "The messages, identifiers masked")
        for message in messages {
            html.element("h3", "\(message.log) \(message.position.rawValue), \(message.trigger)")
            if message.isErased {
                html.element("p", "Erased since.")
            } else if message.fields.isEmpty {
                html.element("p", "These bytes are no HL7 message.")
            } else {
                table(["Field", "Says"], message.fields) { page, field in
                    page.cell(field.name)
                    page.cell(field.text)
                }
            }
        }
    }

    private mutating func table<Row>(_ heads: [String], _ rows: [Row], _ write: (inout HistoryPage, Row) -> Void) {
        html.markup("<table><thead><tr>")
        for head in heads { html.element("th", head) }
        html.markup("</tr></thead><tbody>\n")
        for row in rows {
            html.markup("<tr>")
            write(&self, row)
            html.markup("</tr>\n")
        }
        html.markup("</tbody></table>\n")
    }

    private mutating func cell(_ text: String, struck: Bool = false, note: String = "") {
        html.markup("<td>")
        if struck { html.element("s", text) } else { html.text(text) }
        if !note.isEmpty { html.text(" (\(note))") }
        html.markup("</td>")
    }

    /// `2026-03-02 10:00` on London's clock.
    static func time(_ instant: Instant) -> String {
        var bytes: [UInt8] = []
        LondonClock.append(instant.wholeSecond, to: &bytes)
        return String(decoding: bytes.prefix(16), as: UTF8.self).replacing("T", with: " ")
    }

    /// As closely as it was told.
    static func time(_ moment: Moment) -> String {
        let text = switch moment.precision {
        case .year, .month, .day: DayText.day(of: moment.instant, precision: moment.precision.rawValue)
        default: time(moment.instant)
        }
        return moment.isAmbiguous || moment.wasShifted ? "Approx \(text)" : text
    }
}

/// A history in words, for pages and the terminal.
extension HistoryItem {
    /// What is to be said of it beside what it says.
    package var note: String {
        var notes: [String] = []
        if let takenBackBy { notes.append("taken back by \(takenBackBy)") }
        if let repeats { notes.append("told before at \(repeats)") }
        if isErased { notes.append("erased since") }
        if isUnreadable { notes.append("cannot be read") }
        return notes.joined(separator: ", ")
    }

    /// Which message or person told it.
    package var sourceText: String {
        let place = [log?.rawValue, String(position.rawValue)].compactMap(\.self).joined(separator: " ")
        guard let source else { return [place, by].compactMap(\.self).joined(separator: ", ") }
        let parts = [place, source.trigger, source.controlID, source.sender, source.receivedFrom].compactMap(\.self)
        return parts.filter { !$0.isEmpty }.joined(separator: ", ")
    }

    /// When it happened, as closely as it was told, on London's clock; empty if nobody said.
    package var happenedText: String { happened.map { HistoryPage.time($0) } ?? "" }

    /// When we were told.
    package var toldText: String { HistoryPage.time(toldAt) }
}

extension HistoryChange {
    /// `ward 7B → 9A`
    package var text: String { "\(field.label) \(before ?? "–") → \(after ?? "–")" }
}
