/// NHS numbers of the test range 999 000 0000 to 999 999 9999, one for each index, none twice.
///
/// The tenth digit is the check digit (modulus 11, NHS Data Dictionary, NHS NUMBER). Of the ten possible ninth digits
/// behind any eight at most one has no check digit, so nine always remain: index = group × 9 + choice. A stride
/// that shares no factor with the capacity spreads neighbours apart.
enum TestNumbers {
    /// How many numbers there are. The group of 9999999999, which is on every deny list, is left out.
    static let capacity = 899_990
    private static let stride = 379_721

    /// The number of `index` (0 up to `capacity`), shifted about by the seed.
    static func number(_ index: Int, seed: UInt64) -> String {
        let shift = Scramble.mix(seed).scaled(below: capacity)
        let place = (index * stride + shift) % capacity
        let group = place / 9
        var sum = 9 * (10 + 9 + 8)
        var rest = group
        for weight in 3...7 {
            sum += rest % 10 * weight
            rest /= 10
        }
        var choice = place % 9
        for ninth in 0...9 {
            let checkDigit = (11 - (sum + 2 * ninth) % 11) % 11
            guard checkDigit < 10 else { continue }
            if choice == 0 { return String(9_990_000_000 + group * 100 + ninth * 10 + checkDigit) }
            choice -= 1
        }
        // Not reached: at most one of the ten ninth digits lacks a check digit, and the choice is below nine.
        return ""
    }
}
