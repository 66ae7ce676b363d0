import Admissions

/// Which practices closed, and which took over their patients: the CSV file of the setting `succession`.
enum SuccessionFile {
    /// What the setting names; nobody closed where it is not given.
    ///
    /// - Throws: `CommandFailure(.badConfiguration)` where the file cannot be read, or with a line for each mistake.
    static func named(in settings: Settings) throws -> PracticeSuccession {
        guard let path = settings.text("succession") else { return PracticeSuccession() }
        do {
            return try read(path)
        } catch let failure as CommandFailure {
            throw CommandFailure(.badConfiguration, "Of the setting succession: \(failure.description)")
        }
    }

    /// What a file that was named on the command line says.
    ///
    /// - Throws: `CommandFailure(.noInput)` where it cannot be read, `CommandFailure(.badData)` with a line for each
    ///   mistake.
    static func read(_ path: String) throws -> PracticeSuccession {
        let bytes = try InputFile.bytes(of: path)
        do throws(PracticeSuccessionError) {
            return try PracticeSuccessionFile.read(bytes, name: path)
        } catch {
            throw CommandFailure(.badData, "The file of practices that closed has mistakes.\n\(error)")
        }
    }
}
