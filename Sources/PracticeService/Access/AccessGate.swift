import EventSourcing
import HTTPTypes
import Hummingbird
import Logging
import Projections

/// Lets a request in or turns it away, and records who was turned away. Every route asks it, in one call.
///
/// The order is the order of what a stranger may learn: who are you (401), may your role do this (403), is the practice
/// yours (404, as if there were none). Parameters and content come after, in the route. Denials are recorded for those
/// who have shown who they are; a request without a good token is in the log alone (`refusal`), for else anybody could
/// fill a table that is never emptied.
///
/// `X-Break-Glass` names a grant (`BreakGlassRoutes`) that opens a practice which is not the caller's; it counts only
/// where the token does not open the practice, for roles and parts that `Role.breakGlassPermissions` names.
/// `NHSD-End-User-Organisation-ODS` is the organisation on whose behalf a system asks: noted in the access record, never
/// a scope.
package struct AccessGate: Sendable {
    let authentication: Authentication
    let denials: any DenialRecorder
    let breakGlass: (any BreakGlassBook)?
    let configuration: PracticeServiceConfiguration
    let logger: Logger

    /// Lets in whoever may do this for some practice, where the address names none: the route then asks the pass for
    /// each practice it reads.
    ///
    /// - Parameter route: what the access record says was asked for: our own words, never a value that was sent.
    /// - Throws: 401, 403, and 400 for an organisation that is none.
    func admit(
        _ request: Request, _ context: PracticeContext, to permission: Permission, route: String
    ) async throws(Problem) -> Pass {
        try await pass(request, context, permission, route: route, practice: nil)
    }

    /// Lets in whoever may do this for this practice (or hospital, where the role works across practices).
    ///
    /// - Throws: as the other, and 404 where the practice is not the caller's.
    func admit(
        _ request: Request, _ context: PracticeContext, to permission: Permission, of practice: String, route: String
    ) async throws(Problem) -> AccessRequest {
        try await pass(request, context, permission, route: route, practice: practice).access(to: practice)
    }

    private func pass(
        _ request: Request, _ context: PracticeContext, _ permission: Permission, route: String, practice: String?
    ) async throws(Problem) -> Pass {
        let caller = try authentication.caller(of: request, context)
        var pass = Pass(
            caller: caller, permission: permission, route: route, trail: context.trail,
            grant: request.headers[.breakGlass].flatMap { UUIDText.lowercased($0) }, gate: self)
        guard caller.may(permission) || (pass.grant != nil && caller.mayBreakGlass(for: permission)) else {
            await record(pass.request(for: practice ?? caller.practices.min() ?? ""), .roleNotAllowed)
            throw Authentication.scopeMissing(permission)
        }
        if let organisation = request.headers[.endUserOrganisation] {
            guard ODSCode.isOrganisation(organisation) else {
                throw .invalid(
                    .invalidParameter, "/header/NHSD-End-User-Organisation-ODS",
                    "The organisation is an ODS code: 3 to 6 capital letters and digits.")
            }
            pass.organisation = organisation
        }
        return pass
    }

    /// Records a denial. What was asked for in a path counts only where it has the form of an ODS code: any other text
    /// may be a patient's number, and names no practice.
    ///
    /// The answer is no in any case, so a denial that cannot be recorded is logged and does not change it.
    func record(_ access: AccessRequest, _ reason: DenialReason) async {
        var access = access
        if !ODSCode.isOrganisation(access.practice), access.practice != EncounterRow.unknownPractice {
            access.practice = Self.noPractice
        }
        do {
            try await denials.recordDenial(access, reason: reason)
        } catch {
            logger.error(
                "denial not recorded",
                metadata: ["request_id": "\(access.requestID)", "error": "\(String(describing: type(of: error)))"])
        }
    }

    /// What a denial names in place of a practice where none was asked for.
    private static let noPractice = "INVALID"
}
