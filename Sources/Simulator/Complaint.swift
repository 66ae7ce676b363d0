/// Why someone comes to hospital: words, ICD-10 code, treatment function and the ages it befalls.
struct Complaint: Sendable {
    let text: String
    let code: String
    let specialty: String
    let ages: ClosedRange<Int>

    private init(_ text: String, _ code: String, _ specialty: String, _ ages: ClosedRange<Int> = 0...120) {
        self.text = text
        self.code = code
        self.specialty = specialty
        self.ages = ages
    }

    /// Places in `all` of what brings someone of this age to A&E or into an emergency bed.
    static func emergencies(at years: Int) -> [Int] { emergencyPlaces[min(max(years, 0), 120)] }

    /// Places in `all` of what brings someone of this age in by appointment.
    static func planned(at years: Int) -> [Int] { plannedPlaces[min(max(years, 0), 120)] }

    static let all: [Complaint] = emergencyList + plannedList

    private static let emergencyPlaces: [[Int]] = (0...120).map { years in
        emergencyList.indices.filter { emergencyList[$0].ages.contains(years) }
    }
    private static let plannedPlaces: [[Int]] = (0...120).map { years in
        plannedList.indices.filter { plannedList[$0].ages.contains(years) }.map { $0 + emergencyList.count }
    }

    private static let emergencyList: [Complaint] = [
        Complaint("FALL, CONFUSED", "R29.6", "430", 70...120),
        Complaint("Reduced mobility & off legs", "R26.8", "430", 70...120),
        Complaint("Fractured neck of femur L", "S72.0", "110", 65...120),
        Complaint("Delirium ?UTI", "R41.0", "430", 75...120),
        Complaint("Community-acquired pneumonia", "J18.9", "340", 40...120),
        Complaint("Exacerbation COPD", "J44.1", "340", 45...120),
        Complaint("Decompensated heart failure", "I50.9", "320", 55...120),
        Complaint("Chest pain ?ACS", "R07.4", "320", 30...120),
        Complaint("Fast AF", "I48.9", "320", 50...120), Complaint("Stroke / TIA", "I63.9", "400", 45...120),
        Complaint("Sepsis, source unclear", "A41.9", "300", 16...120),
        Complaint("Urinary sepsis", "N39.0", "300", 50...120),
        Complaint("AKI on CKD", "N17.9", "300", 50...120), Complaint("Upper GI bleed", "K92.2", "301", 30...120),
        Complaint("Collapse ?cause", "R55", "326", 16...120),
        Complaint("Cellulitis lower leg", "L03.1", "326", 30...120),
        Complaint("PE, for anticoagulation", "I26.9", "326", 25...120),
        Complaint("Hypoglycaemia (T1DM)", "E10.6", "326", 16...90),
        Complaint("Paracetamol overdose", "T39.1", "326", 14...70), Complaint("Headache ?SAH", "R51", "326", 16...80),
        Complaint("Seizure", "R56.8", "400", 5...90), Complaint("Abdominal pain", "R10.4", "100", 8...120),
        Complaint("Acute appendicitis", "K35.8", "100", 6...60),
        Complaint("Bowel obstruction", "K56.6", "100", 45...120),
        Complaint("Biliary colic", "K80.2", "100", 25...90), Complaint("Renal colic", "N23", "101", 20...80),
        Complaint("Urinary retention", "R33", "101", 55...120),
        Complaint("Fractured wrist (R), FOOSH", "S52.5", "110", 5...120),
        Complaint("Ankle injury", "S93.4", "110", 8...80), Complaint("Head injury", "S09.9", "110"),
        Complaint("Back pain ?cauda equina", "M54.5", "110", 18...95), Complaint("Laceration hand", "S61.9", "110"),
        Complaint("Bronchiolitis", "J21.9", "420", 0...2), Complaint("Febrile child", "R50.9", "420", 0...8),
        Complaint("Viral wheeze", "J45.9", "420", 1...12), Complaint("D&V, poor intake", "A09.9", "420", 0...15),
        Complaint("Self-harm", "X84", "326", 12...50), Complaint("Epistaxis", "R04.0", "326", 50...120),
        Complaint("PV bleeding, early pregnancy", "O20.0", "502", 16...45),
        Complaint("Palpitations", "R00.2", "320", 16...80),
        Complaint("Carer breakdown / social", "Z74.2", "430", 75...120), Complaint("Allergic reaction", "T78.4", "326"),
    ]
    private static let plannedList: [Complaint] = [
        Complaint("Total hip replacement", "M16.1", "110", 50...95),
        Complaint("Total knee replacement R", "M17.1", "110", 50...95),
        Complaint("Hernia repair", "K40.9", "100", 18...90), Complaint("Lap cholecystectomy", "K80.1", "100", 20...85),
        Complaint("Hemicolectomy", "C18.9", "100", 45...90), Complaint("TURP", "N40", "101", 55...95),
        Complaint("Cystoscopy", "N32.9", "101", 30...95), Complaint("Cataract extraction L", "H26.9", "130", 55...100),
        Complaint("Colonoscopy", "K63.9", "301", 25...90), Complaint("Gastroscopy", "K21.9", "301", 18...95),
        Complaint("Hysteroscopy", "N93.9", "502", 25...80), Complaint("Carpal tunnel release", "G56.0", "110", 30...95),
        Complaint("Knee arthroscopy", "M23.9", "110", 16...70),
        Complaint("Dental extractions under GA", "K02.9", "420", 3...17),
        Complaint("Grommets", "H65.9", "420", 1...17), Complaint("Iron infusion", "D50.9", "301", 18...120),
        Complaint("Excision of skin lesion", "D22.9", "100", 0...120),
    ]
}
