import EventSourcing
import Testing

struct JSONWriterTests {
    private func written(_ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        body(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func `values follow each other without a blank`() {
        let text = written { writer in
            writer.beginObject()
            writer.key("a")
            writer.beginArray()
            writer.integer(.min)
            writer.integer(0)
            writer.integer(.max)
            writer.bool(true)
            writer.null()
            writer.beginObject()
            writer.endObject()
            writer.beginArray()
            writer.endArray()
            writer.endArray()
            writer.key(text: "b\"")
            writer.string("c")
            writer.field("d", Instant(microseconds: 1))
            writer.endObject()
        }
        #expect(
            text
                == #"{"a":[-9223372036854775808,0,9223372036854775807,true,null,{},[]],"b\"":"c","#
                + #""d":"1970-01-01T00:00:00.000001Z"}"#
        )
    }

    @Test func `absent fields are left out`() {
        let text = written { writer in
            writer.beginObject()
            writer.field("a", nil as String?)
            writer.field("b", nil as Int64?)
            writer.field("c", nil as Bool?)
            writer.field("d", nil as Instant?)
            writer.field("e", [])
            writer.field("f", ["x", "y"])
            writer.field("g", false)
            writer.endObject()
        }
        #expect(text == #"{"f":["x","y"],"g":false}"#)
    }

    @Test func `strings are escaped as little as possible`() {
        let text = written { $0.string("\u{8}\t\n\u{C}\r\"\\/\u{0}\u{1F}\u{7F}é😀") }
        #expect(text == #""\b\t\n\f\r\"\\/\u0000\u001f"# + "\u{7F}é😀\"")
    }
}
