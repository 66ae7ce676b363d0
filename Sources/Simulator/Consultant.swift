/// An invented consultant, known by treatment function and number.
struct Consultant: Sendable {
    let code: String
    /// Prefix, given and family name.
    let name: String

    /// Consultants of each treatment function.
    static let perSpecialty = 4

    /// The consultant of a treatment function (three digits) with the given number (0 up to `perSpecialty`).
    init(specialty: String, number: Int) {
        let place = (Int(specialty) ?? 0) * 13 + number * 101
        code = "C9" + specialty + Digits.padded(number + 1, to: 3)
        let stock = number & 1 == 0 ? GivenNames.girls[1] : GivenNames.boys[1]
        name = "Dr " + stock[place % stock.count] + " " + FamilyNames.all[place % FamilyNames.all.count]
    }
}
