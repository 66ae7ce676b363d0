import Admissions
import Foundation

/// Which practices closed, and which took over their patients: the CSV file of the setting `succession`.
enum SuccessionFile {
    /// What the setting names; nobody closed where it is not given.
    ///
    /// - Throws: `CommandFailure(.badConfiguration)` where the file cannot be read, or with a line for each mistake.
    static func named(in settings: Settings) throws -> PracticeSuccession {
        guard let path = settings.text("succession") else { return PracticeSuccession() }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(.badConfiguration, "The file \(path) of the setting succession cannot be read.")
        }
        do throws(PracticeSuccessionError) {
            return try PracticeSuccessionFile.read(Array(data), name: path)
        } catch {
            throw CommandFailure(.badConfiguration, "The file of practices that closed has mistakes.\n\(error)")
        }
    }

    /// What a file that was named on the command line says.
    ///
    /// - Throws: `CommandFailure(.noInput)` where it cannot be read, `CommandFailure(.badData)` with a line for each
    ///   mistake.
    static func read(_ path: String) throws -> PracticeSuccession {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(.noInput, "\(path) cannot be read.")
        }
        do throws(PracticeSuccessionError) {
            return try PracticeSuccessionFile.read(Array(data), name: path)
        } catch {
            throw CommandFailure(.badData, "The file of practices that closed has mistakes.\n\(error)")
        }
    }
}
