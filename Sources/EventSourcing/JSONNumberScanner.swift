/// Follows the grammar of a JSON number, byte by byte (RFC 8259 section 6).
///
/// ```
/// start ─ "-" ─▶ sign ─ 0 ─▶ zero ──┬─ "." ─▶ point ─ digit ─▶ fraction ⟲ ─┐
///   └─ digit ────┴─ 1…9 ─▶ whole ⟲ ─┴─ e E ─────────────▶ e ─ ± ─▶ power sign ─ digit ─▶ power ⟲
/// ```
struct JSONNumberScanner {
    private enum State { case start, sign, zero, whole, point, fraction, e, powerSign, power }
    private var state = State.start

    /// Takes the byte if the number goes on with it.
    mutating func take(_ byte: UInt8) -> Bool {
        let isDigit = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
        switch (state, byte) {
        case (.start, UInt8(ascii: "-")): state = .sign
        case (.start, UInt8(ascii: "0")), (.sign, UInt8(ascii: "0")): state = .zero
        case (.start, _) where isDigit, (.sign, _) where isDigit, (.whole, _) where isDigit: state = .whole
        case (.zero, UInt8(ascii: ".")), (.whole, UInt8(ascii: ".")): state = .point
        case (.point, _) where isDigit, (.fraction, _) where isDigit: state = .fraction
        case (.zero, UInt8(ascii: "e")), (.zero, UInt8(ascii: "E")), (.whole, UInt8(ascii: "e")),
            (.whole, UInt8(ascii: "E")), (.fraction, UInt8(ascii: "e")), (.fraction, UInt8(ascii: "E")):
            state = .e
        case (.e, UInt8(ascii: "+")), (.e, UInt8(ascii: "-")): state = .powerSign
        case (.e, _) where isDigit, (.powerSign, _) where isDigit, (.power, _) where isDigit: state = .power
        default: return false
        }
        return true
    }

    /// Whether what was taken is a whole number token.
    var isComplete: Bool {
        switch state {
        case .zero, .whole, .fraction, .power: true
        case .start, .sign, .point, .e, .powerSign: false
        }
    }
}
