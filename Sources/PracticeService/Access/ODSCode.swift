/// The form of a GP practice's ODS code: one letter and five digits (domain.md section 3).
///
/// A guard for paths, claims and log lines: what has another form, an NHS number above all, is neither looked up nor
/// logged.
enum ODSCode {
    /// Whether the text has the form; lower case has not.
    static func isPractice(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8
        guard bytes.count == 6, let letter = bytes.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter)
        else {
            return false
        }
        return bytes.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
