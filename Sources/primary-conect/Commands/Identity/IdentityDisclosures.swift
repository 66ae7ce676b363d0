import ArgumentParser
import EventSourcing
import Postgres
import Projections

/// What a practice saw and should not have.
struct IdentityDisclosures: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disclosures",
        abstract: "Rows that stood under a practice and were not its to see, and who looked: for review.",
        discussion: """
            Examples:
              primary-conect identity disclosures
              primary-conect identity disclosures --practice Z99001 --json

            wrong-patient          the stay was another patient's (A44, A45, a merge taken back)
            merged                 the record was one with another, whose practice counts (A34, A40, A43, A47)
            registered-elsewhere   the patient moved on, or the practice was told wrongly before

            Shows refs, no names. LOOKS counts the answers that showed the patient while the row stood there, BY says who got
            them. Ends with 3 if there is anything to review.
            """)

    @OptionGroup var installation: InstallationOptions
    @Option(help: "Of this practice only (ODS code).")
    var practice: String?
    @Flag(help: "One JSON object.")
    var json = false

    func run() async throws {
        try await reporting {
            let pool = try await Installation(options: installation).pool(.auditor, connectionsMax: 1)
            let found: [Disclosure]
            do {
                found = try await DisclosureReader(pool: pool).disclosures(of: practice)
            } catch {
                await pool.close()
                throw error
            }
            await pool.close()
            json ? tellJSON(found) : tell(found)
            if !found.isEmpty { throw ExitStatus.problemsFound.exit }
        }
    }

    private func tell(_ disclosures: [Disclosure]) {
        guard !disclosures.isEmpty else { return Console.out("Nothing to review.") }
        var table = Table("PRACTICE", "PATIENT", "ENCOUNTER", "SHOWN SINCE", "WITHDRAWN", "WHY", "LOOKS", "BY", numeric: [6])
        for disclosure in disclosures {
            table.add(
                disclosure.practice, disclosure.patientRef, disclosure.encounterRef, londonText(disclosure.shownSince),
                londonText(disclosure.withdrawnAt), disclosure.reason.rawValue, String(disclosure.looks),
                disclosure.subjects.joined(separator: ", "))
        }
        Console.out(table.text)
    }

    private func tellJSON(_ disclosures: [Disclosure]) {
        let items = disclosures.map { disclosure -> String in
            let subjects = disclosure.subjects.map(jsonText).joined(separator: ",")
            var json = "{\"practice\":\(jsonText(disclosure.practice)),\"hospital\":\(jsonText(disclosure.hospital)),"
            json += "\"patient\":\(jsonText(disclosure.patientRef)),\"encounter\":\(jsonText(disclosure.encounterRef)),"
            json += "\"reason\":\"\(disclosure.reason.rawValue)\",\"shown_since\":\"\(disclosure.shownSince.iso8601)\","
            json += "\"withdrawn_at\":\"\(disclosure.withdrawnAt.iso8601)\",\"looks\":\(disclosure.looks),"
            json += "\"subjects\":[\(subjects)]}"
            return json
        }
        Console.out("{\"schema\":\"disclosures/1\",\"items\":[\(items.joined(separator: ","))]}")
    }
}
