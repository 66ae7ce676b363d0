import Admissions

extension SenderProfile {
    /// What UK hospitals do as a rule (domain.md 1.3 to 1.6, uk-messages.md); for senders nobody has described.
    package static let ukDefault = SenderProfile(
        name: "uk-default",
        nullSemantics: .hl7,
        recordedTime: .eventRecorded,
        wardComponent: .automatic,
        nhsNumberMarks: ["NHS", "NH", "NHSNBR", "NHSNMBR", "NHSNUMBER", "NHSNO", "NHSN"],
        nhsNumberInPID19: true,
        localIdentifierTypes: ["MR", "MRN", "PI", "HOSP", "CNN", "PT", "EPI"],
        practicePaths: [
            PracticePath(field: 3, component: 3), PracticePath(field: 3, component: 10),
            PracticePath(field: 4, component: 6), PracticePath(field: 3, component: 1),
        ],
        classes: [
            // ITK table 0004. Obstetric and commercial patients are in beds; N and U say nothing.
            "I": .inpatient, "B": .inpatient, "C": .inpatient, "E": .emergency, "O": .outpatient, "P": .preadmit,
            "W": .preadmit, "R": .other, "D": .daycase,
            "INPATIENT": .inpatient, "OBSTETRICS": .inpatient, "MATERNITY": .inpatient, "NEWBORN": .inpatient,
            "EMERGENCY": .emergency, "OUTPATIENT": .outpatient, "PREADMIT": .preadmit, "WAITLIST": .preadmit,
            "WAIT LIST": .preadmit, "RECURRING": .other, "DAYCASE": .daycase, "DAY CASE": .daycase,
        ],
        patientTypes: [
            "DAY CASE": .daycase, "DAYCASE": .daycase, "REGULAR DAY": .daycase,
            "EMERGENCY": .emergency,
        ],
        admissionMethods: [
            // HL7 table 0007 (domain.md 1.3, PV1-4).
            "A": "21", "E": "21", "L": "31", "N": "82", "R": "12", "C": "13", "U": nil,
            "EMERGENCY-A&E/DENTAL": "21",
        ],
        destinationCodes: Set(
            ["19", "29", "30", "79", "84", "85", "86", "87", "88", "98"] + (37...66).map(String.init)))

    /// The NHS ITK HL7 v2 message specification 1.0: as the UK default, with the ward in PV1-3.2.
    package static let itk = {
        var profile = ukDefault
        profile.name = "itk"
        profile.wardComponent = .room
        return profile
    }()
}
