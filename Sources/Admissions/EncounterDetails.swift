/// What one message says about an encounter.
///
/// Everything as sent, codes as codes; a field the message does not carry is `absent` or `nil` and changes nothing.
package struct EncounterDetails: Sendable, Equatable {
    /// The visit number: PV1-19.1.
    package var number: String
    /// Who issued it: PV1-19.4, else the sending facility.
    package var issuer: String
    /// PV1-19.5 in capitals, where it names a kind of visit that is numbered apart.
    package var numberType: String?
    /// PV1-2 as the sender profile maps it; `nil` where it says nothing we know.
    package var encounterClass: EncounterClass?
    /// PV1-2 as sent, where it is not one of the usual codes.
    package var classText: String?
    /// PV1-3.
    package var location: Told<HospitalLocation>
    /// PV1-6.
    package var priorLocation: HospitalLocation?
    /// PV1-9, else PV1-7: the consultant in charge.
    package var consultant: Told<Clinician>
    /// PV1-10: treatment function code.
    package var specialty: Told<String>
    /// PV1-4: NHS admission method (`21` …), or as sent.
    package var admissionMethod: Told<String>
    /// PV1-14: NHS source of admission.
    package var admissionSource: Told<String>
    /// NHS discharge method, from PV1-36 where that is what it holds.
    package var dischargeMethod: Told<String>
    /// NHS discharge destination, PV1-37, or PV1-36 where that is what it holds.
    package var dischargeDestination: Told<String>
    /// A&E attendance disposal, from PV1-36 of an emergency department attendance.
    package var disposal: Told<String>
    /// PV1-36 as sent, where it is none of the above.
    package var disposition: String?
    /// Why the person came, in words: PV2-3, else DG1-3.
    package var reason: Told<String>
    /// PV1-44.
    package var admittedAt: Moment?
    /// PV1-45.
    package var dischargedAt: Told<Moment>
    /// PV2-8, a date as `yyyy-mm-dd`.
    package var expectedAdmission: Told<String>
    /// PV2-9, a date as `yyyy-mm-dd`.
    package var expectedDischarge: Told<String>
    /// PV2-38.
    package var arrivalMode: Told<String>
    /// PV1-18, the sender's own word.
    package var patientType: Told<String>
    /// PV1-41, the sender's own word.
    package var accountStatus: Told<String>
    /// ZU1-22.
    package var medicallyFit: Told<Bool>
    /// ZU1-24.
    package var readyForDischarge: Told<Moment>

    package init(
        number: String, issuer: String, numberType: String? = nil, encounterClass: EncounterClass? = nil,
        classText: String? = nil,
        location: Told<HospitalLocation> = .absent, priorLocation: HospitalLocation? = nil,
        consultant: Told<Clinician> = .absent, specialty: Told<String> = .absent,
        admissionMethod: Told<String> = .absent, admissionSource: Told<String> = .absent,
        dischargeMethod: Told<String> = .absent, dischargeDestination: Told<String> = .absent,
        disposal: Told<String> = .absent, disposition: String? = nil, reason: Told<String> = .absent,
        admittedAt: Moment? = nil, dischargedAt: Told<Moment> = .absent,
        expectedAdmission: Told<String> = .absent, expectedDischarge: Told<String> = .absent,
        arrivalMode: Told<String> = .absent, patientType: Told<String> = .absent,
        accountStatus: Told<String> = .absent, medicallyFit: Told<Bool> = .absent,
        readyForDischarge: Told<Moment> = .absent
    ) {
        self.number = number
        self.issuer = issuer
        self.numberType = numberType
        self.encounterClass = encounterClass
        self.classText = classText
        self.location = location
        self.priorLocation = priorLocation
        self.consultant = consultant
        self.specialty = specialty
        self.admissionMethod = admissionMethod
        self.admissionSource = admissionSource
        self.dischargeMethod = dischargeMethod
        self.dischargeDestination = dischargeDestination
        self.disposal = disposal
        self.disposition = disposition
        self.reason = reason
        self.admittedAt = admittedAt
        self.dischargedAt = dischargedAt
        self.expectedAdmission = expectedAdmission
        self.expectedDischarge = expectedDischarge
        self.arrivalMode = arrivalMode
        self.patientType = patientType
        self.accountStatus = accountStatus
        self.medicallyFit = medicallyFit
        self.readyForDischarge = readyForDischarge
    }

    /// Which encounter these details are of.
    package var key: EncounterKey { EncounterKey(issuer: issuer, number: number, type: numberType) }
}
