import ADT
import Admissions
import ArgumentParser
import EventLog
import EventSourcing
import Foundation
import HL7v2
import SenderProfiles
import Simulator

/// Prints what messages come to together, without a database.
struct JourneyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journey", abstract: "Prints what HL7 messages come to together, as JSON: no database needed.",
        discussion: """
            Examples:
              primary-conect journey 01_A01.hl7 02_A02.hl7 03_A03.hl7
              primary-conect journey week.hl7 --profile itk --shuffle 7 --double
              primary-conect journey week.hl7 --succession practices.csv --on 2026-04-01

            Files may hold one message, many, or a batch. One JSON object goes to standard output:
            {"encounters":[{"number","issuer","patient","class","status","arrived_at","admitted_at","discharged_at",
            "expected_discharge","admission_method","admission_source","discharge_method","discharge_destination",
            "specialty","consultant","reason","stays":[{"ward","room","bed","site","from","to"}],"linked_to","flags"}],
            "patients":[{"ref","identifiers":[{"value","issuer","active"}],"nhs_number","nhs_number_status","family",
            "given","prefix","born","gender","deceased","died_at","practice","merged_into"}],
            "quarantined":[{"control_id","trigger","reason","where"}],"refused":[{"control_id","reason"}]}
            Instants are RFC 3339 in UTC; what is not known is null. The order of the messages and repeats change nothing:
            try --shuffle and --double. With --succession, a practice that has closed is shown as the one that took
            over its patients. The output names patients: use it on test messages.
            """)

    @Option(help: "A sender profile: the name of a shipped one, or a YAML file.")
    var profile = "uk-default"
    @Option(help: "A CSV file of practices that closed: closed,successor,from.")
    var succession: String?
    @Option(help: "The day on which practices are asked for, YYYY-MM-DD (default: today).")
    var on: CivilDayArgument?
    @Option(help: "Tell the messages in another order, drawn from this seed.")
    var shuffle: UInt64?
    @Flag(help: "Tell every message twice.")
    var double = false
    @Argument(help: "Files; - for standard input.")
    var files: [String]

    func run() async throws {
        try await reporting {
            let reader = ADTReader(profile: try ProfileName.find(profile).profile)
            var messages = try MessageFiles.messages(in: files)
            if double { messages += messages }
            if let shuffle {
                var generator = SeededGenerator(seed: shuffle)
                messages.shuffle(using: &generator)
            }
            var journey = Journey()
            for message in messages { journey.hear(message, reader: reader) }
            let practices = try succession.map(SuccessionFile.read) ?? PracticeSuccession()
            let day = on?.day ?? LondonDay(of: WallClock.now())
            Console.out(try Self.pretty(JourneyReport(journey, succession: practices, at: day).json))
        }
    }

    private static func pretty(_ json: [UInt8]) throws -> String {
        let object = try JSONSerialization.jsonObject(with: Data(json))
        let data = try JSONSerialization.data(
            withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self)
    }
}
