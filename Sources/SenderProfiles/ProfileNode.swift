/// A part of a profile's file, and where it stands.
///
/// YAML without what a profile has no use for: every value is text as written, keys are text and stand once.
struct ProfileNode: Equatable {
    struct Place: Equatable {
        let line: Int
        let column: Int

        static let beginning = Place(line: 1, column: 1)
    }

    struct Entry: Equatable {
        let key: String
        let place: Place
        let value: ProfileNode
    }

    indirect enum Value: Equatable {
        /// Left empty, `~` or `null`.
        case nothing
        case text(String)
        case list([ProfileNode])
        case map([Entry])
    }

    let place: Place
    let value: Value

    /// What a key of a map says; nil where it is no map, or the map has no such key.
    func entry(_ key: String) -> Entry? {
        guard case .map(let entries) = value else { return nil }
        return entries.first { $0.key == key }
    }

    /// The text; nil where it is anything else.
    var text: String? {
        guard case .text(let text) = value else { return nil }
        return text
    }
}
