extension UKCodes {
    /// How a patient came to be admitted: PV1-4 (NHS Data Dictionary, ADMISSION METHOD).
    ///
    /// The list of NHS ITK and that of UK Core; 28 is of old messages.
    package static let admissionMethod = CodeList(
        name: "admission-method", title: "Admission method",
        source: "NHS ITK HL7 v2 Reference Tables v1.0.14; UK Core R4, AdmissionMethodEngland",
        date: "2014-06-30",
        entries: [
            .init("11", "Elective, from the waiting list"),
            .init("12", "Elective, booked"),
            .init("13", "Elective, planned"),
            .init("21", "Emergency, via A&E"),
            .init("22", "Emergency, asked for by a GP"),
            .init("23", "Emergency, via a bed bureau"),
            .init("24", "Emergency, from a consultant's clinic"),
            .init("25", "Emergency, via a mental health crisis team"),
            .init("28", "Emergency, other means", isCurrent: false, note: "Replaced by 2A to 2D"),
            .init("2A", "Emergency, via A&E of another hospital"),
            .init("2B", "Emergency, transfer from another hospital"),
            .init("2C", "Born at home as intended"),
            .init("2D", "Emergency, other"),
            .init("31", "Maternity, before the birth"),
            .init("32", "Maternity, after the birth"),
            .init("81", "Transfer from another hospital, not emergency"),
            .init("82", "Born in this hospital"),
            .init("83", "Born outside, not at home as intended"),
            .init("98", "Not applicable"),
            .init("99", "Not known"),
        ])

    /// Whether it is an emergency admission: 21 to 28 and 2A to 2D (domain.md 1.5).
    ///
    /// A baby born at home as intended (2C) counts by the rule; lists of adults leave it out by `isNewborn`.
    package static func isEmergency(admissionMethod code: String?) -> Bool {
        CodeList.matches(code, ["21", "22", "23", "24", "25", "28", "2A", "2B", "2C", "2D"])
    }

    /// Whether it is a planned admission: 11, 12 and 13 (domain.md 1.5).
    package static func isElective(admissionMethod code: String?) -> Bool {
        CodeList.matches(code, ["11", "12", "13"])
    }

    /// Whether a mother is admitted to give birth or after it: 31 and 32 (domain.md 1.5).
    package static func isMaternity(admissionMethod code: String?) -> Bool {
        CodeList.matches(code, ["31", "32"])
    }

    /// Whether a baby is admitted by being born: 2C, 82 and 83 (domain.md 1.5).
    package static func isNewborn(admissionMethod code: String?) -> Bool {
        CodeList.matches(code, ["2C", "82", "83"])
    }
}
