/// Where a patient went on discharge (NHS Data Dictionary, DISCHARGE DESTINATION; domain.md section 1.5, from [S1], [S10] and
/// the later CDS 6-3 codes of [S22]). Codes that CDS 6-3 re-words keep the words both sets share.
enum DischargeDestination {
    static let table = CodeTable([
        ("19", "Usual place of residence"),
        ("29", "Temporary residence"),
        ("30", "Repatriation from high security hospital"),
        ("37", "Court"),
        ("38", "Penal establishment or police station"),
        ("40", "Penal establishment"),
        ("42", "Police station"),
        ("48", "High security hospital, Scotland"),
        ("49", "High security hospital"),
        ("50", "Medium secure unit"),
        ("51", "Another hospital, general ward"),
        ("52", "Another hospital, maternity or neonates"),
        ("53", "Another hospital, mental health or learning disability"),
        ("54", "NHS care home"),
        ("55", "Care home with nursing"),
        ("56", "Care home without nursing"),
        ("65", "Local authority residential home"),
        ("66", "Foster care"),
        ("79", "Not applicable, died or stillbirth"),
        ("84", "Medium secure unit, not NHS"),
        ("85", "Care home, not NHS"),
        ("87", "Hospital, not NHS"),
        ("88", "Hospice"),
        ("89", "Repatriation"),
        ("98", "Not applicable, not discharged"),
        ("99", "Not known"),
    ])
}
