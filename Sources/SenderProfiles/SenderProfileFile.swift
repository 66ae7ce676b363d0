package import ADT

/// A sender profile as it was read from a file: whose habits, and what the file said.
///
/// The file is YAML; `uk-default.yaml` (`ShippedProfiles`) shows every key with its meaning. A profile extends another
/// and says only what differs: lists and words take the place of the other's, maps (classes, codes, trigger events) are
/// taken over key by key. Without `extends` it extends `uk-default`.
package struct SenderProfileFile: Sendable, Equatable {
    /// What settings and commands call it.
    package let name: String
    /// What people call it.
    package let title: String
    /// The senders whose habits these are; they are not taken over from the extended profile.
    package let senders: [SenderPattern]
    package let profile: SenderProfile
    /// The file as written.
    package let text: String

    /// Reads one file.
    ///
    /// - Parameters:
    ///   - file: what errors call the file.
    ///   - library: where `extends` finds other profiles.
    /// - Throws: everything that is wrong in the file, in the order of its lines.
    package static func read(
        _ bytes: [UInt8], name file: String, extending library: ProfileLibrary = ShippedProfiles.library
    ) throws(SenderProfileError) -> SenderProfileFile {
        try ProfileReading(bytes, file: file).finished(extending: library.profiles)
    }

    /// Reads one file's text.
    package static func read(
        _ text: String, name file: String, extending library: ProfileLibrary = ShippedProfiles.library
    ) throws(SenderProfileError) -> SenderProfileFile {
        try read(Array(text.utf8), name: file, extending: library)
    }
}
