import EventSourcing
import Testing

struct JSONReaderTests {
    private func reader(_ text: String) -> JSONReader {
        JSONReader(Array(text.utf8))
    }

    @Test func `an object is read field by field`() throws {
        var reader = reader(
            #" { "n" : -12 , "s" : "x" , "skip" : [1.5e3, {"a": null}, "\n"], "list": ["a","b"],"t":true,"z":null } "#
        )
        var seen: [String] = []
        try reader.beginObject()
        while let key = try reader.nextKey() {
            seen.append(key.string)
            switch key {
            case "n": #expect(try reader.readInt64() == -12)
            case "s": #expect(try reader.readString() == "x")
            case "list": #expect(try reader.readStrings() == ["a", "b"])
            case "t": #expect(try reader.readBool())
            case "z": #expect(try reader.readIfNull())
            default: try reader.skipValue()
            }
        }
        try reader.readEnd()
        #expect(seen == ["n", "s", "skip", "list", "t", "z"])
    }

    @Test func `escapes are undone`() throws {
        var reader = reader(#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#)
        #expect(try reader.readString() == "\"\\/\u{8}\u{C}\n\r\té😀")
    }

    @Test func `a key is compared by its bytes`() throws {
        var reader = reader(#"{"\u0061b":1}"#)
        try reader.beginObject()
        let key = try #require(try reader.nextKey())
        #expect(key.equals("ab"))
        #expect(!key.equals("a"))
        #expect(!key.equals("abc"))
    }

    @Test(arguments: [
        "", "{", "[", "{]", "[}", "{,}", "[,]", "[1,]", #"{"a":1,}"#, #"{"a"}"#, #"{"a":}"#, "{1:2}", "nul", "tru",
        "+1", "-", "01", "1.", ".5",
        "1e", "1e+", "\"", "\"\n\"", #""\x""#, #""\u12""#, #""\ud800""#, #""\ud800\u0041""#, "[1 2]", #"{"a":1 "b":2}"#,
        "'a'", "NaN", "1 1",
    ])
    func `what is not JSON is refused`(text: String) {
        #expect(throws: JSONError.self) {
            var reader = reader(text)
            try reader.skipValue()
            try reader.readEnd()
        }
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        #expect(throws: JSONError(.invalidString, offset: 0)) {
            var reader = JSONReader([UInt8(ascii: "\""), 0xFF, UInt8(ascii: "\"")])
            _ = try reader.readString()
        }
    }

    @Test func `an integer beyond 64 bits or with a fraction is refused`() throws {
        for text in ["9223372036854775808", "-9223372036854775809", "1.0", "1e2", "99999999999999999999999"] {
            #expect(throws: JSONError(.notAnInteger, offset: 0)) {
                var reader = reader(text)
                _ = try reader.readInt64()
            }
        }
        var least = reader("-9223372036854775808")
        #expect(try least.readInt64() == .min)
    }

    @Test func `depth is limited`() throws {
        let deep =
            String(repeating: "[", count: JSONReader.depthMax) + String(repeating: "]", count: JSONReader.depthMax)
        var sound = reader(deep)
        try sound.skipValue()
        #expect(throws: JSONError(.tooDeep, offset: JSONReader.depthMax + 1)) {
            var reader = reader("[" + deep + "]")
            try reader.skipValue()
        }
    }

    @Test func `a raw value is given as it stands`() throws {
        var reader = reader(#"[ {"a" : [1, 2]} , 3]"#)
        try reader.beginArray()
        _ = try reader.nextElement()
        #expect(String(decoding: try reader.readRaw(), as: UTF8.self) == #"{"a" : [1, 2]}"#)
        #expect(try reader.nextElement())
        #expect(try reader.readInt64() == 3)
        #expect(try !reader.nextElement())
    }

    @Test func `whatever the writer writes the reader reads`() throws {
        for seed in 0..<300 {
            var generator = SeededGenerator(seed: UInt64(seed))
            let value = RandomJSON.make(depth: 4, using: &generator)
            var writer = JSONWriter()
            value.write(to: &writer)
            var reader = JSONReader(writer.bytes)
            #expect(try RandomJSON(reading: &reader) == value)
            try reader.readEnd()
        }
    }

    @Test func `no bytes make it trap`() {
        var generator = SeededGenerator(seed: 7)
        let alphabet = Array(#"{}[]",:\u0123dfE+-.truefalsn "#.utf8)
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                Bool.random(using: &generator)
                    ? alphabet.randomElement(using: &generator) ?? 0 : UInt8.random(in: 0...255, using: &generator)
            }
            var reader = JSONReader(bytes)
            // Whether it is JSON does not matter here.
            _ = try? reader.skipValue()
            #expect(reader.offset <= bytes.count)
        }
    }
}

/// A value of any shape, for the round trip.
private indirect enum RandomJSON: Equatable {
    case object([String: RandomJSON])
    case array([RandomJSON])
    case string(String)
    case integer(Int64)
    case bool(Bool)
    case null

    static func make(depth: Int, using generator: inout SeededGenerator) -> RandomJSON {
        switch Int.random(in: depth > 0 ? 0...5 : 2...5, using: &generator) {
        case 0:
            var fields: [String: RandomJSON] = [:]
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                fields[text(using: &generator)] = make(depth: depth - 1, using: &generator)
            }
            return .object(fields)
        case 1:
            return .array(
                (0..<Int.random(in: 0...4, using: &generator)).map { _ in make(depth: depth - 1, using: &generator) })
        case 2: return .string(text(using: &generator))
        case 3: return .integer(Int64.random(in: .min ... .max, using: &generator))
        case 4: return .bool(Bool.random(using: &generator))
        default: return .null
        }
    }

    private static func text(using generator: inout SeededGenerator) -> String {
        let scalars: [Unicode.Scalar] = ["a", "Z", "\"", "\\", "\n", "\u{0}", "\u{1F}", "é", "€", "😀", "/", "\u{7F}"]
        var view = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...6, using: &generator) {
            view.append(scalars.randomElement(using: &generator) ?? "a")
        }
        return String(view)
    }

    func write(to writer: inout JSONWriter) {
        switch self {
        case .object(let fields):
            writer.beginObject()
            for (key, value) in fields.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
                writer.key(text: key)
                value.write(to: &writer)
            }
            writer.endObject()
        case .array(let values):
            writer.beginArray()
            for value in values { value.write(to: &writer) }
            writer.endArray()
        case .string(let value): writer.string(value)
        case .integer(let value): writer.integer(value)
        case .bool(let value): writer.bool(value)
        case .null: writer.null()
        }
    }

    init(reading reader: inout JSONReader) throws(JSONError) {
        switch try reader.peek() {
        case .object:
            var fields: [String: RandomJSON] = [:]
            try reader.readObject { reader, key throws(JSONError) in
                fields[key.string] = try RandomJSON(reading: &reader)
            }
            self = .object(fields)
        case .array:
            var values: [RandomJSON] = []
            try reader.readArray { reader throws(JSONError) in values.append(try RandomJSON(reading: &reader)) }
            self = .array(values)
        case .string: self = .string(try reader.readString())
        case .number: self = .integer(try reader.readInt64())
        case .bool: self = .bool(try reader.readBool())
        case .null:
            try reader.readNull()
            self = .null
        }
    }
}
