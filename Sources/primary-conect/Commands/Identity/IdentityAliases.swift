import Admissions
import ArgumentParser
import EventLog
import EventSourcing

/// The joinings of a log.
struct IdentityAliases: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aliases", abstract: "Merges, moves and renumberings of a log, by position, without names.",
        discussion: """
            Examples:
              primary-conect identity aliases RH5
              primary-conect identity aliases RH5 --show-identifiers --reason "wrong merge, ticket 4711"

            Numbers are shown by their last two characters. --show-identifiers with a --reason shows them in full. Each
            look is recorded.
            """)

    @OptionGroup var installation: InstallationOptions
    @Argument(help: "The log (ODS code).")
    var log: String
    @Flag(help: "One JSON object.")
    var json = false
    @OptionGroup var identifiers: ShownIdentifiers

    func run() async throws {
        try await reporting {
            let log = try OperatorInput.log(log)
            let purpose = try identifiers.purpose(masked: "aliases, masked")
            let tellings = try await Operator.working(in: try await Installation(options: installation)) { person in
                try await person.reader.identityEvents(
                    in: log, look: person.look("identity/\(log)", purpose: purpose)
                ).compactMap(IdentityTelling.init)
            }
            json ? tellJSON(tellings, log) : tell(tellings)
        }
    }

    private func tell(_ tellings: [IdentityTelling]) {
        guard !tellings.isEmpty else { return Console.out("Nobody was joined with anybody.") }
        var table = Table("POSITION", "TOLD", "WHAT", "WHO", "IS", "BY", numeric: [0])
        for telling in tellings {
            for other in telling.event.prior?.patients ?? [] {
                table.add(
                    String(telling.position.rawValue), londonText(telling.toldAt), telling.word, shown(other),
                    telling.event.patientKey.map(shown) ?? "", telling.event.by ?? "")
            }
        }
        Console.out(table.text)
    }

    private func tellJSON(_ tellings: [IdentityTelling], _ log: LogName) {
        let items = tellings.flatMap { telling -> [String] in
            (telling.event.prior?.patients ?? []).map { other -> String in
                let survivor = telling.event.patientKey.map { jsonText(shown($0)) } ?? "null"
                let by = telling.event.by.map(jsonText) ?? "null"
                var json = "{\"position\":\(telling.position),\"told_at\":\"\(telling.toldAt.iso8601)\","
                json += "\"what\":\"\(telling.word)\",\"loser\":\(jsonText(shown(other))),"
                json += "\"survivor\":\(survivor),\"by\":\(by)}"
                return json
            }
        }
        Console.out(
            "{\"schema\":\"aliases/1\",\"log\":\(jsonText(log.rawValue)),\"items\":[\(items.joined(separator: ","))]}")
    }

    private func shown(_ key: PatientKey) -> String {
        identifiers.showIdentifiers ? MaskedMessage.printable(key.rawValue) : IdentityMask.shown(key)
    }
}
