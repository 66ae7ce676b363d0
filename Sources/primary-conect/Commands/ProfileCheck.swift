import ADT
import ArgumentParser
import Foundation
import SenderProfiles

extension ProfileCommand {
    /// Checks a profile's file, and says what it would read from real messages.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks a profile, and says field by field what it would read from real messages.",
            discussion: """
                Examples:
                  primary-conect profile check moorland.yaml
                  primary-conect profile check moorland.yaml --against monday.hl7 tuesday.hl7
                  primary-conect profile check cerner --against week.hl7 --json

                Mistakes are printed as FILE:LINE:COL: code: sentence, and end the command with 65. Of the messages only codes
                and counts are printed, never a name, a number or a date. NEEDED counts the messages of a kind that should tell
                a field, LACK the share of them that it was not read from.
                """)

        @OptionGroup var installation: InstallationOptions
        @Option(parsing: .upToNextOption, help: "Files of HL7 messages; - for standard input.")
        var against: [String] = []
        @Flag(help: "One JSON object.")
        var json = false
        @Argument(help: "A YAML file, or the name of a profile that is there.")
        var file: String

        func run() async throws {
            try await reporting {
                let settings = try await Installation(options: installation).settings
                let profile: SenderProfileFile
                do {
                    profile = try read(settings)
                } catch let error as SenderProfileError {
                    tell(error.problems)
                    throw ExitStatus.badData.exit
                }
                guard !against.isEmpty else {
                    let json = ProfileReport(profile, survey: nil).json
                    Console.out(self.json ? json : "\(profile.name)  \(Console.mark(.ok))  \(profile.title)")
                    return
                }
                var survey = ReadingSurvey(profile: profile.profile)
                for message in try MessageFiles.messages(in: against) { survey.take(message) }
                let report = ProfileReport(profile, survey: survey)
                Console.out(json ? report.json : report.text)
            }
        }

        /// The profile, by its name or from its file; an own file may extend the others of the folder.
        private func read(_ settings: Settings) throws -> SenderProfileFile {
            guard ProfileName.isFile(file) else {
                return try ProfileName.find(file, in: try ProfileFolder.library(settings))
            }
            let bytes = try InputFile.bytes(of: file)
            let path = URL(filePath: file).standardizedFileURL.path
            let others = try ProfileFolder.sources(settings).filter {
                URL(filePath: $0.file).standardizedFileURL.path != path
            }
            let library: ProfileLibrary
            do {
                library = try ShippedProfiles.library.adding(others + [.init(file: file, bytes: bytes)])
            } catch {
                // Mistakes of the others count only where this one needs them.
                let own = error.problems.filter { $0.file == file }
                guard own.isEmpty else { throw SenderProfileError(problems: own) }
                guard let alone = try? SenderProfileFile.read(bytes, name: file) else { throw error }
                return alone
            }
            return try SenderProfileFile.read(bytes, name: file, extending: library)
        }

        private func tell(_ problems: [ProfileProblem]) {
            guard json else {
                for problem in problems { Console.out(problem.description) }
                Console.out("\(problems.count) \(problems.count == 1 ? "mistake" : "mistakes").")
                return
            }
            let items = problems.map {
                "{\"file\":\(jsonText($0.file)),\"line\":\($0.line),\"column\":\($0.column)"
                    + ",\"code\":\"\($0.code.rawValue)\",\"sentence\":\(jsonText($0.sentence))}"
            }
            Console.out(
                "{\"schema\":\"profile-check/1\",\"valid\":false,\"problems\":[\(items.joined(separator: ","))]}")
        }
    }
}
