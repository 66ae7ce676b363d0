import Admissions
import ArgumentParser
import EventLog
import EventSourcing
import Foundation
import Postgres
import PracticeService
import Projections

/// Shows a practice's list, or its huddle, in the terminal.
struct Query: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows a practice's list, or its huddle.",
        discussion: """
            Examples:
              primary-conect query huddle --practice Z99001
              primary-conect query in-hospital --practice Z99001 --min-nights 14 --json
              primary-conect query huddle --practice Z99001 --as-of 2026-03-03T08:00:00Z

            Lists: \(PracticeList.allCases.map(\.rawValue).joined(separator: ", ")).
            unknown-practice is of nobody's patients and needs no --practice.
            Patients are named by opaque refs. --show-identifiers with a --reason names them. Each look is recorded.
            Without --since, or with last-huddle, the window begins when the last huddle was closed, else at 18:00 on
            the working day before.
            --as-of, or --position, shows the list as it stood then, folded from the log; --known-now shows what is known
            by now of that moment.
            """)

    @OptionGroup var installation: InstallationOptions
    @Argument(help: "The list, huddle, or unknown-practice.")
    var list: String
    @Option(help: "The practice's ODS code.")
    var practice: String?
    @OptionGroup var narrowing: QueryNarrowing
    @OptionGroup var past: QueryPast
    @Option(help: "At most so many patients, 1 to 200; a huddle is never cut.")
    var limit = 50
    @Flag(help: "One JSON object.")
    var json = false
    @Flag(help: "Names, NHS numbers and birth dates in full; needs --reason, and is recorded with it.")
    var showIdentifiers = false
    @Option(help: "Why identifiers are shown.")
    var reason: String?

    func run() async throws {
        try await reporting {
            guard let list = PracticeList(rawValue: list) else {
                throw CommandFailure(
                    .badData,
                    "There is no list '\(list)'; there are "
                        + "\(PracticeList.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            if showIdentifiers, (reason ?? "").isEmpty {
                throw CommandFailure(.notAllowed, "--show-identifiers needs --reason \"text\".")
            }
            let practice = try practice(of: list)
            let now = WallClock.now()
            let asked = try past.moment(now: now)
            let filter = try narrowing.filter()
            let sort = try narrowing.order()
            let installation = try await Installation(options: installation)
            let pool = try installation.pool(.service, connectionsMax: 1)
            let settings = try HuddleSettings(installation.settings)
            let rule = try installation.settings.freshnessRule()
            var access = AccessRequest(
                practice: practice, subject: "terminal:\(NSUserName())", role: "operator",
                client: "command-line", purpose: reason ?? "direct-care", route: "lists/\(list.rawValue)",
                requestID: UUID().uuidString.lowercased())
            if let asked {
                let archive = try installation.pool(.auditor, connectionsMax: 1)
                let reader = AsAtReader(desk: pool, archive: archive, rule: rule, settings: settings)
                let page = try await pastPage(list, asked, filter, sort, reader, &access)
                await pool.close()
                await archive.close()
                let text = QueryText(
                    showIdentifiers: showIdentifiers, hospitals: try HospitalList(installation.settings), now: page.now)
                Console.out(json ? text.json(page.page) : text.table(page.page))
                return
            }
            let window = try narrowing.window(now: now)
            let reader = ListReader(pool: pool, rule: rule, settings: settings)
            let page: QueryPage
            if list == .huddle {
                page = QueryPage(try await reader.huddle(window: window, filter: filter, access: access))
            } else {
                page = QueryPage(
                    try await reader.page(
                        ListQuestion(list, window: window, filter: filter, sort: sort, limit: limit), access: access))
            }
            await pool.close()
            let hospitals = try HospitalList(installation.settings)
            let text = QueryText(showIdentifiers: showIdentifiers, hospitals: hospitals, now: now)
            Console.out(json ? text.json(page) : text.table(page))
        }
    }

    private func pastPage(
        _ list: PracticeList, _ asked: AsAtMoment, _ filter: ListFilter, _ sort: ListSort?, _ reader: AsAtReader,
        _ access: inout AccessRequest
    ) async throws -> (page: QueryPage, now: Instant) {
        let moment: Instant
        do {
            moment = try await reader.time(of: asked)
        } catch ProjectionError.momentUnknown {
            throw CommandFailure(.badData, "There is no such position.")
        }
        access.noteMoment(moment)
        let window = try narrowing.window(now: moment)
        let knowledge: AsAtKnowledge = past.knownNow ? .now : .then
        guard list != .huddle else {
            return (
                QueryPage(
                    try await reader.huddle(
                        window: window, filter: filter, at: asked, knowing: knowledge, scope: .then, access: access)),
                moment
            )
        }
        let question = ListQuestion(list, window: window, filter: filter, sort: sort, limit: limit)
        return (
            QueryPage(
                try await reader.page(question, at: asked, knowing: knowledge, scope: .then, access: access)), moment
        )
    }

    private func practice(of list: PracticeList) throws -> String {
        if list == .unknownPractice { return EncounterRow.unknownPractice }
        guard let practice else {
            throw CommandFailure(.badData, "--practice names the practice whose list it is: an ODS code.")
        }
        return practice.uppercased()
    }
}

