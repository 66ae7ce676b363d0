import Projections

/// Finds out at which of a caller's practices something is: a ref does not say whose it is.
///
/// One access record names one practice, so each is asked in a transaction of its own, in the order of their codes,
/// until one has what is looked for. Each leaves its record; what none has is 404 and recorded as a denial, for it may
/// be another practice's.
struct PracticeTrial: Sendable {
    /// The most practices that are tried; a token with more names one.
    static let practicesMax = 32

    let pass: Pass
    let parts: ServiceParts
    /// The practices to try.
    let practices: [String]

    /// - Parameter named: the practice that the caller names; it must be theirs.
    /// - Throws: `practice_needed` where none is named and the token has more than `practicesMax`, or none.
    init(_ pass: Pass, named: String?, parts: ServiceParts) throws(Problem) {
        self.pass = pass
        self.parts = parts
        practices = named.map { [$0] } ?? pass.practices
        guard (1...Self.practicesMax).contains(practices.count) else { throw Self.practiceNeeded }
    }

    /// What the first practice that has it gives.
    ///
    /// - Parameter purpose: why somebody looks, where it is not what the pass says.
    /// - Throws: 404, or 503 where the source gives nothing.
    func first<Found>(
        purpose: String? = nil, _ read: (AccessRequest) async throws -> Looked<Found>, where isFound: (Found) -> Bool
    ) async throws -> Looked<Found> {
        for practice in practices {
            var access = try await pass.access(to: practice)
            if let purpose { access.purpose = purpose }
            let asked = access
            let looked = try await parts.reading(asked) { try await read(asked) }
            if isFound(looked.found) { return looked }
        }
        throw await pass.notFound(in: practices.count == 1 ? practices[0] : nil)
    }

    static var practiceNeeded: Problem {
        Problem(
            .practiceNeeded,
            """
            The token is for several practices, or for none: name the one that is meant, with practice= or, for FHIR, \
            in NHSD-End-User-Organisation-ODS.
            """)
    }
}
