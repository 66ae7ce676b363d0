import Foundation
import SenderProfiles

/// Sender profiles as a person types them: the name of one, or a file.
enum ProfileName {
    /// The profile of that name, else of that file.
    ///
    /// - Parameter library: where names are looked up, and what a file may extend.
    /// - Throws: `CommandFailure(.badData)` where there is none of that name, or the file has mistakes.
    static func find(_ name: String, in library: ProfileLibrary = ShippedProfiles.library) throws -> SenderProfileFile {
        if let found = library.named(name) { return found }
        guard isFile(name) else {
            throw CommandFailure(
                .badData,
                "There is no profile '\(name)'; there are \(library.profiles.map(\.name).joined(separator: ", ")).",
                next: "primary-conect profile list")
        }
        do {
            return try SenderProfileFile.read(try InputFile.bytes(of: name), name: name, extending: library)
        } catch let error as SenderProfileError {
            throw CommandFailure(.badData, "The profile has mistakes.\n\(error)")
        }
    }

    /// Whether a file is meant rather than a name.
    static func isFile(_ name: String) -> Bool {
        name.contains("/") || name.contains(".") || FileManager.default.fileExists(atPath: name)
    }
}
