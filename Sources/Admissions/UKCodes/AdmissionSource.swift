extension UKCodes {
    /// Where a patient was before admission: PV1-14 (NHS Data Dictionary, SOURCE OF ADMISSION).
    ///
    /// The old list, which NHS ITK and UK Core share, and the codes that CDS 6-3 adds.
    package static let admissionSource = CodeList(
        name: "admission-source", title: "Source of admission",
        source: "NHS ITK HL7 v2 Reference Tables v1.0.14; UK Core R4, SourceOfAdmissionEngland; CDS 6-3",
        date: "2014-06-30",
        entries: [
            .init("19", "Usual place of residence"),
            .init("29", "Temporary residence"),
            .init("37", "Court", note: "CDS 6-3"),
            .init("39", "Penal establishment, court or police station"),
            .init("40", "Penal establishment", note: "CDS 6-3"),
            .init("42", "Police station", note: "CDS 6-3"),
            .init("49", "High security psychiatric hospital"),
            .init("51", "Another hospital, general ward or A&E"),
            .init("52", "Another hospital, maternity or neonates"),
            .init("53", "Another hospital, mental health or learning disability"),
            .init("54", "NHS care home"),
            .init("55", "Care home with nursing", note: "CDS 6-3"),
            .init("56", "Care home without nursing", note: "CDS 6-3"),
            .init("65", "Local authority residential home"),
            .init("66", "Local authority foster care"),
            .init("79", "Born in or on the way to hospital"),
            .init("85", "Care home, not NHS"),
            .init("87", "Hospital, not NHS"),
            .init("88", "Hospice, not NHS"),
            .init("98", "Not applicable"),
            .init("99", "Not known"),
        ])

    /// Whether the patient came from a care home: 54, 55, 56, 65 and 85 (domain.md 1.5).
    package static func isFromCareHome(admissionSource code: String?) -> Bool {
        CodeList.matches(code, ["54", "55", "56", "65", "85"])
    }
}
