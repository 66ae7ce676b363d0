package import EventSourcing

/// A district in which one thing is certain to be seen (product.md 8.5).
///
/// Settings of the simulation, people and messages that are scripted (`ScenarioScript`), and what is done to the
/// messages on their way (`Disturbance`). All of it follows from the seed and the moment at which the script begins.
package enum Scenario: String, CaseIterable, Sendable {
    case quietNight = "quiet-night"
    case winterMonday = "winter-monday"
    case clocksBack = "clocks-back"
    case clocksForward = "clocks-forward"
    case silentFeed = "silent-feed"
    case lateBatch = "late-batch"
    case corrections
    case mergeUnmerge = "merge-unmerge"
    case deceased
    case restricted
    case readmission
    case similarNames = "similar-names"
    case duplicateStorm = "duplicate-storm"
    case outOfOrder = "out-of-order"
    case longNames = "long-names"
    case movedPractice = "moved-practice"
    case hugePractice = "huge-practice"

    /// What to look for: one sentence. The people it names stand on the list of the district's first practice.
    package var lookFor: String {
        switch self {
        case .quietNight:
            "Hardly a message between 22:00 and 07:00: lists that are empty for a good reason, and a district "
                + "hospital that is not silent."
        case .winterMonday:
            "On Monday morning the weekend's discharges are entered all at once, hours after they happened, "
                + "and A&E is full."
        case .clocksBack:
            "Harriet and Hester Doubleday came an hour apart, both at 01:30 on the wall: both are shown, and "
                + "their time is marked as ambiguous."
        case .clocksForward:
            "Silas Springer was admitted at 01:30, which no clock ever showed: the time is moved one hour on "
                + "and marked."
        case .silentFeed:
            "Castlemead sends nothing any more: \"complete\" turns false, the feed is silent since its last "
                + "message, and Cassia Meade is still shown in its beds."
        case .lateBatch:
            "Southmoor's messages of five hours come all at once: Tardis Lateman was told hours after he was "
                + "admitted, so an earlier list could not have him."
        case .corrections:
            "Clara Undone's admission is cancelled (A11), Clive Undone is back in his first bed (A12), and "
                + "Cora Undone is in hospital again after a discharge that was not one (A13)."
        case .mergeUnmerge:
            "Merrily Twosome is one patient with both her stays (A40); Minna and Myra Apart were joined by "
                + "mistake, and the hospital's A37 is kept for an operator, who parts them: primary-conect identity "
                + "unmerge."
        case .deceased:
            "Four people died, each told in another way: a discharge method, PID-30, PID-29 alone, and an A&E "
                + "disposal."
        case .restricted:
            "Rosa Hidden and Rhoda Hidden are in hospital, and no answer says where: one was sensitive from "
                + "the start (PV1-16), the other became so (ZU8-4)."
        case .readmission:
            "Rudi Again left hospital twelve days ago and was admitted as an emergency tonight: a readmission "
                + "within 30 days."
        case .similarNames:
            "Two Harwoods whose names begin with M, and a Stephens and a Stevens of one year of birth, lie on "
                + "one list: each warns of the other."
        case .duplicateStorm:
            "For an hour every message comes six times: nothing is counted twice, and no row changes."
        case .outOfOrder:
            "Odile Backward's discharge, transfer and admission come in that order: she is on the discharges "
                + "with all three."
        case .longNames:
            "Names of a hundred letters, with accents, apostrophes and hyphens, and one of two letters: none "
                + "is cut short."
        case .movedPractice:
            "Mona Mover is registered elsewhere in the middle of her stay: the first practice keeps a line "
                + "that does not say where, the second sees the stay; Marcus Mover leaves the district."
        case .hugePractice:
            "The first practice has 30,000 patients, sixty or more of them in a bed: pages, counts and times "
                + "hold."
        }
    }

    /// When to begin, where the scenario is of a certain day; `nil` where any will do.
    package var start: Instant? {
        switch self {
        case .winterMonday: Instant(iso8601: "2026-01-04T00:00:00Z")
        case .clocksBack: Instant(iso8601: "2026-10-24T18:00:00Z")
        case .clocksForward: Instant(iso8601: "2026-03-28T18:00:00Z")
        case .quietNight: Instant(iso8601: "2026-02-03T12:00:00Z")
        default: nil
        }
    }

    /// The district in which it plays.
    package func district(seed: UInt64) -> District {
        District(seed: seed, firstListSize: self == .hugePractice ? 30_000 : nil)
    }

    /// Volumes and mistakes.
    package var settings: SimulationSettings {
        var settings = SimulationSettings()
        switch self {
        case .quietNight:
            settings = .faultless
            settings.attendancesPerDay = 30
            settings.directEmergenciesPerWeekday = 2
            settings.electivesPerWeekday = 3
            settings.dayCasesPerWeekday = 5
            settings.updatesPerInpatientDay = 0.7
            settings.demographicUpdatesPerDay = 30
            settings.newPeoplePerDay = 5
            settings.practiceChangesPerDay = 1
            settings.deathsOutsidePerDay = 0.3
        case .winterMonday:
            settings.attendancesPerDay = 215
            settings.directEmergenciesPerWeekday = 18
            settings.weekendLateEntryRate = 0.6
        case .clocksBack:
            settings.pausesWhenClocksGoBack = false
        case .corrections:
            settings.cancelledAdmissionRate = 0.06
            settings.cancelledDischargeRate = 0.1
            settings.correctionRate = 0.15
        case .outOfOrder:
            settings.delayedRate = 0.15
        default: break
        }
        return settings
    }

    /// What happens to messages on their way, if the script begins at `start`.
    func disturbance(from start: Instant) -> Disturbance? {
        func minutes(_ count: Int) -> Instant { start + .seconds(60 * count) }
        switch self {
        case .silentFeed: return Disturbance(.silenced, of: "ZX902", minutes(30)..<Instant(microseconds: .max))
        case .lateBatch: return Disturbance(.heldBack, of: "ZX901", minutes(60)..<minutes(360))
        case .duplicateStorm: return Disturbance(.repeated(times: 5), of: nil, minutes(30)..<minutes(90))
        default: return nil
        }
    }
}
