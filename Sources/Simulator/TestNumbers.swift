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
        var digits = [9, 9, 9]
        var divisor = 10_000
        while divisor > 0 {
            digits.append(place / 9 / divisor % 10)
            divisor /= 10
        }
        var choice = place % 9
        var checkDigit = 0
        for ninth in 0...9 {
            let sum = zip(digits + [ninth], weights).reduce(0) { $0 + $1.0 * $1.1 }
            checkDigit = (11 - sum % 11) % 11
            guard checkDigit < 10 else { continue }
            if choice == 0 {
                digits.append(ninth)
                break
            }
            choice -= 1
        }
        digits.append(checkDigit)
        return String(decoding: digits.map { UInt8(48 + $0) }, as: UTF8.self)
    }

    private static let weights = [10, 9, 8, 7, 6, 5, 4, 3, 2]
}
