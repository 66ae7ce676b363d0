package import Admissions
import EventSourcing
package import Postgres

/// What all rows of an installation are made with beside the logs: the key of the refs, the practices that had closed
/// when the views were last made, and what was sensitive then.
///
/// Practices that close later, and another policy, take effect with the next rebuild, for all rows at once (`Rebuild`):
/// rows of one practice under two codes would be half a list.
package struct ViewBasis: Sendable {
    let key: ReferenceKey
    /// Who has taken over the patients of each closed practice.
    package var successors: PracticeSuccessors
    /// What is sensitive here, beside what messages tell.
    package var sensitivity: SensitivityPolicy

    /// Makes the basis of views.
    init(
        key: ReferenceKey, successors: PracticeSuccessors = PracticeSuccessors(),
        sensitivity: SensitivityPolicy = SensitivityPolicy()
    ) {
        self.key = key
        self.successors = successors
        self.sensitivity = sensitivity
    }

    /// All but the key, as the installation keeps it: the closed practices on the first line, then what is sensitive.
    var stored: String {
        sensitivity.isEmpty ? successors.stored : successors.stored + "\n" + sensitivity.stored
    }

    /// Whether the live views are made with these settings; views of which nothing is made yet take them on.
    ///
    /// Where it is false, a `Rebuild` makes them so. To be asked before a `Projector` begins: what is sensitive must not be
    /// shown first. The pool logs in as `primary_conect_projector`.
    package static func settle(
        _ successors: PracticeSuccessors, _ sensitivity: SensitivityPolicy, in pool: PostgresPool
    ) async throws -> Bool {
        let wanted = ViewBasis(key: ReferenceKey([]), successors: successors, sensitivity: sensitivity)
        let result = try await pool.query("select practice.settle_basis(\(wanted.stored))")
        return try result.first?.decode(0, as: Bool.self) ?? false
    }

    /// Reads what the live views are made with.
    package static func load(from pool: PostgresPool) async throws -> ViewBasis {
        try await load(from: .pool(pool))
    }

    static func load(from channel: StatementChannel) async throws -> ViewBasis {
        guard let row = try await channel.query("select ref_key, successors from practice.installation").first else {
            throw ProjectionError.installationMissing
        }
        let (key, stored) = try row.decode([UInt8].self, String.self)
        let lines = stored.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        return ViewBasis(
            key: ReferenceKey(key), successors: PracticeSuccessors(stored: String(lines.first ?? "")),
            sensitivity: SensitivityPolicy(stored: lines.dropFirst().first ?? ""))
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
