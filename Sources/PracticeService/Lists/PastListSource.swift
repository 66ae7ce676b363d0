package import EventSourcing
package import Projections

/// Where lists of the past come from: `AsAtReader`, or rows in memory.
package protocol PastListSource: Sendable {
    /// When a moment was; reads no patient data.
    func time(of moment: AsAtMoment) async throws -> Instant

    /// Reads one page of a list as it stood, not the huddle, and records who read it, in one transaction.
    func page(
        _ question: ListQuestion, at moment: AsAtMoment, knowing knowledge: AsAtKnowledge, scope: AsAtScope,
        access: AccessRequest
    ) async throws -> ListPage

    /// Reads the huddle as it stood, and records who read it, in one transaction.
    func huddle(
        window: ListQuestion.Window, filter: ListFilter, at moment: AsAtMoment, knowing knowledge: AsAtKnowledge,
        scope: AsAtScope, access: AccessRequest
    ) async throws -> HuddlePage

    /// Reads what was shown beside what is known now, and records who read it, in one transaction.
    func comparison(
        _ question: ListQuestion, at moment: AsAtMoment, access: AccessRequest
    ) async throws -> AsAtComparison
}

extension AsAtReader: PastListSource {}
