extension UKCodes {
    /// Which attendance in a row it is (EMERGENCY CARE ATTENDANCE CATEGORY).
    ///
    /// The digits of `attendanceCategory` mean other things.
    package static let emergencyCareAttendanceCategory = CodeList(
        name: "emergency-care-attendance-category", title: "Emergency care attendance category",
        source: "UK Core R4; Emergency Care Data Set",
        date: nil,
        entries: [
            .init("1", "Unplanned, first"),
            .init("2", "Unplanned follow-up within 7 days, this department"),
            .init("3", "Unplanned follow-up within 7 days, another department"),
            .init("4", "Planned follow-up within 7 days"),
        ])
}
