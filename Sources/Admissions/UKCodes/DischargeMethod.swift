extension UKCodes {
    /// How a stay ended: PV1-36 of inpatients (NHS Data Dictionary, DISCHARGE METHOD).
    ///
    /// 2 is of old messages: the Data Dictionary has it, UK Core has not. 4 means another thing as an
    /// `attendanceDisposal`; which codes tell of a death, and where, is for `DeathCodes` to say.
    package static let dischargeMethod = CodeList(
        name: "discharge-method", title: "Discharge method",
        source: "NHS ITK HL7 v2 Reference Tables v1.0.14; UK Core R4, DischargeMethodEngland",
        date: "2014-06-30",
        entries: [
            .init("1", "On clinical advice or with consent"),
            .init("2", "By self, relative or advocate", isCurrent: false, note: "Divided into 6 and 7"),
            .init("3", "By tribunal, Home Secretary or court"),
            .init("4", "Died"),
            .init("5", "Stillbirth"),
            .init("6", "Self-discharged"),
            .init("7", "By relative or advocate"),
            .init("8", "Not applicable, stay not finished"),
            .init("9", "Not known"),
        ])
}
