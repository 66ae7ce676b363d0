extension UKCodes {
    /// What is to follow an attendance (EMERGENCY CARE DISCHARGE FOLLOW UP, SNOMED CT).
    ///
    /// The two of it that say what a GP has to do.
    package static let emergencyCareFollowUp = CodeList(
        name: "emergency-care-follow-up", title: "Emergency care follow-up",
        source: "UK Core R4; Emergency Care Data Set (SNOMED CT)",
        date: nil,
        entries: [
            .init("989501000000106", "GP advised to follow up"),
            .init("3780001", "Routine, no follow-up planned"),
        ])
}
