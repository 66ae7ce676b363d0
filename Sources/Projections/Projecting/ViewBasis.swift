package import Admissions
import EventSourcing
package import Postgres

/// What all rows of an installation are made with beside the logs: the key of the refs, and the practices that had closed when
/// the views were last made.
///
/// Practices that close later take effect with the next rebuild, for all rows at once (`Rebuild`): rows of one practice
/// under two codes would be half a list.
package struct ViewBasis: Sendable {
    let key: ReferenceKey
    /// Who has taken over the patients of each closed practice.
    package var successors: PracticeSuccessors

    /// Makes the basis of views.
    init(key: ReferenceKey, successors: PracticeSuccessors = PracticeSuccessors()) {
        self.key = key
        self.successors = successors
    }

    /// Reads what the live views are made with.
    package static func load(from pool: PostgresPool) async throws -> ViewBasis {
        try await load(from: .pool(pool))
    }

    static func load(from channel: StatementChannel) async throws -> ViewBasis {
        guard let row = try await channel.query("select ref_key, successors from practice.installation").first else {
            throw ProjectionError.installationMissing
        }
        let (key, successors) = try row.decode([UInt8].self, String.self)
        return ViewBasis(key: ReferenceKey(key), successors: PracticeSuccessors(stored: successors))
    }
}

/// Closed practices and who has their patients now, as views are made with them.
package struct PracticeSuccessors: Sendable, Equatable {
    private var steps: [ODSPracticeCode: ODSPracticeCode] = [:]

    /// No practice has closed.
    package init() {}

    /// Those who had closed by a day.
    package init(_ succession: PracticeSuccession, at day: LondonDay) {
        steps = succession.standing(at: day)
    }

    /// Reads what `stored` gives.
    init(stored text: String) {
        for step in text.split(separator: " ") {
            let codes = step.split(separator: "=").compactMap { ODSPracticeCode(String($0)) }
            if codes.count == 2 { steps[codes[0]] = codes[1] }
        }
    }

    /// `L99901=L99902 L99903=L99904`, ascending: the same for the same practices.
    package var stored: String {
        steps.map { "\($0.rawValue)=\($1.rawValue)" }.sorted().joined(separator: " ")
    }

    /// Who has the patients of a practice.
    func current(_ code: ODSPracticeCode) -> ODSPracticeCode { steps[code] ?? code }
}
