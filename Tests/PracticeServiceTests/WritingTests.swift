import EventSourcing
import Foundation
import HTTPTypes
import Testing

@testable import PracticeService

@Suite struct JSONAnswerTests {
    @Test func `members stand in the order they were written in`() {
        var json = JSONAnswer()
        json.beginObject()
        json.field("z", "a")
        json.field("b", Int64(-5))
        json.field("none", nil as String?)
        json.key("list")
        json.beginArray()
        json.beginArray()
        json.endArray()
        json.beginObject()
        json.endObject()
        json.bool(true)
        json.json(Array("[1]".utf8))
        json.endArray()
        json.field("t", systemTime: Given.instant("1969-12-31T23:59:59.5Z"))
        json.endObject()
        #expect(
            String(decoding: json.bytes, as: UTF8.self)
                == #"{"z":"a","b":-5,"none":null,"list":[[],{},true,[1]],"t":"1969-12-31T23:59:59Z"}"#)
    }

    @Test func `every scalar up to U+07FF, and beyond, is read back as it was`() throws {
        let scalars = (0...0x7FF).compactMap(Unicode.Scalar.init) + ["\u{2028}", "\u{FEFF}", "\u{10FFFF}", "\u{1F600}"]
        for scalar in scalars {
            let text = "a\(Character(scalar))b"
            var json = JSONAnswer()
            json.beginArray()
            json.string(text)
            json.endArray()
            let read = try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String]
            #expect(read?.first?.unicodeScalars.elementsEqual(text.unicodeScalars) == true, "U+\(scalar.value)")
        }
    }
}

@Suite struct Base64URLTests {
    @Test func `the vectors of RFC 4648 section 10 hold, without padding`() {
        for (text, encoded) in [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ] {
            #expect(Base64URL.encode(text.utf8) == encoded)
            #expect(Base64URL.decode(encoded.utf8) == Array(text.utf8))
        }
        #expect(Base64URL.encode([0xFB, 0xFF]) == "-_8")
    }

    @Test func `a text that is not the one encoding of its bytes is refused`() {
        for text in ["Z", "Zg==", "Zh", "Zm9", "Zm9v!", "Zm 9v", "+/8", "Zm9vY"] {
            #expect(Base64URL.decode(text.utf8) == nil, "\(text)")
        }
    }
}

@Suite struct ProblemCodeTests {
    @Test func `every code of a problem has a page, a status and words`() {
        for code in ProblemCode.allCases {
            #expect(code.type == "/problems/" + code.rawValue.replacingOccurrences(of: "_", with: "-"))
            #expect((400...599).contains(code.status.code))
        }
    }
}
