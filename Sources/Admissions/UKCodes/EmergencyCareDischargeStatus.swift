extension UKCodes {
    /// How an attendance ended (EMERGENCY CARE DISCHARGE STATUS, SNOMED CT).
    ///
    /// The same fact in digits is `attendanceDisposal`.
    package static let emergencyCareDischargeStatus = CodeList(
        name: "emergency-care-discharge-status", title: "Emergency care discharge status",
        source: "UK Core R4; Emergency Care Data Set (SNOMED CT)",
        date: nil,
        entries: [
            .init("182992009", "Treatment completed, no follow-up"),
            .init("1077021000000100", "Treatment completed, GP to follow up"),
            .init("1066301000000103", "Left before initial assessment"),
            .init("1066311000000101", "Left after initial assessment"),
            .init("1066321000000107", "Left before treatment was completed"),
            .init("1077031000000103", "Streamed to another service"),
            .init("1077041000000107", "Streamed to mental health"),
            .init("1077051000000105", "Streamed to another service"),
            .init("1077061000000108", "Streamed to another service"),
            .init("1077071000000101", "Streamed to pharmacy"),
            .init("1077081000000104", "Streamed to another service"),
            .init("1077091000000102", "Streamed to another service"),
            .init("1077101000000105", "Streamed to the frailty service"),
            .init("1077781000000101", "Streamed to another service"),
            .init("1324201000000109", "Streamed to an inpatient unit"),
            .init("75004002", "Died in the department"),
            .init("63238001", "Dead on arrival"),
        ])
}
