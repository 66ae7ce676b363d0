package import EventSourcing

/// What a person's encounters add up to on a day, as domain.md 6.1 counts.
///
/// A window of so many days ends with the day of `now` and counts it: of 365 days the first is 364 days before it, leap
/// year or not. Encounters that are planned, cancelled, entered in error or withdrawn count nowhere.
package struct HuddleHistory: Sendable {
    private let stays: [HuddleEncounter]
    private let attendances: [HuddleEncounter]
    /// Stays that ended alive, and when.
    private let ended: [(stay: HuddleEncounter, end: LondonDay)]
    private let today: LondonDay

    package init(of patient: HuddlePatient, now: Instant) {
        let order = { (lhs: HuddleEncounter, rhs: HuddleEncounter) in
            (lhs.startedAt, lhs.ref) < (rhs.startedAt, rhs.ref)
        }
        stays = patient.encounters.filter(\.isStay).sorted(by: order)
        attendances = patient.encounters.filter { $0.counts && $0.isAttendance }.sorted(by: order)
        ended = stays.compactMap { stay in
            guard !stay.endedInDeath, let end = stay.discharged.day ?? stay.endedAt.map({ LondonDay(of: $0) }) else {
                return nil
            }
            return (stay, end)
        }
        today = LondonDay(of: now)
    }

    /// Emergency admissions within so many days, oldest first; one that goes on with a stay of another hospital (2B) is
    /// no new one, and neither is a birth. An attendance that led to a stay is no admission beside it.
    package func emergencyAdmissions(days: Int) -> [HuddleEncounter] {
        stays.filter { stay in stay.isEmergencyStay && isWithin(stay.startedAt, days) && !continuesAnother(stay) }
    }

    /// Attendances within so many days, oldest first. Whether one was planned is not told by the messages we read, so
    /// all count.
    package func attendances(days: Int) -> [HuddleEncounter] {
        attendances.filter { isWithin($0.arrived.at ?? $0.startedAt, days) }
    }

    /// Attendances within so many days that the patient left before treatment, oldest first.
    package func leftBeforeTreatment(days: Int) -> [HuddleEncounter] {
        attendances(days: days).filter { UKCodes.leftBeforeTreatment(disposal: $0.disposal) }
    }

    /// The stay before this one that ended alive, and the days from its end to this admission; `nil` if this is not an
    /// emergency, or goes on with another stay.
    package func discharge(before stay: HuddleEncounter) -> (stay: HuddleEncounter, days: Int)? {
        guard stay.isEmergencyStay, !continuesAnother(stay) else { return nil }
        return lastDischarge(before: stay.startedAt, except: stay.ref)
    }

    /// The last stay that ended alive before an instant, and the days since.
    package func lastDischarge(before instant: Instant, except ref: String) -> (stay: HuddleEncounter, days: Int)? {
        let day = LondonDay(of: instant)
        let before = ended.lazy.filter { $0.end <= day && $0.stay.startedAt < instant && $0.stay.ref != ref }
        guard let last = before.max(by: { $0.end < $1.end }) else { return nil }
        return (last.stay, Int(day.number - last.end.number))
    }

    /// A transfer of somebody who was in a bed until the day before at the earliest (2B, 81).
    private func continuesAnother(_ stay: HuddleEncounter) -> Bool {
        guard UKCodes.isTransfer(admissionMethod: stay.admissionMethod) else { return false }
        let day = LondonDay(of: stay.startedAt)
        return stays.contains { earlier in
            guard earlier.ref != stay.ref, earlier.startedAt < stay.startedAt else { return false }
            return earlier.endedAt.map { LondonDay(of: $0) + 1 >= day } ?? true
        }
    }

    private func isWithin(_ instant: Instant, _ days: Int) -> Bool {
        let day = LondonDay(of: instant)
        return day <= today && day > today + -days
    }
}
