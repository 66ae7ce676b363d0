import HL7v2

/// Files of messages as a person names them; `-` is standard input.
enum MessageFiles {
    /// The messages of all files, in order: one a file, many, or batches.
    ///
    /// - Throws: `CommandFailure(.noInput)` where a file cannot be read.
    static func messages(in files: [String]) throws -> [[UInt8]] {
        try files.flatMap(messages(in:))
    }

    /// The messages of one file, in order.
    ///
    /// - Throws: `CommandFailure(.noInput)` where it cannot be read.
    static func messages(in file: String) throws -> [[UInt8]] {
        HL7Batch.split(try InputFile.bytes(of: file)).map(\.bytes)
    }
}
