extension UKCodes {
    /// Where a patient went on discharge: PV1-37, of some senders PV1-36 (NHS Data Dictionary, DISCHARGE
    /// DESTINATION).
    ///
    /// The old list, which NHS ITK and UK Core share, and the codes that CDS 6-3 adds. CDS 6-3 words 84, 87 and 88
    /// otherwise; the words here are true of both. Destinations of an attendance in SNOMED CT are
    /// `emergencyCareDestination`.
    package static let dischargeDestination = CodeList(
        name: "discharge-destination", title: "Discharge destination",
        source: "NHS ITK HL7 v2 Reference Tables v1.0.14; UK Core R4, DischargeDestinationEngland; CDS 6-3",
        date: "2014-06-30",
        entries: [
            .init("19", "Usual place of residence"),
            .init("29", "Temporary residence"),
            .init("30", "Repatriation from high security hospital"),
            .init("37", "Court"),
            .init("38", "Penal establishment or police station"),
            .init("40", "Penal establishment", note: "CDS 6-3"),
            .init("42", "Police station", note: "CDS 6-3"),
            .init("48", "High security hospital, Scotland"),
            .init("49", "High security hospital"),
            .init("50", "Medium secure unit"),
            .init("51", "Another hospital, general ward"),
            .init("52", "Another hospital, maternity or neonates"),
            .init("53", "Another hospital, mental health or learning disability"),
            .init("54", "NHS care home"),
            .init("55", "Care home with nursing", note: "CDS 6-3"),
            .init("56", "Care home without nursing", note: "CDS 6-3"),
            .init("65", "Local authority residential home"),
            .init("66", "Foster care"),
            .init("79", "Not applicable, died or stillbirth"),
            .init("84", "Medium secure unit, not NHS"),
            .init("85", "Care home, not NHS"),
            .init("87", "Hospital, not NHS"),
            .init("88", "Hospice"),
            .init("89", "Forced repatriation", note: "CDS 6-3"),
            .init("98", "Not applicable, not discharged"),
            .init("99", "Not known"),
        ])

    /// Whether the patient went to a care home: 54, 55, 56, 65 and 85, and of SNOMED CT a residential or a nursing home
    /// (domain.md 1.5, 6.1).
    package static func isToCareHome(dischargeDestination code: String?) -> Bool {
        CodeList.matches(code, ["54", "55", "56", "65", "85", "306691003", "306694006"])
    }
}
