extension UKCodes {
    /// Where a patient went from the emergency department (EMERGENCY CARE DISCHARGE DESTINATION, SNOMED CT).
    ///
    /// Destinations of a stay are `dischargeDestination`.
    package static let emergencyCareDestination = CodeList(
        name: "emergency-care-destination", title: "Emergency care discharge destination",
        source: "UK Core R4; Emergency Care Data Set (SNOMED CT)",
        date: nil,
        entries: [
            .init("306689006", "Home"),
            .init("306691003", "Residential home"),
            .init("306694006", "Nursing home"),
            .init("306705005", "Police custody"),
            .init("50861005", "Legal custody"),
            .init("1066331000000109", "Short stay ward of the emergency department"),
            .init("1066341000000100", "Ambulatory or same day emergency care"),
            .init("1066351000000102", "Hospital at home (virtual ward)"),
            .init("306706006", "Ward"),
            .init("1066361000000104", "High dependency unit"),
            .init("1066371000000106", "Coronary care unit"),
            .init("1066381000000108", "Special care baby unit"),
            .init("1066391000000105", "Intensive care unit"),
            .init("1066401000000108", "Neonatal intensive care unit"),
            .init("1874161000000104", nil, note: "Grouped with admissions"),
            .init("19712007", "Another hospital or facility"),
            .init("183919006", "Hospice"),
            .init("305398007", "Mortuary"),
        ])
}
