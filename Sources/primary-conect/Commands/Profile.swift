import ADT
import ArgumentParser
import Foundation
import SenderProfiles

/// Shows sender profiles, and checks them against real messages.
struct ProfileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile", abstract: "Shows sender profiles, and checks them against real messages.",
        discussion: """
            Examples:
              primary-conect profile show uk-default                            every key, with what it means
              primary-conect profile check moorland.yaml --against week.hl7     what would be read, and what is missed

            A sender profile tells the habits of one kind of sender: where the NHS number, the practice and the ward stand, and
            what its codes mean. Own profiles are YAML files in the folder of the setting profiles.
            """,
        subcommands: [List.self, Show.self, Check.self])

    /// Prints the profiles there are.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the profiles there are, and whose habits they are.")

        @OptionGroup var installation: InstallationOptions
        @Flag(help: "One JSON object.")
        var json = false

        func run() async throws {
            try await reporting {
                let library = try ProfileFolder.library(try await Installation(options: installation).settings)
                if json {
                    let items = library.profiles.map { file in
                        let senders = file.senders.map {
                            "{\"application\":\($0.application.map(jsonText) ?? "null")"
                                + ",\"facility\":\($0.facility.map(jsonText) ?? "null")}"
                        }
                        return "{\"name\":\(jsonText(file.name)),\"title\":\(jsonText(file.title))"
                            + ",\"senders\":[\(senders.joined(separator: ","))]}"
                    }
                    Console.out("{\"schema\":\"profiles/1\",\"profiles\":[\(items.joined(separator: ","))]}")
                    return
                }
                var table = Table("NAME", "TITLE", "SENDERS")
                for file in library.profiles {
                    table.add(file.name, file.title, file.senders.map(\.description).joined(separator: ", "))
                }
                Console.out(table.text)
            }
        }
    }

    /// Prints the YAML of a profile.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Prints the YAML of a profile.")

        @OptionGroup var installation: InstallationOptions
        @Argument(help: "Its name.")
        var name: String

        func run() async throws {
            try await reporting {
                let library = try ProfileFolder.library(try await Installation(options: installation).settings)
                let text = try ProfileName.find(name, in: library).text
                Console.out(text.hasSuffix("\n") ? String(text.dropLast()) : text)
            }
        }
    }
}
