extension UKCodes {
    /// Which attendance in a row it is, in old messages (A&E ATTENDANCE CATEGORY).
    ///
    /// The digits of `emergencyCareAttendanceCategory` mean other things.
    package static let attendanceCategory = CodeList(
        name: "attendance-category", title: "A&E attendance category",
        source: "NHS ITK HL7 v2 Reference Tables v1.0.14",
        date: "2014-06-30",
        entries: [
            .init("1", "First attendance", isCurrent: false),
            .init("2", "Planned follow-up", isCurrent: false),
            .init("3", "Unplanned follow-up", isCurrent: false),
            .init("9", nil, isCurrent: false),
        ])
}
