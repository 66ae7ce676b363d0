/// Why bytes could not be read as the JSON that was asked for.
package struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was wrong.
    package enum Code: String, Sendable {
        /// The bytes ended too early.
        case unexpectedEnd
        /// Another token stood there than the one asked for or allowed (RFC 8259).
        case unexpectedByte
        /// A string with a bare control character, a broken escape or bytes that are not UTF-8.
        case invalidString
        /// A number with a fraction or exponent, or beyond 64 bits.
        case notAnInteger
        /// Deeper than `JSONReader.depthMax`.
        case tooDeep
        /// The value was sound JSON but not one of those expected; thrown by those who read.
        case unexpectedValue
        /// A field that must be there was not; thrown by those who read.
        case missingField
    }

    /// What was wrong.
    package let code: Code
    /// The place in bytes from the beginning.
    package let offset: Int

    /// Makes an error.
    package init(_ code: Code, offset: Int) {
        self.code = code
        self.offset = offset
    }

    package var description: String { "json.\(code.rawValue) at byte \(offset)" }
}
