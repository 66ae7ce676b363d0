import Foundation
import HL7v2

/// Files of messages as a person names them; `-` is standard input.
enum MessageFiles {
    /// The messages of all files, in order: one a file, many, or batches.
    ///
    /// - Throws: `CommandFailure(.noInput)` where a file cannot be read.
    static func messages(in files: [String]) throws -> [[UInt8]] {
        try files.flatMap { file -> [[UInt8]] in
            HL7Batch.split(try bytes(of: file)).map(\.bytes)
        }
    }

    private static func bytes(of file: String) throws -> [UInt8] {
        if file == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandFailure(.noInput, "\(file) cannot be read.")
        }
        return Array(data)
    }
}
