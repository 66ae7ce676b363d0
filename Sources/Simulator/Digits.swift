/// Whole numbers as text with leading zeros.
enum Digits {
    /// `number` (0 or more) in decimal, with zeros before it up to `width` digits.
    static func padded(_ number: Int, to width: Int) -> String {
        let plain = String(number)
        return plain.utf8.count < width ? String(repeating: "0", count: width - plain.utf8.count) + plain : plain
    }
}
