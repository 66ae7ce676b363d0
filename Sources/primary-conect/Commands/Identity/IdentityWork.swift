import Admissions
import ArgumentParser
import EventLog
import EventSourcing
import Postgres
import Projections

/// What people must settle about who is whom.
struct IdentityWork: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work",
        abstract: "What a person must settle: shared NHS numbers, merges in a ring, unknown practices, lists that disagree.",
        discussion: """
            Examples:
              primary-conect identity work RH5
              primary-conect identity work RH5 --json

            nhs-number-shared       one NHS number on two of the hospital's own numbers; never joined by us
            nhs-number-discrepancy  the same, and date of birth and family name differ
            merge-cycle             a merge that would close a ring; not followed
            practice-unknown        somebody is in hospital whose practice no message tells
            list-discrepancy        a practice has somebody on its list who was born on another day; its list does not count

            Folds the whole log. Numbers are shown by their last two characters. Ends with 3 if there is anything to settle.
            """)

    @OptionGroup var installation: InstallationOptions
    @Argument(help: "The log (ODS code).")
    var log: String
    @Flag(help: "One JSON object.")
    var json = false

    func run() async throws {
        try await reporting {
            let log = try OperatorInput.log(log)
            let pool = try await Installation(options: installation).pool(.auditor, connectionsMax: 1)
            let fold = try await Self.fold(log, EventReader(pool: pool))
            let discrepant = try await ListDiscrepancies.patients(of: fold, from: pool)
            let items =
                fold.reading.workItems
                + discrepant.map { LogReading.WorkItem(code: .listDiscrepancy, patients: [$0], telling: nil) }
            await pool.close()
            json ? tellJSON(items, log) : tell(items)
            if !items.isEmpty { throw ExitStatus.problemsFound.exit }
        }
    }

    private static func fold(_ log: LogName, _ reader: EventReader) async throws -> LogFold {
        var fold = LogFold()
        var position = Position.origin
        while true {
            let events = try await reader.events(in: log, after: position, limit: EventReader.limitMax)
            guard let last = events.last else { return fold }
            for event in events where event.isAboutSomebody {
                // What cannot be read is the projector's to tell of: status shows it.
                if let told = try? ToldEvent(event) { fold.apply(told) }
            }
            position = last.position
        }
    }

    private func tell(_ items: [LogReading.WorkItem]) {
        guard !items.isEmpty else { return Console.out("Nothing to settle.") }
        var table = Table("WHAT", "WHO", "TOLD BY")
        for item in items {
            table.add(
                item.code.rawValue, item.patients.map(IdentityMask.shown).joined(separator: "  "),
                item.telling.map { MaskedMessage.printable("\($0.trigger) \($0.controlID)") } ?? "")
        }
        Console.out(table.text)
    }

    private func tellJSON(_ items: [LogReading.WorkItem], _ log: LogName) {
        let texts = items.map { item -> String in
            let patients = item.patients.map { jsonText(IdentityMask.shown($0)) }.joined(separator: ",")
            return "{\"code\":\"\(item.code.rawValue)\",\"patients\":[\(patients)]}"
        }
        Console.out(
            "{\"schema\":\"identity-work/1\",\"log\":\(jsonText(log.rawValue))"
                + ",\"items\":[\(texts.joined(separator: ","))]}")
    }
}
