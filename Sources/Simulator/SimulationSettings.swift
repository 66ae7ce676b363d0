/// The volumes, mistakes and disturbances of a simulation.
///
/// Rates are probabilities from 0 to 1 of each case they speak of; volumes are means. The defaults are an ordinary
/// district hospital with ordinary mistakes.
package struct SimulationSettings: Sendable, Equatable {
    /// How a simulation finds its hospitals when it begins.
    package enum Priming: Sendable, Equatable {
        /// Nobody is in hospital: the wards fill over the first weeks.
        case emptyHospitals
        /// The wards are full, and the feed begins by telling who is there (A01, A04).
        case toldInpatients
        /// The wards are full, but nobody tells: the first news of those patients is whatever happens to them next.
        case untoldInpatients
    }

    // Volumes.
    /// A&E attendances a day at the district hospital.
    package var attendancesPerDay = 150.0
    /// Emergency admissions that do not pass through A&E, on a weekday; half as many at a weekend.
    package var directEmergenciesPerWeekday = 11.0
    /// Planned admissions for more than a day, on a weekday.
    package var electivesPerWeekday = 15.0
    /// Planned admissions for the day, on a weekday.
    package var dayCasesPerWeekday = 30.0
    /// Snapshot updates (A08) for each inpatient and day.
    package var updatesPerInpatientDay = 3.1
    /// Snapshot updates (A08) for each A&E attendance.
    package var updatesPerAttendance = 1.5
    /// Updates of people (A31) a day, most of which change nothing.
    package var demographicUpdatesPerDay = 270.0
    /// People newly known to a hospital (A28) a day, besides those who come ill.
    package var newPeoplePerDay = 40.0
    /// Changes of practice (A31) a day.
    package var practiceChangesPerDay = 12.0
    /// Deaths outside hospital that the hospital learns of (A31) a day.
    package var deathsOutsidePerDay = 1.8

    // Mistakes of people.
    /// Admissions entered for the wrong patient or too early, and cancelled (A11).
    package var cancelledAdmissionRate = 0.008
    /// Attendances entered and cancelled (A11).
    package var cancelledAttendanceRate = 0.004
    /// Stays during which a discharge is entered that has to be cancelled (A13).
    package var cancelledDischargeRate = 0.012
    /// Share of those false discharges that say the patient died.
    package var falseDeathShare = 0.05
    /// Stays whose times are corrected afterwards (A08).
    package var correctionRate = 0.02
    /// Discharges from a Monday to a Friday afternoon that are entered on the next working morning.
    package var lateEntryRate = 0.02
    /// Discharges from Friday evening to Sunday that are entered on Monday morning.
    package var weekendLateEntryRate = 0.15
    /// Numbers of cancelled admissions that are used again for another admission of the same patient.
    package var visitNumberReuseRate = 0.1

    // Disturbances on the way.
    /// Messages sent again with the same bytes, minutes later.
    package var resendRate = 0.002
    /// Messages that bear the control id of an earlier, different one.
    package var controlIDReuseRate = 0.0005
    /// Messages held up, so that later news overtakes them by up to 45 minutes.
    package var delayedRate = 0.002
    /// Messages that go out once in a form which cannot be read, and again a minute later as they should be.
    package var unreadableRate = 0.0005

    // Time.
    /// Whether the hospital's system stands still in the night the clocks go back, from 01:00 summer time to 02:00
    /// winter time, and is told afterwards. Otherwise it records in the hour that comes twice, and its order cannot be
    /// known.
    package var pausesWhenClocksGoBack = true
    /// How long a finished stay is remembered for `truth`, in days after the last news of it.
    package var historyDays = 8

    // Beginning.
    package var priming = Priming.toldInpatients
    /// Days that run unseen to fill the wards before a primed simulation begins.
    package var warmUpDays = 70

    /// An ordinary district hospital with ordinary mistakes.
    package init() {}

    /// The same hospital without a single mistake or disturbance.
    package static var faultless: SimulationSettings {
        var settings = SimulationSettings()
        settings.cancelledAdmissionRate = 0
        settings.cancelledAttendanceRate = 0
        settings.cancelledDischargeRate = 0
        settings.correctionRate = 0
        settings.lateEntryRate = 0
        settings.weekendLateEntryRate = 0
        settings.resendRate = 0
        settings.controlIDReuseRate = 0
        settings.delayedRate = 0
        settings.unreadableRate = 0
        return settings
    }
}
