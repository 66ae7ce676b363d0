/// The forms of ODS codes (domain.md section 3): one letter and five digits for a GP practice, 3 to 6 letters and digits
/// for any organisation.
///
/// A guard for paths, claims and log lines: what has another form, an NHS number above all, is neither looked up nor
/// logged.
enum ODSCode {
    /// Whether the text has the form of a practice's code; lower case has not.
    static func isPractice(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8
        guard bytes.count == 6, let letter = bytes.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter)
        else {
            return false
        }
        return bytes.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// Whether the text has the form of a site's code; sites of an organisation add two characters to its code, and some
    /// hospitals send longer ones.
    static func isSite(_ text: some StringProtocol) -> Bool {
        (3...9).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            }
    }

    /// Whether the text has the form of any organisation's code; lower case has not.
    static func isOrganisation(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8
        return (3...6).contains(bytes.count)
            && bytes.allSatisfy {
                (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            }
    }
}
