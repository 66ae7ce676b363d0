import Admissions
package import EventSourcing
package import Projections

/// A history as a picture: one lane an encounter, on one axis of time.
///
/// ```
///   enc_…  inpatient, in-progress
///   ┌──── 7B bed 3 ────┐┌── 9A bed 9 ──▷        where the patient was
///       ○───────■            ×                  ○ happened, ■ told, × taken back (struck through)
///   │ 2 Mar        │ 3 Mar
/// ```
///
/// SVG 1.1 of fixed decimals, so that equal histories give equal bytes. Colour is never the only sign: what was taken back
/// is crossed and struck through, what never was is dashed and says so, what was told late is a line from when it happened to when we were told. No
/// script, no style that a policy could refuse; text is escaped and has a contrast of 4.5 or more on white; `title` and
/// `desc` say the same to who cannot see it. `now` ends what lasts.
package struct HistoryChart {
    private let history: History
    private let now: Instant
    private var svg = HTMLText()
    private var scale = Scale()

    private static let width = 960
    private static let margin = 24
    private static let laneHeight = 92
    private static let headHeight = 56
    private static let axisHeight = 40
    /// Behind it a day would be cut off at the edge.
    private static let lastLabel = Int64(width - margin - 66) * 100
    /// The most lanes and marks drawn: the table has all.
    private static let lanesMax = 40

    /// Where an instant lies on the axis.
    private struct Scale {
        var first: Int64 = 0
        var last: Int64 = 1

        /// In hundredths of a unit, from the left.
        func x(_ instant: Instant) -> Int64 {
            let inner = Int64(HistoryChart.width - 2 * HistoryChart.margin) * 100
            let clamped = min(max(instant.microseconds, first), last)
            let part = Double(clamped - first) / Double(max(1, last - first))
            return Int64(HistoryChart.margin) * 100 + Int64((part * Double(inner)).rounded())
        }
    }

    /// Draws a history.
    package init(_ history: History, now: Instant) {
        self.history = history
        self.now = now
    }

    /// The picture as one SVG element.
    package func text() -> String {
        var chart = self
        chart.draw()
        return String(decoding: chart.svg.bytes, as: UTF8.self)
    }

    // MARK: Drawing

    private mutating func draw() {
        let visits = Array(history.visits.prefix(Self.lanesMax))
        let own = history.items.filter { $0.visit == nil }
        let lanes = visits.count + (own.isEmpty ? 0 : 1)
        let height = Self.headHeight + max(1, lanes) * Self.laneHeight + Self.axisHeight
        fit(visits)
        svg.markup("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"t d\" viewBox=\"0 0 ")
        svg.text("\(Self.width) \(height)")
        svg.markup("\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#1a1a1a\">\n")
        svg.markup("<title id=\"t\">Stays on a time line, and what was told late or taken back</title>\n<desc id=\"d\">")
        svg.text(description(visits))
        svg.markup("</desc>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n")
        legend()
        axis(height: height)
        for (number, visit) in visits.enumerated() {
            lane(visit, top: Self.headHeight + number * Self.laneHeight)
        }
        if !own.isEmpty {
            let top = Self.headHeight + visits.count * Self.laneHeight
            label("The patient's record, and what staff did", x: Int64(Self.margin) * 100, y: top + 14, isVoid: false)
            marks(own, top: top)
        }
        svg.markup("</svg>\n")
    }

    private mutating func fit(_ visits: [HistoryVisit]) {
        var instants = history.items.flatMap { [$0.happened?.instant, $0.toldAt].compactMap(\.self) }
        instants += visits.flatMap { visit in
            [visit.began?.instant, visit.ended?.asEnd].compactMap(\.self) + visit.places.map(\.from.instant)
        }
        if visits.contains(where: { $0.ended == nil && !$0.isVoid }) { instants.append(now) }
        scale.first = instants.map(\.microseconds).min() ?? 0
        scale.last = max(scale.first + 3_600_000_000, instants.map(\.microseconds).max() ?? 1)
    }

    private mutating func legend() {
        let y = 20
        circle(x: Int64(Self.margin) * 100 + 400, y: y - 4)
        label("happened", x: Int64(Self.margin + 14) * 100, y: y, isVoid: false)
        square(x: 10_900, y: y - 4)
        label("we were told", x: 11_800, y: y, isVoid: false)
        cross(x: 21_400, y: y - 4)
        label("taken back", x: 22_400, y: y, isVoid: true)
        label("times on London's clock", x: 32_000, y: y, isVoid: false)
    }

    private mutating func axis(height: Int) {
        let base = height - Self.axisHeight + 8
        let days = max(1, (scale.last - scale.first) / 86_400_000_000)
        let step = Int([1, 2, 7, 14, 30, 90, 365].first { days / $0 <= 12 } ?? 365)
        var day = LondonDay(of: Instant(microseconds: scale.first))
        var drawn = 0
        while day.start.microseconds <= scale.last, drawn < 40 {
            if day.start.microseconds >= scale.first {
                let x = scale.x(day.start)
                line(x, Self.headHeight - 8, x, base, stroke: "#c4c4c4")
                label(day.text, x: min(x, Self.lastLabel), y: base + 16, isVoid: false)
                drawn += 1
            }
            day = day + step
        }
        line(Int64(Self.margin) * 100, base, Int64(Self.width - Self.margin) * 100, base, stroke: "#595959")
        if drawn == 0 {
            let from = LondonDay(of: Instant(microseconds: scale.first)).text
            label(from, x: Int64(Self.margin) * 100, y: base + 16, isVoid: false)
        }
    }

    private mutating func lane(_ visit: HistoryVisit, top: Int) {
        let other = visit.otherNumbers == 0 ? "" : ", with \(visit.otherNumbers) other number\(visit.otherNumbers == 1 ? "" : "s") joined"
        let never = visit.isVoid ? ", never took place" : ""
        label(
            "\(visit.name)  \(visit.encounterClass), \(visit.status)\(other)\(never)", x: Int64(Self.margin) * 100,
            y: top + 14, isVoid: visit.isVoid)
        let items = history.items.filter { $0.visit == visit.name }
        // What never took place lasted as long as we believed it.
        let last = visit.ended?.asEnd ?? (visit.isVoid ? items.last?.toldAt : nil)
        if visit.places.isEmpty, let began = visit.began {
            bar(visit.status, from: began.instant, to: last, isVoid: visit.isVoid, top: top)
        }
        for place in visit.places {
            let end = place.to?.asEnd ?? last
            bar(place.text, from: place.from.instant, to: end, isVoid: visit.isVoid, top: top)
        }
        marks(items, top: top)
    }

    private mutating func bar(_ text: String, from: Instant, to end: Instant?, isVoid: Bool, top: Int) {
        let (left, right) = (scale.x(from), max(scale.x(end ?? now), scale.x(from) + 200))
        svg.markup("<rect x=\"")
        number(left)
        svg.markup("\" y=\"")
        svg.text("\(top + 22)")
        svg.markup("\" width=\"")
        number(right - left)
        svg.markup("\" height=\"26\" stroke-width=\"1.5\" ")
        if isVoid {
            svg.markup("fill=\"#ffffff\" stroke=\"#595959\" stroke-dasharray=\"4 3\">")
        } else {
            svg.markup("fill=\"#d6e4f0\" stroke=\"#1d4f7c\">")
        }
        svg.element("title", text + (end == nil ? " (lasts)" : ""))
        svg.markup("</rect>\n")
        // Some seven units a letter: what does not fit stands in the title alone.
        if !text.isEmpty, (right - left) / 100 > Int64(text.count * 7 + 8) {
            label(text, x: left + 600, y: top + 40, isVoid: isVoid)
        }
    }

    /// What happened, when we were told, and what was taken back.
    private mutating func marks(_ items: [HistoryItem], top: Int) {
        let y = top + 66
        for item in items {
            let told = scale.x(item.toldAt)
            svg.markup("<g>")
            svg.element("title", spoken(item))
            if let happened = item.happened?.instant {
                let x = scale.x(happened)
                if abs(x - told) >= 300 { line(x, y, told, y, stroke: "#7a3e00") }
                if item.takenBackBy == nil { circle(x: x, y: y) } else { cross(x: x, y: y) }
                if abs(x - told) >= 300 { square(x: told, y: y) }
            } else if item.takenBackBy == nil {
                square(x: told, y: y)
            } else {
                cross(x: told, y: y)
            }
            if item.isJoin { line(told, top + 18, told, top + 82, stroke: "#5b2a86", dash: true) }
            svg.markup("</g>\n")
        }
    }

    // MARK: Words

    private func spoken(_ item: HistoryItem) -> String {
        var text = item.words
        if let happened = item.happened { text += ", happened \(HistoryPage.time(happened.instant))" }
        text += ", told \(HistoryPage.time(item.toldAt))"
        if let by = item.takenBackBy { text += ", taken back by \(by)" }
        return text
    }

    private func description(_ visits: [HistoryVisit]) -> String {
        let back = history.items.count { $0.takenBackBy != nil }
        let late = history.items.count { item in
            item.happened.map { item.toldAt.microseconds - $0.last.microseconds > 3_600_000_000 } ?? false
        }
        var text = "\(history.visits.count) visits and \(history.items.count) events; \(late) told more than an hour late, "
        text += "\(back) taken back."
        if history.visits.count > visits.count { text += " The first \(visits.count) visits are drawn." }
        if history.hidesPlace { text += " Where the patient was is withheld." }
        if history.isCut { text += " There is more than is drawn." }
        for visit in visits {
            text += " \(visit.name): \(visit.encounterClass), \(visit.status)"
            if let began = visit.began { text += ", from \(HistoryPage.time(began.instant))" }
            if let ended = visit.ended { text += " to \(HistoryPage.time(ended.instant))" }
            text += "."
        }
        return text
    }

    // MARK: Shapes

    private mutating func label(_ text: String, x: Int64, y: Int, isVoid: Bool) {
        svg.markup("<text x=\"")
        number(x)
        svg.markup("\" y=\"")
        svg.text("\(y)")
        if isVoid { svg.markup("\" text-decoration=\"line-through") }
        svg.markup("\">")
        svg.text(text)
        svg.markup("</text>\n")
    }

    private mutating func line(_ x1: Int64, _ y1: Int, _ x2: Int64, _ y2: Int, stroke: StaticString, dash: Bool = false) {
        svg.markup("<path d=\"M")
        number(x1)
        svg.text(" \(y1)L")
        number(x2)
        svg.text(" \(y2)")
        svg.markup("\" fill=\"none\" stroke=\"")
        svg.markup(stroke)
        if dash { svg.markup("\" stroke-dasharray=\"3 3") }
        svg.markup("\"/>\n")
    }

    private mutating func circle(x: Int64, y: Int) {
        svg.markup("<circle cx=\"")
        number(x)
        svg.markup("\" cy=\"")
        svg.text("\(y)")
        svg.markup("\" r=\"4\" fill=\"#ffffff\" stroke=\"#1a1a1a\" stroke-width=\"1.5\"/>\n")
    }

    private mutating func square(x: Int64, y: Int) {
        svg.markup("<rect x=\"")
        number(x - 300)
        svg.markup("\" y=\"")
        svg.text("\(y - 3)")
        svg.markup("\" width=\"6\" height=\"6\" fill=\"#7a3e00\"/>\n")
    }

    private mutating func cross(x: Int64, y: Int) {
        svg.markup("<path d=\"M")
        number(x - 400)
        svg.text(" \(y - 4)L")
        number(x + 400)
        svg.text(" \(y + 4)M")
        number(x + 400)
        svg.text(" \(y - 4)L")
        number(x - 400)
        svg.text(" \(y + 4)")
        svg.markup("\" fill=\"none\" stroke=\"#a30000\" stroke-width=\"2\"/>\n")
    }

    /// A number in hundredths, as a decimal of two places.
    private mutating func number(_ hundredths: Int64) {
        let sign = hundredths < 0 ? "-" : ""
        let part = String(abs(hundredths % 100))
        svg.text("\(sign)\(abs(hundredths / 100)).\(part.count == 1 ? "0" : "")\(part)")
    }
}

extension HistoryItem {
    /// Whether it says that records or visits are one, or no longer.
    package var isJoin: Bool {
        AdmissionEvent.Kind(rawValue: type)?.isAboutIdentity ?? false
    }
}
