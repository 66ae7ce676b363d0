package import EventSourcing

/// An access report as one page of HTML, to be read by a patient and printed.
///
/// Self-contained: no script, no address outside, one style of its own. Whatever stands in a record is escaped. Written
/// piece by piece, so that a long report need not be in memory: `head`, any number of `rows`, `foot`.
package struct AccessPageHTML: Sendable {
    /// Whether the report is one patient's, for whom it says "you".
    package var isOfOnePatient: Bool
    package var since: Instant?
    package var until: Instant?
    package var madeAt: Instant

    package init(isOfOnePatient: Bool, since: Instant?, until: Instant?, madeAt: Instant) {
        self.isOfOnePatient = isOfOnePatient
        self.since = since
        self.until = until
        self.madeAt = madeAt
    }

    private static let style = """
        body{font:16px/1.5 Arial,sans-serif;color:#212b32;margin:24px;max-width:1100px}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:6px 10px 6px 0;
        border-bottom:1px solid #d8dde0}caption{text-align:left;font-weight:bold;padding-bottom:8px}thead{display:table-header-group}
        tr{break-inside:avoid}.n{color:#4c6272;font-size:14px}@media print{body{margin:0;font-size:11px}}@page{size:A4 landscape;margin:10mm}
        """

    /// Up to the first row.
    package var head: String {
        let title = isOfOnePatient ? "Who looked at your record" : "Who looked at records"
        let window = [
            since.map { "from \(AccessWords.time($0))" }, until.map { "up to \(AccessWords.time($0))" },
        ].compactMap(\.self).joined(separator: " ")
        let what =
            isOfOnePatient
            ? """
            <p>Primary Conect tells your GP practice when you are in hospital. Each time somebody is shown something \
            about you, it is written down. This page lists every such time\(window.isEmpty ? "" : ", \(window)"). A \
            list may have shown you among other patients: we do not name them here.</p>
            """
            : "<p>Every look that was recorded\(window.isEmpty ? "" : ", \(window)").</p>"
        return """
            <!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>\(title)</title>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <style>\(Self.style)</style></head><body><main><h1>\(title)</h1>\(what)
            <p class="n">Made \(AccessWords.time(madeAt)). Times are those of clocks in the United Kingdom. OFFICIAL-SENSITIVE.</p>
            <table><caption>In the order in which it happened</caption><thead><tr><th scope="col">When</th><th scope="col">Who</th>
            <th scope="col">What they did</th><th scope="col">Why</th><th scope="col">Who was shown</th>
            <th scope="col">For which practice</th><th scope="col">Request</th></tr></thead><tbody>

            """
    }

    /// One row a line.
    package func rows(_ lines: [AccessLine]) -> String {
        var html = ""
        for line in lines {
            let organisation = line.organisation.map { ", for \($0)" } ?? ""
            html += "<tr><td>\(Self.escaped(AccessWords.time(line.at)))</td>"
            html += "<td>\(Self.escaped(line.subject))<br><span class=\"n\">\(Self.escaped(AccessWords.role(line.role)))"
            html += " (\(Self.escaped(line.client + organisation)))</span></td>"
            html += "<td>\(Self.escaped(AccessWords.deed(line)))</td>"
            html += "<td>\(Self.escaped(AccessWords.why(line)))</td>"
            html += "<td>\(Self.escaped(AccessWords.company(line, ofOnePatient: isOfOnePatient)))</td>"
            html += "<td>\(Self.escaped(line.practice))</td>"
            html += "<td class=\"n\">\(Self.escaped(line.requestID))</td></tr>\n"
        }
        return html
    }

    /// Behind the last row.
    package func foot(count: Int) -> String {
        let nothing = isOfOnePatient ? "Nobody was shown anything about you." : "There was no such look."
        return "</tbody></table><p>\(count == 0 ? nothing : "\(count) line\(count == 1 ? "" : "s").")</p>"
            + "<p class=\"n\">Printed sheets are not recorded yet, and so not in this report.</p></main></body></html>\n"
    }

    static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
