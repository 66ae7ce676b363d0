/// Which codes of a discharge say that the person died (domain.md 1.5, table 1.2 A03).
enum DeathCodes {
    /// - Parameter admitted: whether the class is inpatient or day case. `4` is "died" as a discharge method and "to
    ///   the A&E clinic" as a disposal, so it is never taken as death for an attendance.
    static func tellsDeath(method: String?, destination: String?, disposal: String?, admitted: Bool) -> Bool {
        if admitted, method == "4" { return true }
        if let destination, destinations.contains(destination) { return true }
        if !admitted, let disposal, disposals.contains(disposal) { return true }
        return false
    }

    /// 79 not applicable, died or stillbirth; 305398007 mortuary (SNOMED CT).
    private static let destinations: Set<String> = ["79", "305398007"]
    /// 10 died in department; 75004002 died in department, 63238001 dead on arrival (SNOMED CT).
    private static let disposals: Set<String> = ["10", "75004002", "63238001"]
}

extension EncounterClass {
    /// Whether it means a bed or a day case.
    package var isAdmission: Bool { self == .inpatient || self == .daycase }
}
