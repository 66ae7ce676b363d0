import Admissions
import ArgumentParser
import EventLog
import EventSourcing
import Foundation
import Postgres
import PracticeService
import Projections

/// Shows a practice's list in the terminal.
struct Query: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows a practice's list: admissions, in-hospital, discharges or attendances.",
        discussion: """
            Examples:
              primary-conect query admissions --practice Z99001
              primary-conect query in-hospital --practice Z99001 --json

            Patients are named by opaque refs. --show-identifiers with a --reason names them. Each look is recorded.
            Without --since the window begins at 18:00 on the working day before.
            """)

    @OptionGroup var installation: InstallationOptions
    @Argument(help: "admissions, in-hospital, discharges or attendances.")
    var list: String
    @Option(help: "The practice's ODS code.")
    var practice: String
    @Option(help: "Only what was told after this time (RFC 3339).")
    var since: String?
    @Option(help: "At most so many patients, 1 to 200.")
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
            let now = WallClock.now()
            var window = LondonClock.eveningOfPreviousWorkingDay(before: now)
            if let since {
                guard let instant = Instant(iso8601: since) else {
                    throw CommandFailure(.badData, "--since is a time like 2026-03-02T18:00:00Z.")
                }
                window = instant
            }
            let installation = try await Installation(options: installation)
            let pool = try installation.pool(.service, connectionsMax: 1)
            let page = try await ListReader(pool: pool).rows(
                of: list,
                access: AccessRequest(
                    practice: practice.uppercased(), subject: "terminal:\(NSUserName())", role: "operator",
                    client: "command-line", purpose: reason ?? "direct-care", route: "lists/\(list.rawValue)",
                    requestID: UUID().uuidString.lowercased()),
                since: window, limit: limit)
            await pool.close()
            let hospitals = try HospitalList(installation.settings)
            json ? show(asJSON: page, now: now) : show(page, hospitals, now: now)
        }
    }

    private func show(_ page: ListPage, _ hospitals: HospitalList, now: Instant) {
        Console.out("\(page.list.rawValue), \(page.practice)          as of \(londonText(now))")
        var table = Table("PATIENT", "BORN", "WHEN", "NIGHTS", "WHERE", "FLAGS", numeric: [3])
        for item in page.items {
            let row = item.row
            table.add(
                name(row.patient), born(row.patient, now: now), londonText(row.startedAt),
                row.admitted.at.map { String(LondonClock.midnights(from: $0, to: row.endedAt ?? now)) } ?? "",
                place(item, hospitals), row.flags.joined(separator: " "))
        }
        if page.items.isEmpty {
            Console.out(page.isComplete ? "No one." : "We cannot say: not every feed has been heard of late.")
        } else {
            Console.out(table.text)
        }
        let silent = page.feeds.filter { $0.state == .silent }.map { hospitals.feedName($0.hospital) }
        Console.out("")
        Console.out(
            "\(page.total) patients" + (page.items.count < page.total ? ", \(page.items.count) shown" : "")
                + (silent.isEmpty ? "" : ", silent: \(silent.joined(separator: ", "))"))
    }

    private func show(asJSON page: ListPage, now: Instant) {
        var text = "{\"schema\":\"query/1\",\"list\":\(jsonText(page.list.rawValue))"
        text += ",\"practice\":\(jsonText(page.practice))"
        text += ",\"made_at\":\"\(now.iso8601)\",\"complete\":\(page.isComplete),\"total\":\(page.total),\"items\":["
        text += page.items.map { item in
            let row = item.row
            var fields = "{\"encounter\":\(jsonText(row.encounterRef)),\"patient\":\(jsonText(row.patient.ref))"
            fields += ",\"class\":\(jsonText(row.encounterClass)),\"status\":\(jsonText(row.status))"
            fields += ",\"started_at\":\"\(row.startedAt.iso8601)\""
            if !item.isLocationWithheld, let ward = row.location.ward { fields += ",\"ward\":\(jsonText(ward))" }
            if showIdentifiers {
                fields += ",\"nhs_number\":\(row.patient.nhsNumber.map(jsonText) ?? "null")"
                fields += ",\"family\":\(row.patient.family.map(jsonText) ?? "null")"
                fields += ",\"born\":\(row.patient.born.map(jsonText) ?? "null")"
            }
            return fields + "}"
        }.joined(separator: ",")
        Console.out(text + "]}")
    }

    private func name(_ patient: PatientSummary) -> String {
        guard showIdentifiers else { return patient.ref }
        let given = patient.given.first ?? ""
        let title = patient.prefix.map { " (\($0))" } ?? ""
        let number = patient.nhsNumber ?? "Not known"
        return "\((patient.family ?? "Not known").uppercased()), \(given)\(title)  \(number)"
    }

    private func born(_ patient: PatientSummary, now: Instant) -> String {
        guard let born = patient.born else { return "Not known" }
        return showIdentifiers ? born : String(born.prefix(4))
    }

    private func place(_ item: ListItem, _ hospitals: HospitalList) -> String {
        if item.isLocationWithheld { return "Location withheld" }
        let row = item.row
        let site = row.hospital.map(hospitals.feedName) ?? row.location.site ?? ""
        let bed = [row.location.ward, row.location.bed].compactMap { $0 }.joined(separator: "-")
        return [site, bed].filter { !$0.isEmpty }.joined(separator: " ")
    }
}

/// An instant as people in the practice read it: `03-Mar-2026 08:02` on London's clock (product.md 3.2).
func londonText(_ instant: Instant) -> String {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let wall = (instant + .seconds(60 * LondonCalendar.offsetMinutes(at: instant))).iso8601
    let month = Int(wall.dropFirst(5).prefix(2)) ?? 1
    return "\(wall.dropFirst(8).prefix(2))-\(months[month - 1])-\(wall.prefix(4)) \(wall.dropFirst(11).prefix(5))"
}
