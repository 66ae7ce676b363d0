/// The profiles that come with the program, whatever machine it is installed on.
///
/// Their YAML stands in the program itself, one file of source each in `Profiles`; `uk-default` is the documentation of
/// the format.
package enum ShippedProfiles {
    /// By name; `uk-default` first.
    package static var all: [SenderProfileFile] { library.profiles }

    package static func named(_ name: String) -> SenderProfileFile? { library.named(name) }

    /// The shipped profiles alone. A mistake in one of them leaves that one out, and a test fails.
    package static let library: ProfileLibrary = {
        var found: [SenderProfileFile] = []
        for (file, text) in sources {
            var reading = ProfileReading(Array(text.utf8), file: file)
            if let profile = reading.finish(extending: found) { found.append(profile) }
        }
        return ProfileLibrary(found)
    }()

    /// File names and what they hold; a profile stands behind the one it extends.
    static let sources: [(file: String, text: String)] = [
        ("uk-default.yaml", ukDefault), ("cerner.yaml", cerner), ("epic.yaml", epic), ("itk.yaml", itk),
        ("lorenzo.yaml", lorenzo), ("trakcare.yaml", trakcare),
    ]
}
