import Projections

/// A caller who may do what was asked for, in the practices that are theirs.
///
/// Only `AccessGate` makes one.
package struct Pass: Sendable {
    let caller: Caller
    let permission: Permission
    /// What the access records say was asked for.
    let route: String
    let trail: RequestTrail
    /// The break-glass grant that the request names: a UUID in lower case.
    let grant: String?
    let gate: AccessGate
    var organisation: String?

    /// The practices of the token, ascending.
    var practices: [String] { caller.practices.sorted() }

    /// What the access record is to say of a look at this practice, which must be the caller's or opened by a grant.
    ///
    /// - Throws: 404, recorded as a denial; 503 where grants cannot be read.
    func access(to practice: String) async throws(Problem) -> AccessRequest {
        var access = request(for: practice)
        if caller.may(permission), caller.practices.contains(practice) {
            trail.note { $0.practice = practice }
            return access
        }
        guard let grant, mayBreakGlass(of: practice), let book = gate.breakGlass else {
            await gate.record(access, .practiceOutOfScope)
            throw Problem.notFound
        }
        access.purpose = AccessPurpose.breakGlass
        access.grant = grant
        let isOpen: Bool
        do {
            isOpen = try await book.isOpen(access)
        } catch {
            throw gate.logger.sourceFailed(error, requestID: access.requestID, configuration: gate.configuration)
        }
        guard isOpen else {
            await gate.record(access, .breakGlassNotOpen)
            throw Problem.notFound
        }
        trail.note { $0.practice = practice }
        return access
    }

    /// What the access record is to say of a look that shows no patient: for the first practice of the token; operators,
    /// whose tokens need name none, look for no practice.
    ///
    /// - Throws: 403 where there is nobody to look for.
    func accessWithoutPatients() async throws(Problem) -> AccessRequest {
        if let practice = caller.practices.min() { return request(for: practice) }
        let access = request(for: EncounterRow.unknownPractice)
        if caller.role == .operator { return access }
        await gate.record(access, .practiceOutOfScope)
        throw Authentication.scopeMissing(permission)
    }

    /// Records that what was asked for is not the caller's, and gives the 404 to throw: for a ref that none of the
    /// caller's practices knows, as for one that does not exist.
    func notFound(in practice: String? = nil) async -> Problem {
        await gate.record(request(for: practice ?? caller.practices.min() ?? ""), .practiceOutOfScope)
        return .notFound
    }

    /// Who looks at this practice, and for what; nothing is checked.
    func request(for practice: String) -> AccessRequest {
        AccessRequest(
            practice: practice, subject: caller.subject, role: caller.role?.rawValue ?? "unknown",
            client: caller.client, purpose: AccessPurpose.directCare, route: route,
            requestID: trail.facts.requestID, organisation: organisation)
    }

    private func mayBreakGlass(of practice: String) -> Bool {
        caller.mayBreakGlass(for: permission) && caller.mayOpen(practice)
    }
}

extension Caller {
    /// Whether this is a practice whose glass the caller could break: any, and for operators also the patients of none.
    func mayOpen(_ practice: String) -> Bool {
        ODSCode.isPractice(practice) || (practice == EncounterRow.unknownPractice && role == .operator)
    }
}
