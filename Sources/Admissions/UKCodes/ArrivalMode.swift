extension UKCodes {
    /// How a patient came to the hospital: PV2-38 (NHS ITK).
    ///
    /// The letters of NHS ITK, and the digits of the A&E data set before it. Codes in SNOMED CT are
    /// `emergencyCareArrivalMode`.
    package static let arrivalMode = CodeList(
        name: "arrival-mode", title: "Arrival mode",
        source: "NHS ITK HL7 v2 Reference Tables v1.0.14",
        date: "2014-06-30",
        entries: [
            .init("A", "Ambulance"),
            .init("C", "Car"),
            .init("F", "On foot"),
            .init("H", "Helicopter"),
            .init("O", "Other"),
            .init("P", "Public transport"),
            .init("U", "Not known"),
            .init("1", "Ambulance", isCurrent: false),
            .init("2", "Other", isCurrent: false),
        ])
}
