/// Reads JSON from bytes, value by value, as the caller asks for it.
///
/// RFC 8259, objects and arrays up to `depthMax` deep. Never traps, whatever the bytes. A reader that has thrown is
/// used no more. The usual shape:
///
/// ```swift
/// var reader = JSONReader(bytes)
/// try reader.beginObject()
/// while let key = try reader.nextKey() {
///     switch key {
///     case "version": version = try reader.readInt64()
///     case "given":
///         try reader.beginArray()
///         while try reader.nextElement() { given.append(try reader.readString()) }
///     default: try reader.skipValue()
///     }
/// }
/// try reader.readEnd()
/// ```
package struct JSONReader: Sendable {
    /// What kind of value comes next.
    package enum Kind: Sendable {
        case object, array, string, number, bool, null
    }

    /// The deepest nesting read.
    package static let depthMax = 64

    /// The place of the next byte to be read, from the beginning.
    package private(set) var offset = 0

    private let bytes: [UInt8]
    private var depth = 0
    private var isFirst = true

    /// Makes a reader at the beginning of the bytes.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Enters an object; `nextKey` follows until it gives `nil`.
    package mutating func beginObject() throws(JSONError) {
        try open(UInt8(ascii: "{"))
    }

    /// Moves to the object's next field; `nil` after the last, which leaves the object.
    package mutating func nextKey() throws(JSONError) -> JSONKey? {
        guard try advance(closing: UInt8(ascii: "}")) else { return nil }
        let key = try readStringBytes()
        try expect(UInt8(ascii: ":"))
        return JSONKey(key)
    }

    /// Enters an array; `nextElement` follows until it gives `false`.
    package mutating func beginArray() throws(JSONError) {
        try open(UInt8(ascii: "["))
    }

    /// Moves to the array's next element; `false` after the last, which leaves the array.
    package mutating func nextElement() throws(JSONError) -> Bool {
        try advance(closing: UInt8(ascii: "]"))
    }

    /// Reads an object field by field; the body reads or skips each value.
    package mutating func readObject(
        _ body: (inout JSONReader, JSONKey) throws(JSONError) -> Void
    ) throws(JSONError) {
        try beginObject()
        while let key = try nextKey() { try body(&self, key) }
    }

    /// Reads an array element by element; the body reads or skips each.
    package mutating func readArray(_ body: (inout JSONReader) throws(JSONError) -> Void) throws(JSONError) {
        try beginArray()
        while try nextElement() { try body(&self) }
    }

    /// Reads an array of strings.
    package mutating func readStrings() throws(JSONError) -> [String] {
        var strings: [String] = []
        try beginArray()
        while try nextElement() { strings.append(try readString()) }
        return strings
    }

    /// Reads a string.
    package mutating func readString() throws(JSONError) -> String {
        let start = offset
        let content = try readStringBytes()
        do {
            return String(copying: try UTF8Span(validating: content.span))
        } catch {
            throw JSONError(.invalidString, offset: start)
        }
    }

    /// Reads an integer within 64 bits, without fraction or exponent.
    package mutating func readInt64() throws(JSONError) -> Int64 {
        let first = try nextByte()
        let start = offset
        let isNegative = first == UInt8(ascii: "-")
        if isNegative { offset += 1 }
        var value: Int64 = 0
        let digits = offset
        while offset < bytes.count, bytes[offset] >= UInt8(ascii: "0"), bytes[offset] <= UInt8(ascii: "9") {
            let digit = Int64(bytes[offset] - UInt8(ascii: "0"))
            let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowed) =
                isNegative ? scaled.subtractingReportingOverflow(digit) : scaled.addingReportingOverflow(digit)
            guard !overflow, !overflowed else { throw JSONError(.notAnInteger, offset: start) }
            value = sum
            offset += 1
        }
        guard offset > digits else { throw JSONError(.unexpectedByte, offset: start) }
        guard bytes[digits] != UInt8(ascii: "0") || offset == digits + 1 else {
            throw JSONError(.unexpectedByte, offset: start)
        }
        if offset < bytes.count, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[offset]) {
            throw JSONError(.notAnInteger, offset: start)
        }
        isFirst = false
        return value
    }

    /// Reads `true` or `false`.
    package mutating func readBool() throws(JSONError) -> Bool {
        if try nextByte() == UInt8(ascii: "t") {
            try take("true")
            return true
        }
        try take("false")
        return false
    }

    /// Reads `null`.
    package mutating func readNull() throws(JSONError) {
        _ = try nextByte()
        try take("null")
    }

    /// Reads `null` if it comes next, and says whether it did.
    package mutating func readIfNull() throws(JSONError) -> Bool {
        guard try nextByte() == UInt8(ascii: "n") else { return false }
        try take("null")
        return true
    }

    /// Reads an instant from its RFC 3339 text.
    package mutating func readInstant() throws(JSONError) -> Instant {
        let start = offset
        guard let instant = Instant(iso8601Bytes: try readStringBytes()) else {
            throw JSONError(.unexpectedValue, offset: start)
        }
        return instant
    }

    /// Reads over one value of any kind.
    package mutating func skipValue() throws(JSONError) {
        switch try peek() {
        case .object:
            try beginObject()
            while try nextKey() != nil { try skipValue() }
        case .array:
            try beginArray()
            while try nextElement() { try skipValue() }
        case .string: _ = try readStringBytes()
        case .number: try skipNumber()
        case .bool: _ = try readBool()
        case .null: try readNull()
        }
    }

    /// Reads over one value and gives its bytes as they stand.
    package mutating func readRaw() throws(JSONError) -> ArraySlice<UInt8> {
        _ = try nextByte()
        let start = offset
        try skipValue()
        return bytes[start..<offset]
    }

    /// Tells what kind of value comes next, without reading it.
    package mutating func peek() throws(JSONError) -> Kind {
        switch try nextByte() {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw JSONError(.unexpectedByte, offset: offset)
        }
    }

    /// Makes sure that nothing but blanks follows.
    package mutating func readEnd() throws(JSONError) {
        skipBlanks()
        guard offset == bytes.count else { throw JSONError(.unexpectedByte, offset: offset) }
    }

    // MARK: Tokens

    private mutating func skipBlanks() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0A, 0x0D: offset += 1
            default: return
            }
        }
    }

    private mutating func nextByte() throws(JSONError) -> UInt8 {
        skipBlanks()
        guard offset < bytes.count else { throw JSONError(.unexpectedEnd, offset: offset) }
        return bytes[offset]
    }

    private mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard try nextByte() == byte else { throw JSONError(.unexpectedByte, offset: offset) }
        offset += 1
    }

    private mutating func open(_ byte: UInt8) throws(JSONError) {
        try expect(byte)
        guard depth < Self.depthMax else { throw JSONError(.tooDeep, offset: offset) }
        depth += 1
        isFirst = true
    }

    private mutating func advance(closing: UInt8) throws(JSONError) -> Bool {
        if try nextByte() == closing {
            offset += 1
            depth -= 1
            isFirst = false
            return false
        }
        if isFirst { isFirst = false } else { try expect(UInt8(ascii: ",")) }
        return true
    }

    private mutating func take(_ literal: StaticString) throws(JSONError) {
        let count = literal.utf8CodeUnitCount
        guard offset + count <= bytes.count else { throw JSONError(.unexpectedEnd, offset: offset) }
        let isEqual = literal.withUTF8Buffer { bytes[offset..<offset + count].elementsEqual($0) }
        guard isEqual else { throw JSONError(.unexpectedByte, offset: offset) }
        offset += count
        isFirst = false
    }

    private mutating func skipNumber() throws(JSONError) {
        let start = offset
        var scanner = JSONNumberScanner()
        while offset < bytes.count, scanner.take(bytes[offset]) { offset += 1 }
        guard scanner.isComplete else { throw JSONError(.unexpectedByte, offset: start) }
        isFirst = false
    }

    /// The content of a string: a slice of the input, or a copy when it holds escapes. Not yet checked to be UTF-8.
    private mutating func readStringBytes() throws(JSONError) -> ArraySlice<UInt8> {
        try expect(UInt8(ascii: "\""))
        let start = offset
        offset = endOfPlainText(from: start)
        guard offset < bytes.count else { throw JSONError(.unexpectedEnd, offset: offset) }
        switch bytes[offset] {
        case UInt8(ascii: "\""):
            offset += 1
            isFirst = false
            return bytes[start..<offset - 1]
        case UInt8(ascii: "\\"): return try readEscapedString(from: start)
        default: throw JSONError(.invalidString, offset: offset)
        }
    }

    /// Where the next quote, backslash or control character stands, or the bytes end.
    private func endOfPlainText(from start: Int) -> Int {
        let span = bytes.span
        var end = start
        while end < span.count, span[end] >= 0x20, span[end] != UInt8(ascii: "\""), span[end] != UInt8(ascii: "\\") {
            end += 1
        }
        return end
    }

    private mutating func readEscapedString(from start: Int) throws(JSONError) -> ArraySlice<UInt8> {
        var content = Array(bytes[start..<offset])
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte == UInt8(ascii: "\"") {
                isFirst = false
                return content[...]
            }
            if byte == UInt8(ascii: "\\") {
                try appendEscape(to: &content)
            } else {
                guard byte >= 0x20 else { throw JSONError(.invalidString, offset: offset - 1) }
                content.append(byte)
            }
        }
        throw JSONError(.unexpectedEnd, offset: offset)
    }

    private mutating func appendEscape(to content: inout [UInt8]) throws(JSONError) {
        guard offset < bytes.count else { throw JSONError(.unexpectedEnd, offset: offset) }
        let byte = bytes[offset]
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = try readEscapedScalar()
            for unit in String(scalar).utf8 { content.append(unit) }
        default: throw JSONError(.invalidString, offset: offset - 1)
        }
    }

    private mutating func readEscapedScalar() throws(JSONError) -> Unicode.Scalar {
        let start = offset
        var value = try readHexadecimal()
        if (0xD800...0xDBFF).contains(value) {
            guard offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"), bytes[offset + 1] == UInt8(ascii: "u")
            else { throw JSONError(.invalidString, offset: start) }
            offset += 2
            let low = try readHexadecimal()
            guard (0xDC00...0xDFFF).contains(low) else { throw JSONError(.invalidString, offset: start) }
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else { throw JSONError(.invalidString, offset: start) }
        return scalar
    }

    private mutating func readHexadecimal() throws(JSONError) -> UInt32 {
        guard offset + 4 <= bytes.count else { throw JSONError(.unexpectedEnd, offset: offset) }
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = bytes[offset]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw JSONError(.invalidString, offset: offset)
            }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
    }
}
