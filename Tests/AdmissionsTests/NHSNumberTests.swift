import Admissions
import Testing

/// Vectors of domain.md section 3.
@Suite struct NHSNumberTests {
    @Test(arguments: [
        "9990000018", "9990000026", "9990000034", "9990000042", "9990000050", "9990000107", "9434765919", "4857773457",
    ])
    func `a number with a right check digit is one`(text: String) {
        #expect(NHSNumber(text)?.digits == text)
    }

    @Test(arguments: [
        "4857773456", "9990000019", "1234567890", "999000000", "99900000180", "", "999000001X", "９９９００００１８",
    ])
    func `a number with a wrong check digit, length or character is none`(text: String) {
        #expect(NHSNumber(text) == nil)
    }

    @Test func `a prefix whose check digit would be ten has no number`() {
        for digit in 0...9 { #expect(NHSNumber("999000000\(digit)") == nil) }
    }

    @Test func `ten equal digits and 9876543210 pass the check and are refused`() {
        for digit in 0...9 { #expect(NHSNumber(String(repeating: "\(digit)", count: 10)) == nil) }
        #expect(NHSNumber("9876543210") == nil)
    }

    @Test func `blanks and hyphens do not matter`() {
        #expect(NHSNumber("999 000 0018") == NHSNumber("9990000018"))
        #expect(NHSNumber(" 999-000-0018 ") == NHSNumber("9990000018"))
    }

    @Test func `it is shown three, three and four`() {
        #expect(NHSNumber("9990041172")?.spaced == "999 004 1172")
    }

    @Test func `only the 999 range is for tests`() {
        #expect(NHSNumber("9990000018")?.isTestRange == true)
        #expect(NHSNumber("9434765919")?.isTestRange == false)
    }

    @Test func `its description tells nothing`() throws {
        let number = try #require(NHSNumber("9990000018"))
        #expect("\(number)" == "NHSNumber")
    }
}
