extension UKCodes {
    /// What kind of emergency department it is (EMERGENCY CARE DEPARTMENT TYPE).
    ///
    /// 04 is of old messages.
    package static let emergencyDepartmentType = CodeList(
        name: "emergency-department-type", title: "Emergency care department type",
        source: "UK Core R4; Emergency Care Data Set",
        date: nil,
        entries: [
            .init("01", "Major, consultant-led, open 24 hours"),
            .init("02", "Single specialty"),
            .init("03", "Other A&E, minor injuries or urgent treatment"),
            .init("04", "Walk-in centre", isCurrent: false, note: "Retired"),
            .init("05", "Ambulatory or same day emergency care"),
        ])
}
