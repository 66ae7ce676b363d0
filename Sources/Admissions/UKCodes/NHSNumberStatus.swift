extension UKCodes {
    /// How far an NHS number was traced: PID-32 as `NSTS01`, or `01` (NHS NUMBER STATUS INDICATOR CODE).
    ///
    /// What each allows is domain.md 1.4.
    package static let nhsNumberStatus = CodeList(
        name: "nhs-number-status", title: "NHS number status",
        source: "NHS ITK HL7 v2 Reference Tables v1.0.14",
        date: "2014-06-30",
        entries: [
            .init("01", "Present and verified"),
            .init("02", "Present, not traced"),
            .init("03", "Trace required"),
            .init("04", "Trace attempted, no match or several"),
            .init("05", "Trace needs resolving"),
            .init("06", "Trace in progress"),
            .init("07", "Not present, trace not required"),
            .init("08", "Trace postponed, baby under six weeks"),
        ])
}
