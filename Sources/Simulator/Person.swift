/// An invented person as the district knows them; nothing of it changes during a simulation.
///
/// Made anew from seed and index whenever it is needed. What a simulation changes (practice, telephone, death)
/// it keeps beside this.
package struct Person: Sendable, Equatable {
    /// The person's place in the district, from 0. At and above `District.population`: from outside.
    package let index: Int
    /// Family name, capitals and accents as a person would write it.
    package let family: String
    /// Given names, at least one.
    package let given: [String]
    /// The name by which the person wishes to be called, where it is not the first given name.
    package let preferred: String?
    /// Title, or nil where none is recorded.
    package let title: String?
    /// HL7 table 0001 as UK systems send it: 1 male, 2 female, 9 not specified.
    package let sex: Character
    package let born: CalendarDay
    /// Ten digits of the 999 range, or nil for those who have none.
    package let nhsNumber: String?
    /// NHS NUMBER STATUS INDICATOR CODE, 01 to 08.
    package let nhsNumberStatus: String
    /// Street line, village, postcode.
    package let address: [String]
    /// National code of the registered general practitioner (invented).
    package let practitioner: String

    /// Family name in capitals, as the hospital prints it.
    let familyInCapitals: String
}
