/// The current values of an encounter: for each, the latest told.
struct EncounterCurrent: Sendable, Equatable {
    var consultant: Clinician?
    var specialty: String?
    var admissionMethod: String?
    var admissionSource: String?
    var reason: String?
    var expectedAdmission: String?
    var expectedDischarge: String?
    var arrivalMode: String?
    var patientType: String?
    var accountStatus: String?
    var medicallyFit: Bool?
    var readyForDischarge: Moment?

    /// Brings the values up to date with a later fact.
    mutating func take(_ details: EncounterDetails) {
        details.consultant.update(&consultant)
        details.specialty.update(&specialty)
        details.admissionMethod.update(&admissionMethod)
        details.admissionSource.update(&admissionSource)
        details.reason.update(&reason)
        details.expectedAdmission.update(&expectedAdmission)
        details.expectedDischarge.update(&expectedDischarge)
        details.arrivalMode.update(&arrivalMode)
        details.patientType.update(&patientType)
        details.accountStatus.update(&accountStatus)
        details.medicallyFit.update(&medicallyFit)
        details.readyForDischarge.update(&readyForDischarge)
    }
}
