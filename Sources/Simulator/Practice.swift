/// A general practice of the district, or one outside it.
package struct Practice: Hashable, Sendable {
    /// ODS-shaped code: a letter and five digits. No real organisation has a code of this range.
    package let code: String

    /// Invented name.
    package let name: String

    /// People registered when the simulation begins; 0 for a practice outside the district.
    package let listSize: Int

    /// How much older (above 0) or younger the list is than the district, -1…1.
    let ageTilt: Double

    /// The nineteen practices of the district; their lists sum to 135,000, if the first has no other size.
    static func ofDistrict(firstListSize: Int?) -> [Practice] {
        guard let firstListSize, let first = usual.first else { return usual }
        return [Practice(first.name, firstListSize, first.ageTilt, code: first.code)] + usual.dropFirst()
    }

    private static let usual: [Practice] = [
        Practice("Harrowmead Surgery", 9_480, 0.10), Practice("Southmoor Health Centre", 16_420, -0.28),
        Practice("Castlemead Medical Centre", 13_870, -0.05), Practice("Oldbridge Surgery", 7_390, 0.08),
        Practice("The Wharf Practice", 12_540, -0.22), Practice("Lower Combe Surgery", 3_480, 0.30),
        Practice("Abbey Row Medical Practice", 11_300, 0.02), Practice("St Aldhelm's Surgery", 8_760, 0.05),
        Practice("Millstream Health Centre", 10_150, -0.12), Practice("Ham Hollow Surgery", 4_050, 0.26),
        Practice("Withy Lane Surgery", 5_870, 0.15), Practice("Quarry Hill Practice", 6_640, 0.03),
        Practice("Market Square Surgery", 8_120, 0.12), Practice("Long Furlong Medical Centre", 5_210, -0.08),
        Practice("Drs Penrose & Vye", 2_960, 0.22), Practice("Kingsdown Surgery", 4_630, 0.18),
        Practice("Orchard End Surgery", 2_140, 0.34), Practice("The Old Forge Practice", 1_130, 0.31),
        Practice("Upper Fosse Branch Practice", 860, 0.20),
    ].enumerated().map { index, practice in practice.numbered("Z990", index + 1) }

    /// Practices beyond the district's border, from which some patients come and to which some move.
    static let outside: [Practice] = [
        Practice("Westerley Surgery", 0, 0), Practice("Coldharbour Medical Centre", 0, 0),
        Practice("Saltings Health Centre", 0, 0), Practice("Beacon View Practice", 0, 0),
        Practice("Northgate Surgery", 0, 0), Practice("Mere Bridge Surgery", 0, 0),
    ].enumerated().map { index, practice in practice.numbered("Z980", index + 1) }

    private init(_ name: String, _ listSize: Int, _ ageTilt: Double, code: String = "") {
        self.code = code
        self.name = name
        self.listSize = listSize
        self.ageTilt = ageTilt
    }

    private func numbered(_ prefix: String, _ number: Int) -> Practice {
        Practice(name, listSize, ageTilt, code: prefix + Digits.padded(number, to: 2))
    }
}
