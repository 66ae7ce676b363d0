import EventSourcing
import Testing

struct NameTests {
    @Test(arguments: ["R", "RH5", "ZX901", "Y-1", "ABCDEFGHIJ12"])
    func `an ODS code names a log`(code: String) {
        #expect(LogName(code)?.rawValue == code)
    }

    @Test(arguments: ["", "rh5", "RH 5", "RH5\u{0}", "ABCDEFGHIJ123", "Ä", "R'5"])
    func `anything else does not`(code: String) {
        #expect(LogName(code) == nil)
    }

    @Test func `a stream's name is kept as it is up to 255 bytes`() {
        let name = "encounter:RH5|" + String(repeating: "9", count: 241)
        #expect(StreamName(name).rawValue == name)
    }

    @Test func `longer names stay distinct and within 255 bytes`() {
        let long = String(repeating: "é", count: 500)
        let (first, second) = (StreamName(long + "a"), StreamName(long + "b"))
        #expect(first != second)
        #expect(first == StreamName(long + "a"))
        #expect(first.rawValue.utf8.count <= 255)
        #expect(first.rawValue.hasPrefix("éééé"))
    }

    @Test func `a NUL is shown, not stored`() {
        #expect(StreamName("a\u{0}b").rawValue == "a\u{2400}b")
    }

    @Test func `names are compared by bytes, not by Unicode's equivalence`() {
        let composed = StreamName("patient:RH5|caf\u{E9}")
        let decomposed = StreamName("patient:RH5|cafe\u{301}")
        #expect(composed != decomposed)
        #expect(decomposed < composed)
    }

    @Test func `a message's key clips what an index cannot hold`() {
        let message = ReceivedMessage(
            sender: String(repeating: "S", count: 5_000), controlID: String(repeating: "\u{0}", count: 5_000),
            bytes: [1, 2, 3],
            trigger: "", disposition: .quarantined, answer: "AA", receivedFrom: "file")
        let key = MessageKey(message)
        #expect(key.sender.utf8.count <= MessageKey.textBytesMax)
        #expect(key.controlID.utf8.count <= MessageKey.textBytesMax)
        #expect(!key.controlID.utf8.contains(0))
        #expect(key.digest == Digest(of: [1, 2, 3]))
    }
}
