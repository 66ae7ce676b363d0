import Admissions
package import EventSourcing

/// Something about looks that somebody should ask about: a prompt for a person, never a verdict.
package struct UnusualFinding: Sendable, Hashable {
    /// Which rule found it.
    package enum Rule: String, Sendable, CaseIterable {
        /// The user's name holds the family name of a patient they looked at.
        case ownSurname = "own-surname"
        /// A person, not a system, looked in the evening, at night or at the weekend.
        case outOfHours = "out-of-hours"
        /// Many more patients in an hour than the user or system usually shows.
        case volume
        /// The same patient's page again and again in a day.
        case repeated
        /// Glass was broken and nobody has reviewed it.
        case breakGlassUnreviewed = "break-glass-unreviewed"
    }

    package var rule: Rule
    package var practice: String
    package var subject: String
    package var client: String
    /// The first of the looks.
    package var since: Instant
    /// The last of them.
    package var until: Instant
    /// What was counted: looks, or of `volume` patients.
    package var count: Int
    /// Of `volume` what is usual.
    package var usual: Int?
    /// Of `own-surname` and `repeated`.
    package var ref: String?
    /// The looks, at most `UnusualAccess.evidenceMax` of them.
    package var requestIDs: [String]
}

/// What counts as unusual.
package struct UnusualThresholds: Sendable, Hashable {
    /// Hours of the day in London between which people usually look, on working days: from 07:00 to before 20:00.
    package var hours = 7..<20
    /// So many times the usual number of patients in an hour are many.
    package var volumeFactor = 5
    /// Fewer patients than these in an hour are never many.
    package var volumeMin = 100
    /// So many looks at one patient's page in a day are many.
    package var repeatedMin = 8
    /// A broken glass should be reviewed within so many days.
    package var reviewDays = 3

    package init() {}
}

