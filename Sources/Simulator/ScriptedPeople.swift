import Admissions

/// The people of a scenario's script: not of the district, and bearing numbers that nobody in it bears.
struct ScriptedPeople: Sendable {
    let district: District

    /// The person of a number, from 0, on the list of the district's first practice; as a hospital knows them.
    func person(
        _ number: Int, _ family: String, _ given: String..., born: String, gender: Gender, hospital: Int = 0,
        practice: Int = 0
    ) -> PatientDetails {
        let index = district.count + number
        let place = district.hospitals[hospital]
        return PatientDetails(
            local: Identifier(value: place.localIdentifier(of: index), issuer: place.code, type: "MR"),
            nhsNumber: NHSNumber(TestNumbers.number(index, seed: district.seed)), nhsNumberStatus: "01",
            name: PersonName(family: family, given: given, prefix: gender == .female ? "Mrs" : "Mr"), born: born,
            gender: .value(gender), address: .value(PostalAddress(lines: ["1 Script Lane"], postcode: "ZZ99 3WZ")),
            practice: Told(ODSPracticeCode(district.practices[practice].code)), gp: .value(Clinician(code: "G9901001")),
            deceased: .value(false))
    }
}
