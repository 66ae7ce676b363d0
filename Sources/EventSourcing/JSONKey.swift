/// The name of an object's field, compared without building a string.
///
/// ```swift
/// while let key = try reader.nextKey() {
///     switch key {
///     case "class": …
///     default: try reader.skipValue()
///     }
/// }
/// ```
package struct JSONKey: Sendable, Equatable {
    private let bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
    }

    /// The name as a string, for keys that are data.
    package var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Whether the name is `name`, byte for byte.
    package func equals(_ name: StaticString) -> Bool {
        guard name.hasPointerRepresentation else { return string == name.description }
        guard name.utf8CodeUnitCount == bytes.count else { return false }
        let span = bytes.span
        return name.withUTF8Buffer { wanted in
            for index in span.indices where span[index] != wanted[index] { return false }
            return true
        }
    }

    package static func ~= (name: StaticString, key: JSONKey) -> Bool {
        key.equals(name)
    }
}
