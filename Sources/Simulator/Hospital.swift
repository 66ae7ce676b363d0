/// A hospital of the invented district: its codes, wards and habits of sending.
package struct Hospital: Sendable {
    /// ODS-shaped site code, sent as MSH-4; the name of the hospital's log.
    package let code: String

    /// Invented name.
    package let name: String

    /// The wards; the first takes whoever has no ward of their own.
    package let wards: [Ward]

    /// Whether the hospital sends ISO 8859-1 (MSH-18 `8859/1`) rather than UTF-8.
    package let sendsLatin1: Bool

    /// The district hospital and the two community hospitals, in that order.
    package static let all: [Hospital] = [southmoor, castlemead, harrowfield]

    /// Wards by place: the assessment unit comes first, the day unit last.
    static let southmoor = Hospital(
        code: "ZX901", name: "Southmoor District",
        wards: [
            Ward("EAU", "Emergency Admissions Unit", beds: 32, "326", "300"),
            Ward("FAU", "Frailty Assessment Unit", beds: 14, "430"),
            Ward("6A", "Elderly Care 6A", beds: 30, "430"), Ward("6B", "Elderly Care 6B", beds: 30, "430"),
            Ward("7A", "Respiratory 7A", beds: 28, "340"), Ward("7B", "General Medicine 7B", beds: 30, "300", "301"),
            Ward("8A", "Cardiology 8A", beds: 26, "320"), Ward("8B", "Stroke 8B", beds: 24, "400", "300"),
            Ward("9A", "General Surgery 9A", beds: 30, "100", "101"), Ward("9B", "Trauma 9B", beds: 30, "110"),
            Ward("10A", "Orthopaedics 10A", beds: 20, "110", "502"), Ward("CHW", "Children's Ward", beds: 20, "420"),
            Ward("MAT", "Maternity", beds: 20, "501"), Ward("ICU", "Intensive Care", beds: 8, "192"),
            Ward("DSU", "Day Surgery Unit", beds: 40, "100", "110", "130", "301", "101", "502"),
        ], sendsLatin1: false)
    static let castlemead = Hospital(
        code: "ZX902", name: "Castlemead Community",
        wards: [Ward("OAK", "Oak Ward", beds: 17, "318", "314"), Ward("ASH", "Ash Ward", beds: 14, "318", "314")],
        sendsLatin1: true)
    static let harrowfield = Hospital(
        code: "ZX903", name: "Harrowfield Community",
        wards: [Ward("LARK", "Lark Ward", beds: 31, "318", "314")], sendsLatin1: false)

    /// The place of the ward where patients of a treatment function lie; 0 where none is theirs.
    func ward(for specialty: String, not avoided: Int? = nil) -> Int {
        wards.indices.first { $0 != 0 && $0 != avoided && wards[$0].specialties.contains(specialty) } ?? 0
    }

    /// The hospital's own number for the person of `index`, as PID-3 carries it.
    ///
    /// Each hospital has its own habits: leading zeros, letters, a slash. One index, one number.
    package func localIdentifier(of index: Int) -> String {
        switch code {
        case "ZX901": Digits.padded((index * 617_431 + 33_391) % 999_983, to: 7)
        case "ZX902": "CM " + Digits.padded((index * 274_177 + 7_919) % 999_983, to: 6)
        default: "HF/" + Digits.padded((index * 104_729 + 50_021) % 999_983, to: 6)
        }
    }
}
