/// How a patient came to be admitted (NHS Data Dictionary, ADMISSION METHOD; as listed in domain.md section 1.5, from
/// [S1] the ITK HL7 v2 Message Specification and [S10] the UK Core code system).
///
/// The words are ours and short; 28 is of old messages and was replaced by 2A to 2D.
enum AdmissionMethod {
    static let table = CodeTable([
        ("11", "Elective, from the waiting list"),
        ("12", "Elective, booked"),
        ("13", "Elective, planned"),
        ("21", "Emergency, via A&E"),
        ("22", "Emergency, asked for by a GP"),
        ("23", "Emergency, via a bed bureau"),
        ("24", "Emergency, from a consultant's clinic"),
        ("25", "Emergency, via a mental health crisis team"),
        ("28", "Emergency, other means"),
        ("2A", "Emergency, via A&E of another hospital"),
        ("2B", "Emergency, transfer from another hospital"),
        ("2C", "Born at home as intended"),
        ("2D", "Emergency, other"),
        ("31", "Maternity, before the birth"),
        ("32", "Maternity, after the birth"),
        ("81", "Transfer from another hospital, not emergency"),
        ("82", "Born in this hospital"),
        ("83", "Born outside, not at home as intended"),
        ("98", "Not applicable"),
        ("99", "Not known"),
    ])
}
