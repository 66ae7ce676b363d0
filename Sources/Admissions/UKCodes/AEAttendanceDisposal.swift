extension UKCodes {
    /// How an A&E attendance ended: PV1-36 of attendances (NHS ITK table 0112, A&E ATTENDANCE DISPOSAL).
    ///
    /// 4 is a clinic here and "died" as a `dischargeMethod`. 5 is stillbirth in the ITK table and a fracture clinic
    /// in the list before it, so it has no words: a death is read from neither. Disposals in SNOMED CT are
    /// `emergencyCareDischargeStatus`.
    package static let attendanceDisposal = CodeList(
        name: "attendance-disposal", title: "A&E attendance disposal",
        source: "NHS ITK HL7 v2 Reference Tables v1.0.14, table 0112",
        date: "2014-06-30",
        entries: [
            .init("1", "Admitted as an inpatient"),
            .init("2", "Left, GP to follow up"),
            .init("3", "Left, no follow-up"),
            .init("4", "Referred to an A&E clinic"),
            .init("5", nil, note: "Stillbirth, or referred to a fracture clinic"),
            .init("6", "Referred to an outpatient clinic"),
            .init("7", "Transferred to another hospital"),
            .init("8", "Not applicable"),
            .init("9", "Not known"),
            .init("10", "Died in the department"),
            .init("11", "Referred to another health professional"),
            .init("12", "Left before treatment"),
            .init("13", "Left, having refused treatment"),
            .init("14", "Other"),
        ])

    /// What a disposal means, be it of the list in digits or of the one in SNOMED CT; no code stands in both.
    package static func disposalLabel(for code: String?) -> String? {
        attendanceDisposal.label(for: code) ?? emergencyCareDischargeStatus.label(for: code)
    }
}