/// Which moment of the past is shown.
struct QueryPast: ParsableArguments {
    @OptionGroup var at: PastMoment
    @Flag(help: "Of that moment, what is known now.")
    var knownNow = false

    /// `nil` for the present.
    func moment(now: Instant) throws -> AsAtMoment? {
        let moment = try at.moment(now: now)
        guard moment != nil || !knownNow else {
            throw CommandFailure(.badData, "--known-now needs --as-of or --position.")
        }
        return moment
    }
}

/// What narrows a list: the same words as in requests.
struct QueryNarrowing: ParsableArguments {
    @Option(help: "Only what was told after this time (RFC 3339), or last-huddle.")
    var since: String?
    @Option(help: "Only this site: an ODS code.")
    var site: String?
    @Option(help: "Only with a Symphony score of at least this.")
    var minSymphony: Int?
    @Option(help: "Only stays of at least so many nights.")
    var minNights: Int?
    @Option(help: "Only with this flag; may be repeated, then each must be there.")
    var flag: [String] = []
    @Option(help: "Only those marked as discussed today: true or false.")
    var discussed: Bool?
    @Option(help: "happened, told, nights or symphony; a minus before it is descending: --sort=-nights.")
    var sort: String?

    func window(now: Instant) throws -> ListQuestion.Window {
        guard let since, since != "last-huddle" else {
            return .afterLastHuddle(otherwise: LondonClock.eveningOfPreviousWorkingDay(before: now))
        }
        guard let instant = Instant(iso8601: since) else {
            throw CommandFailure(.badData, "--since is a time like 2026-03-02T18:00:00Z, or last-huddle.")
        }
        return .after(instant)
    }

    func filter() throws -> ListFilter {
        var filter = ListFilter()
        filter.site = site?.uppercased()
        filter.symphonyMin = minSymphony
        filter.nightsMin = minNights
        filter.isDiscussed = discussed
        for code in flag {
            guard let rule = HuddleRule(rawValue: code) else {
                throw CommandFailure(
                    .badData,
                    "There is no flag '\(code)'; there are "
                        + "\(HuddleRule.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            filter.flags.insert(rule)
        }
        return filter
    }

    func order() throws -> ListSort? {
        guard let sort else { return nil }
        guard let order = ListSort(rawValue: sort) else {
            throw CommandFailure(
                .badData, "--sort is one of \(ListSort.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return order
    }
}

/// An instant as people in the practice read it: `03-Mar-2026 08:02` on London's clock (product.md 3.2).
func londonText(_ instant: Instant) -> String {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let wall = (instant + .seconds(60 * LondonCalendar.offsetMinutes(at: instant))).iso8601
    let month = Int(wall.dropFirst(5).prefix(2)) ?? 1
    return "\(wall.dropFirst(8).prefix(2))-\(months[month - 1])-\(wall.prefix(4)) \(wall.dropFirst(11).prefix(5))"
}
