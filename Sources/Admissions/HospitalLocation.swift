/// A place in a hospital.
///
/// HL7 v2 data type PL; which component is the ward is the sender's habit (domain.md 1.3, PV1-3).
package struct HospitalLocation: Hashable, Sendable {
    /// The building or site, usually an ODS site code.
    package var site: String?
    package var ward: String?
    package var bay: String?
    package var bed: String?
    /// What people call it, where the sender tells.
    package var description: String?

    package init(
        site: String? = nil, ward: String? = nil, bay: String? = nil, bed: String? = nil, description: String? = nil
    ) {
        self.site = site
        self.ward = ward
        self.bay = bay
        self.bed = bed
        self.description = description
    }
}
