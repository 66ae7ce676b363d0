/// Who is on whose list, by what all practices have told up to a moment, and what that means for a hospital's patient.
///
/// The order of truth is the practices' lists, then PD1 of the latest message (domain.md 7.3). Of several practices on
/// whose lists a person is, the one with the latest day of joining counts (one that tells no day joined before all
/// others), of equals the one that told it last. If nobody lists the person, PD1 counts, unless that very practice has
/// said that the person left. A list speaks for a patient only if the dates of birth agree, or the hospital has none.
package struct RegistrationBook: Sendable {
    /// What one practice says of one person now.
    private struct Standing: Sendable {
        var isListed: Bool
        var from: LondonDay?
        var born: LondonDay
        /// The telling of the being on the list and its day: a corrected birth is none.
        var told: RegistrationPoint

        init(_ point: RegistrationPoint) {
            (isListed, from, born, told) = (point.isListed, point.from, point.born, point)
        }

        mutating func take(_ point: RegistrationPoint) {
            if point.isListed != isListed || point.from != from { told = point }
            (isListed, from, born) = (point.isListed, point.from, point.born)
        }
    }

    /// All that was told of each person, ascending.
    private var points: [NHSNumber: [RegistrationPoint]] = [:]
    private var standings: [NHSNumber: [ODSPracticeCode: Standing]] = [:]

    /// Nobody is on any list.
    package init() {}

    /// Takes in what a practice told; a point that is known changes nothing.
    package mutating func take(_ point: RegistrationPoint) {
        var known = points.removeValue(forKey: point.person) ?? []
        defer { points[point.person] = known }
        if let last = known.last, !(last < point) {
            guard !known.contains(point) else { return }
            known.append(point)
            known.sort()
            standings[point.person] = nil
            for point in known { stand(point) }
        } else {
            known.append(point)
            stand(point)
        }
    }

    private mutating func stand(_ point: RegistrationPoint) {
        guard var standing = standings[point.person]?[point.practice] else {
            standings[point.person, default: [:]][point.practice] = Standing(point)
            return
        }
        standing.take(point)
        standings[point.person, default: [:]][point.practice] = standing
    }

    /// All that was told of a person, ascending.
    package func points(of person: NHSNumber) -> [RegistrationPoint] { points[person] ?? [] }

    /// Whether any practice ever told anything of a person.
    package func knows(_ person: NHSNumber) -> Bool { points[person] != nil }

    /// The practice in force for a hospital's patient; `nil` if none is known.
    ///
    /// - Parameter current: who has the patients of a practice now: itself, unless it has closed.
    package func practice(of patient: Patient, current: (ODSPracticeCode) -> ODSPracticeCode) -> ODSPracticeCode? {
        let told = patient.practice.map(current)
        guard let number = patient.nhsNumber, let standings = standings[number] else { return told }
        let agreeing = standings.filter { Self.agree($0.value.born, patient.born) }
        let listed = agreeing.filter(\.value.isListed)
        if let best = listed.values.max(by: Self.precedes) { return current(best.told.practice) }
        guard let told, agreeing.keys.contains(where: { current($0) == told }) else { return told }
        return nil
    }

    /// Whether a practice has the person on its list under another date of birth than the hospital's: for an operator.
    package func isDiscrepant(_ patient: Patient) -> Bool {
        guard let number = patient.nhsNumber, let standings = standings[number] else { return false }
        return standings.values.contains { $0.isListed && !Self.agree($0.born, patient.born) }
    }

    private static func precedes(_ lhs: Standing, _ rhs: Standing) -> Bool {
        guard lhs.from == rhs.from else { return (lhs.from?.number ?? .min) < (rhs.from?.number ?? .min) }
        return lhs.told < rhs.told
    }

    /// Whether two days of birth may be one: `told` may lack its day, or its month.
    package static func agree(_ born: LondonDay, _ told: String?) -> Bool {
        guard let told else { return true }
        let text = born.text
        return text.hasPrefix(told) || told.hasPrefix(text)
    }
}
