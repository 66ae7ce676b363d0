/// How an A&E attendance ended (A&E attendance disposal, table 0112 of the ITK specification; domain.md section 1.5,
/// from [S1]).
///
/// 4 is a clinic here and "died" as a discharge method; 5 is stillbirth in the ITK table and a fracture clinic in an
/// older one, so it has no words: a death is never read from a disposal of 4 or 5.
enum AttendanceDisposal {
    static let table = CodeTable([
        ("1", "Admitted as an inpatient"),
        ("2", "Left, GP to follow up"),
        ("3", "Left, no follow-up"),
        ("4", "Referred to an A&E clinic"),
        ("6", "Referred to an outpatient clinic"),
        ("7", "Transferred to another hospital"),
        ("8", "Not applicable"),
        ("9", "Not known"),
        ("10", "Died in the department"),
        ("11", "Referred to another health professional"),
        ("12", "Left before treatment"),
        ("13", "Left, having refused treatment"),
        ("14", "Other"),
    ])
}