/// Finds unusual looks among access records, in the order of time or not.
///
/// Pure: it is given the lines, the family names of the patients in them, and what time it is. Systems are asked about
/// their volume alone: they look at all hours, and at everybody. A weekend is Saturday and Sunday; bank holidays are
/// working days here, which finds less, not more. What is usual is the median over the other hours in which the same
/// user of the same client was shown anybody, so one line of business is compared with itself.
package struct UnusualAccess: Sendable {
    /// Request ids in one finding.
    package static let evidenceMax = 20
    /// Family names shorter than this are found in too many names.
    static let surnameLettersMin = 3

    private struct Agent: Hashable {
        let practice: String
        let subject: String
        let client: String
    }

    private struct Looks {
        var since: Instant
        var until: Instant
        var count = 0
        var patients: Set<String> = []
        var requestIDs: [String] = []

        init(_ line: AccessLine) {
            since = line.at
            until = line.at
        }

        mutating func add(_ line: AccessLine) {
            since = min(since, line.at)
            until = max(until, line.at)
            count += 1
            if requestIDs.count < UnusualAccess.evidenceMax, !requestIDs.contains(line.requestID) {
                requestIDs.append(line.requestID)
            }
        }
    }

    private struct Span: Hashable {
        let agent: Agent
        /// Hours, or days, since 1970.
        let number: Int64
        var ref: String?
    }

    private let thresholds: UnusualThresholds
    private let now: Instant
    private var byHour: [Span: Looks] = [:]
    private var nights: [Span: Looks] = [:]
    private var repeats: [Span: Looks] = [:]
    private var surnames: [Span: Looks] = [:]
    private var grants: [UnusualFinding] = []

    package init(_ thresholds: UnusualThresholds = UnusualThresholds(), now: Instant) {
        self.thresholds = thresholds
        self.now = now
    }

    /// Takes in a line.
    ///
    /// - Parameter families: family names by ref, of the patients in the line as far as they are known.
    package mutating func note(_ line: AccessLine, families: [String: String] = [:]) {
        let agent = Agent(practice: line.practice, subject: line.subject, client: line.client)
        if line.kind == .grant { noteGrant(line) }
        guard [.look, .reveal, .breakGlass].contains(line.kind), !line.refs.isEmpty else { return }
        let wall = Instant(
            microseconds: line.at.microseconds + Int64(LondonCalendar.offsetMinutes(at: line.at)) * 60_000_000)
        let hour = Self.floor(wall.microseconds, by: 3_600_000_000)
        let day = Self.floor(hour, by: 24)
        Self.add(line, to: &byHour, Span(agent: agent, number: hour))
        byHour[Span(agent: agent, number: hour)]?.patients.formUnion(line.refs)
        // The auditor and the operator work when there is work, and stand in no list of anybody's patients.
        guard !["integration", "auditor", "operator"].contains(line.role) else { return }
        // Day 0, 1970-01-01, was a Thursday.
        let weekday = (day + 3) % 7
        if weekday >= 5 || !thresholds.hours.contains(Int(hour - day * 24)) {
            Self.add(line, to: &nights, Span(agent: agent, number: day))
        }
        if line.isRead, let ref = line.refs.first {
            Self.add(line, to: &repeats, Span(agent: agent, number: day, ref: ref))
        }
        let words = Self.words(line.subject)
        for ref in line.refs {
            guard let family = families[ref], !words.isDisjoint(with: Self.words(family)) else { continue }
            Self.add(line, to: &surnames, Span(agent: agent, number: day, ref: ref))
        }
    }

    /// What was unusual, by rule, then by time.
    package func findings() -> [UnusualFinding] {
        var found = grants
        for (span, looks) in nights { found.append(Self.finding(.outOfHours, span, looks)) }
        for (span, looks) in surnames { found.append(Self.finding(.ownSurname, span, looks)) }
        for (span, looks) in repeats where looks.count >= thresholds.repeatedMin {
            found.append(Self.finding(.repeated, span, looks))
        }
        for (agent, hours) in Dictionary(grouping: byHour, by: \.key.agent) {
            found += volumes(of: hours.map { ($0.key, $0.value) }, agent)
        }
        return found.sorted {
            ($0.rule.rawValue, $0.since, $0.practice, $0.subject, $0.client, $0.ref ?? "")
                < ($1.rule.rawValue, $1.since, $1.practice, $1.subject, $1.client, $1.ref ?? "")
        }
    }

    private func volumes(of hours: [(span: Span, looks: Looks)], _ agent: Agent) -> [UnusualFinding] {
        let counts = hours.map(\.looks.patients.count).sorted()
        return hours.compactMap { hour in
            let shown = hour.looks.patients.count
            var others = counts
            if let own = others.firstIndex(of: shown) { others.remove(at: own) }
            let usual = others.isEmpty ? 0 : others[others.count / 2]
            guard shown >= thresholds.volumeMin, shown > usual * thresholds.volumeFactor else { return nil }
            var finding = Self.finding(.volume, hour.span, hour.looks)
            finding.count = shown
            finding.usual = usual
            return finding
        }
    }

    private mutating func noteGrant(_ line: AccessLine) {
        let due = Instant(microseconds: line.at.microseconds + Int64(thresholds.reviewDays) * 86_400_000_000)
        guard line.isReviewed != true, due <= now else { return }
        grants.append(
            UnusualFinding(
                rule: .breakGlassUnreviewed, practice: line.practice, subject: line.subject, client: line.client,
                since: line.at, until: line.at, count: 1, requestIDs: [line.requestID]))
    }

    private static func add(_ line: AccessLine, to looks: inout [Span: Looks], _ span: Span) {
        looks[span, default: Looks(line)].add(line)
    }

    private static func finding(_ rule: UnusualFinding.Rule, _ span: Span, _ looks: Looks) -> UnusualFinding {
        UnusualFinding(
            rule: rule, practice: span.agent.practice, subject: span.agent.subject, client: span.agent.client,
            since: looks.since, until: looks.until, count: looks.count, ref: span.ref, requestIDs: looks.requestIDs)
    }

    /// The words of a name, in small letters: `s.achterberg@example` has `achterberg` and `example`.
    private static func words(_ name: String) -> Set<String> {
        Set(name.lowercased().split { !$0.isLetter }.filter { $0.count >= surnameLettersMin }.map(String.init))
    }

    private static func floor(_ value: Int64, by divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }
}
