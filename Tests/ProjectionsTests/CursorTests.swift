import Testing

@testable import Projections

@Suite struct CursorTests {
    @Test func `a cursor comes back as it went`() throws {
        let cursor = ListCursor(
            list: .discharges, sort: .nightsDescending,
            key: ListKey(first: -1_234_567_890_123, second: .max, ref: "enc_7hq3v0k2mzd41"))
        #expect(try ListCursor(cursor.text, of: .discharges, sort: .nightsDescending) == cursor)
        #expect(!cursor.text.contains("enc_"))
    }

    @Test func `another list, and another order, refuses it`() {
        let cursor = ListCursor(list: .admissions, sort: nil, key: ListKey(first: 5, second: 0, ref: "enc_1"))
        #expect(throws: ProjectionError.cursorInvalid) { try ListCursor(cursor.text, of: .inHospital, sort: nil) }
        #expect(throws: ProjectionError.cursorInvalid) { try ListCursor(cursor.text, of: .admissions, sort: .told) }
    }

    @Test(arguments: [
        "", "u", "enc_1", "00", "0404", String(repeating: "0", count: 10_000), "é", "0420000000000000zzzzzz",
    ])
    func `garbage is refused and never traps`(text: String) {
        #expect(throws: ProjectionError.cursorInvalid) { try ListCursor(text, of: .admissions, sort: nil) }
    }

    @Test func `base 32 gives any bytes back`() {
        var generator = SeededGenerator(seed: 7)
        for count in 0..<64 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            #expect(Base32.decode(Base32.encode(bytes)) == bytes)
        }
    }
}
