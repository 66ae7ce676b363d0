import Foundation
import SenderProfiles

/// The installation's own sender profiles: the YAML files in the folder of the setting `profiles`.
enum ProfileFolder {
    /// The shipped profiles and the installation's own.
    ///
    /// - Throws: `CommandFailure(.badConfiguration)` where the folder cannot be read, or with a line for each mistake
    ///   in its files.
    static func library(_ settings: Settings) throws -> ProfileLibrary {
        let sources = try sources(settings)
        do {
            return try ShippedProfiles.library.adding(sources)
        } catch {
            let count = error.problems.count
            throw CommandFailure(
                .badConfiguration,
                "The sender profiles have \(count) \(count == 1 ? "mistake" : "mistakes").\n\(error)",
                next: "primary-conect profile check \(error.problems.first?.file ?? "")")
        }
    }

    /// The files of the folder; none without the setting.
    ///
    /// - Throws: `CommandFailure(.badConfiguration)` where the folder or a file cannot be read.
    static func sources(_ settings: Settings) throws -> [ProfileLibrary.Source] {
        guard let folder = settings.text("profiles") else { return [] }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw CommandFailure(.badConfiguration, "The folder \(folder) of the setting profiles cannot be read.")
        }
        let files = names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
        return try files.map { name in
            let path = URL(filePath: folder).appending(path: name).path
            guard let data = FileManager.default.contents(atPath: path) else {
                throw CommandFailure(.badConfiguration, "The sender profile \(path) cannot be read.")
            }
            return ProfileLibrary.Source(file: path, bytes: Array(data))
        }
    }
}
