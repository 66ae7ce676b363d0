/// Which practice took over the patients of one that closed, and from which day.
///
/// Events keep the code that was told, which was right when it was told; this says what it comes to on another day
/// (domain.md 3). A practice closes once, and none comes back to itself over any number of steps, whatever their days,
/// so following them ends. A practice whose patients went to several has no successor: nobody knows whose they are
/// until they are told anew.
package struct PracticeSuccession: Sendable, Equatable {
    /// Why a step is not taken in.
    package enum Refusal: Error, Sendable {
        /// The practice has a successor already.
        case twice
        /// The successor leads back to the practice.
        case ring
    }

    private struct Step: Sendable, Equatable {
        let successor: ODSPracticeCode
        /// The first day of the successor.
        let day: LondonDay
    }

    private var steps: [ODSPracticeCode: Step] = [:]

    /// No practice ever closed.
    package init() {}

    package var isEmpty: Bool { steps.isEmpty }

    /// Takes in that `closed` is `successor` from a day on.
    package mutating func add(
        _ closed: ODSPracticeCode, to successor: ODSPracticeCode, from day: LondonDay
    ) throws(Refusal) {
        guard steps[closed] == nil else { throw .twice }
        var code = successor
        while code != closed {
            guard let step = steps[code] else {
                steps[closed] = Step(successor: successor, day: day)
                return
            }
            code = step.successor
        }
        throw .ring
    }

    /// The practices that have closed by a day, and who has their patients then.
    package func standing(at day: LondonDay) -> [ODSPracticeCode: ODSPracticeCode] {
        steps.filter { $0.value.day <= day }.keys.reduce(into: [:]) { $0[$1] = current($1, at: day) }
    }

    /// The practice that a code stands for on a day: itself, or who took over by then, over any number of steps.
    package func current(_ code: ODSPracticeCode, at day: LondonDay) -> ODSPracticeCode {
        var code = code
        while let step = steps[code], step.day <= day { code = step.successor }
        return code
    }
}
