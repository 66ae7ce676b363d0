/// A ward of an invented hospital.
package struct Ward: Hashable, Sendable {
    /// The ward's short code as PV1-3 carries it, such as `7B`.
    package let code: String

    /// The ward's name as a person says it.
    package let name: String

    /// Beds that are meant to be used; at most 40. In a crisis more are put up, to 60.
    package let beds: Int

    /// Treatment functions of the patients who belong here (NHS Data Dictionary, three digits).
    let specialties: [String]

    init(_ code: String, _ name: String, beds: Int, _ specialties: String...) {
        self.code = code
        self.name = name
        self.beds = beds
        self.specialties = specialties
    }
}
