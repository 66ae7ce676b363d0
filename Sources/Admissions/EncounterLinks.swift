import EventSourcing

/// Attendances in the emergency department and the stays they led to, told under two visit numbers.
///
/// One person, one issuer of numbers, and the stay began between the arrival and six hours after the end of the
/// attendance; of several attendances the latest (domain.md 1.2, "ED to ward").
struct EncounterLinks {
    private var links: [EncounterKey: EncounterKey] = [:]

    /// How long after the end of an attendance a stay may begin.
    private static let gapMax = Duration.seconds(6 * 3_600)
    /// How long an attendance without an end counts: then it is presumed closed.
    private static let openMax = Duration.seconds(72 * 3_600)

    /// - Parameter readings: of one person.
    init(_ readings: [EncounterReading]) {
        let attendances = readings.filter { $0.isAttendance && $0.admitted == nil && !$0.status.isVoid }
        guard !attendances.isEmpty else { return }
        let stays = readings.filter { $0.admitted?.moment != nil && $0.arrived == nil && !$0.status.isVoid }
        for stay in stays.sorted(by: Self.precedes) {
            guard let began = stay.admitted?.moment else { continue }
            let found = attendances.filter { attendance in
                links[attendance.key] == nil && attendance.key.issuer == stay.key.issuer
                    && Self.leads(attendance, to: began)
            }
            guard let attendance = found.max(by: Self.precedes) else { continue }
            links[attendance.key] = stay.key
            links[stay.key] = attendance.key
        }
    }

    subscript(key: EncounterKey) -> EncounterKey? { links[key] }

    private static func leads(_ attendance: EncounterReading, to began: Moment) -> Bool {
        guard let arrived = attendance.arrived?.moment, arrived.instant <= began.last else { return false }
        let latest = attendance.discharged?.moment.map { $0.last + gapMax } ?? arrived.instant + openMax
        return began.instant <= latest
    }

    private static func precedes(_ lhs: EncounterReading, _ rhs: EncounterReading) -> Bool {
        let left = lhs.admitted?.moment ?? lhs.arrived?.moment
        let right = rhs.admitted?.moment ?? rhs.arrived?.moment
        guard let left, let right, left.instant != right.instant else { return lhs.key < rhs.key }
        return left.instant < right.instant
    }
}
