extension UKCodes {
    /// How a patient came to the emergency department (EMERGENCY CARE ARRIVAL MODE, SNOMED CT).
    ///
    /// The same fact in letters is `arrivalMode`.
    package static let emergencyCareArrivalMode = CodeList(
        name: "emergency-care-arrival-mode", title: "Emergency care arrival mode",
        source: "UK Core R4; Emergency Care Data Set (SNOMED CT)",
        date: nil,
        entries: [
            .init("1048031000000100", "Emergency road ambulance"),
            .init("1048041000000109", "Ambulance with medical escort"),
            .init("1048021000000102", "Non-emergency ambulance"),
            .init("1048051000000107", "Helicopter"),
            .init("1048061000000105", "Public transport"),
            .init("1048071000000103", "Own transport"),
            .init("1047991000000102", "Prison transport"),
            .init("1048001000000106", "Police transport"),
            .init("1048081000000101", "Medical repatriation by air"),
        ])
}
