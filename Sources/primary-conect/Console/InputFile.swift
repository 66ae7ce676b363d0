import Foundation

/// A file as a person names it; `-` is standard input.
enum InputFile {
    /// All that it holds.
    ///
    /// - Throws: `CommandFailure(.noInput)` where it cannot be read.
    static func bytes(of file: String) throws -> [UInt8] {
        if file == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandFailure(.noInput, "\(file) cannot be read.")
        }
        return Array(data)
    }
}
