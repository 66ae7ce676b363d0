/// The code lists of the NHS that admission messages use, each in a file of its own (domain.md 1.5).
///
/// A list says what codes mean; what follows from a code is said by the functions beside its list. Words and letters
/// that single senders use instead of codes are habits, and belong to sender profiles.
package enum UKCodes {
    /// All lists, by name.
    package static let all: [CodeList] = [
        admissionMethod, admissionSource, arrivalMode, attendanceCategory, attendanceDisposal, dischargeDestination,
        dischargeMethod, emergencyCareArrivalMode, emergencyCareAttendanceCategory, emergencyCareDestination,
        emergencyCareDischargeStatus, emergencyCareFollowUp, emergencyDepartmentType, nhsNumberStatus,
        treatmentFunction,
    ]
}
