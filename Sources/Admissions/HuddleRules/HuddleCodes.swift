/// What single codes mean to the rules of the huddle (domain.md 1.5).
extension UKCodes {
    /// A patient of another hospital, in an emergency (2B) or not (81).
    static func isTransfer(admissionMethod code: String?) -> Bool { CodeList.matches(code, ["2B", "81"]) }

    /// By the patient's own will: 6, and 2 of old messages, which is relatives' as well.
    static func isSelfDischarge(dischargeMethod code: String?) -> Bool { CodeList.matches(code, ["2", "6"]) }

    /// From the usual place of residence.
    static func isUsualResidence(admissionSource code: String?) -> Bool { CodeList.matches(code, ["19"]) }

    /// Left before treatment (12), or before assessment, after it, or before treatment was completed (SNOMED CT).
    package static func leftBeforeTreatment(disposal code: String?) -> Bool {
        CodeList.matches(code, Set(leftBeforeTreatmentCodes))
    }

    package static let leftBeforeTreatmentCodes = ["12", "1066301000000103", "1066311000000101", "1066321000000107"]

    /// Streamed to the frailty service (SNOMED CT).
    static func isStreamedToFrailtyService(disposal code: String?) -> Bool {
        CodeList.matches(code, ["1077101000000105"])
    }

    /// Hospital at home (SNOMED CT).
    static func isToVirtualWard(dischargeDestination code: String?) -> Bool {
        CodeList.matches(code, [virtualWardDestination])
    }

    package static let virtualWardDestination = "1066351000000102"
    package static let emergencyAdmissionCodes = ["21", "22", "23", "24", "25", "28", "2A", "2B", "2D"]
}
