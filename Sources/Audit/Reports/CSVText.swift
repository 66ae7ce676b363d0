/// Lines of CSV (RFC 4180) that a spreadsheet shows as text.
///
/// A cell that begins with `=`, `+`, `-`, `@`, a tab or a line end, with or without blanks before it, would be worked
/// out as a formula: an apostrophe is put before it (OWASP, CSV injection). Every cell stands in quotes; lines end in
/// CR LF.
package enum CSVText {
    /// One line with its end.
    package static func line(_ cells: [String]) -> String {
        cells.map { "\"" + guarded($0).replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\r\n"
    }

    private static func guarded(_ cell: String) -> String {
        let start = cell.unicodeScalars.first { $0 != " " && $0 != "\u{A0}" && $0 != "\u{FEFF}" }
        guard let start else { return cell }
        let dangerous: Set<Unicode.Scalar> = [
            "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
        ]
        return dangerous.contains(start) ? "'" + cell : cell
    }
}
