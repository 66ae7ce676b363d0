/// How something is spread over the hours of a day.
enum HourProfile {
    /// Arrivals in A&E: few before six, most from mid-morning to early evening.
    static let attendances: [Double] = [
        2.2, 1.8, 1.5, 1.3, 1.2, 1.3, 1.7, 2.8, 4.5, 6.2, 6.8, 6.6,
        6.2, 6.0, 5.9, 5.8, 5.9, 6.1, 6.2, 5.8, 5.2, 4.4, 3.5, 2.8,
    ]
    /// Emergencies sent by their doctors.
    static let directEmergencies: [Double] = [
        0.5, 0.4, 0.3, 0.3, 0.3, 0.3, 0.5, 1, 2, 4, 6, 8, 9, 9, 10, 10, 9, 8, 6, 4, 3, 2, 1, 0.7,
    ]
    /// Planned admissions: early, before the lists begin.
    static let planned: [Double] = [
        0, 0, 0, 0, 0, 0, 4, 30, 20, 8, 6, 8, 12, 8, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0,
    ]
    /// Discharges from a ward.
    static let discharges: [Double] = [
        0.3, 0.2, 0.1, 0.1, 0.1, 0.1, 0.2, 0.6, 2, 5, 9, 11, 10, 11, 13, 13, 11, 9, 6, 3, 2, 1, 0.7, 0.4,
    ]
    /// What clerks and systems do.
    static let office: [Double] = [
        0.6, 0.4, 0.4, 0.4, 0.5, 0.7, 1.5, 4, 9, 10, 10, 9.5, 8, 8, 9, 9, 7, 4, 2.5, 2, 1.7, 1.4, 1, 0.8,
    ]

    /// Attendances by weekday, Monday first, against their mean.
    static let attendancesByWeekday: [Double] = [1.10, 1.0, 0.98, 0.97, 0.98, 0.97, 1.0]
    /// Emergencies by month, January first, against their mean.
    static let emergenciesByMonth: [Double] = [1.03, 1.0, 1.01, 0.98, 1.0, 1.0, 1.0, 0.97, 0.98, 1.0, 1.01, 1.02]

    /// A minute of the day (0–1439) drawn from a profile.
    static func minute(_ profile: [Double], _ generator: inout SeededGenerator) -> Int {
        generator.index(weights: profile) * 60 + generator.below(60)
    }
}
