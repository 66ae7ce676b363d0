import Admissions
import Testing

@Suite struct ODSPracticeCodeTests {
    @Test func `a letter and five digits is a practice, in either case`() {
        #expect(ODSPracticeCode("L99901")?.rawValue == "L99901")
        #expect(ODSPracticeCode(" y06601 ")?.rawValue == "Y06601")
    }

    @Test func `a branch is its practice`() {
        #expect(ODSPracticeCode("L99901001")?.rawValue == "L99901")
    }

    @Test(arguments: ["", "12345", "L9990", "L999012", "LL9901", "P123456789", "L9990A", "PRACTICE", "L99-01"])
    func `anything else is none`(text: String) {
        #expect(ODSPracticeCode(text) == nil)
    }

    @Test(arguments: ["V81997", "V81998", "v81999"])
    func `the codes for no practice are told to be no practice`(text: String) {
        let bytes = Array(text.utf8)
        #expect(ODSPracticeCode.read(bytes.span) == .null)
        #expect(ODSPracticeCode(text) == nil)
    }
}
