/// Where the patient is, or last was.
package struct PlaceOfCare: Sendable, Hashable {
    /// Site, an ODS code where the hospital sends one.
    package var site: String?
    /// Ward.
    package var ward: String?
    /// Bay or room.
    package var bay: String?
    /// Bed.
    package var bed: String?
    /// In words.
    package var text: String?

    /// Describes a place; nothing known by default.
    package init(site: String? = nil, ward: String? = nil, bay: String? = nil, bed: String? = nil, text: String? = nil)
    {
        self.site = site
        self.ward = ward
        self.bay = bay
        self.bed = bed
        self.text = text
    }
}
