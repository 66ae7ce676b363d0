import Admissions
import EventSourcing
import HTTPTypes
import Hummingbird
import NIOCore
import Projections

/// What all routes of acts share: who acts, at which practice, and what is answered.
struct ActDesk: Sendable {
    let store: ActStore
    let parts: ServiceParts

    /// The most practices that are tried for a ref or an identifier; a token with more names one.
    private static let practicesMax = 32

    // MARK: Acting

    /// Carries out an order at the practice of the address.
    func carryOut<Subject>(
        at access: AccessRequest, _ command: CommandRequest,
        _ order: (AccessRequest, StaffAct) throws -> ActOrder<Subject>
    ) async throws -> ActOutcome<Subject> {
        do {
            return try await store.carryOut(try order(access, try act(access, command)))
        } catch let refusal as ActRefusal {
            if refusal == .notFound || refusal == .patientUnknown {
                await parts.gate.record(access, .practiceOutOfScope)
            }
            throw Problem(refusal)
        } catch let problem as Problem {
            throw problem
        } catch {
            throw parts.logger.sourceFailed(error, requestID: access.requestID, configuration: parts.configuration)
        }
    }

    /// Carries out an order at that practice of the caller's which knows the ref or the identifier.
    func carryOut<Subject>(
        _ pass: Pass, _ request: Request, _ command: CommandRequest,
        _ order: (AccessRequest, StaffAct) throws -> ActOrder<Subject>
    ) async throws -> ActOutcome<Subject> {
        let named = try QueryParameters(request.uri.query, known: ["practice"])["practice"]
        let practices = named.map { [$0] } ?? pass.practices
        guard practices.count <= Self.practicesMax else {
            throw Problem.invalid(
                .invalidParameter, "/query/practice", "The token is for many practices: name the one that is meant.")
        }
        for practice in practices {
            let access = try await pass.access(to: practice)
            do {
                return try await store.carryOut(try order(access, try act(access, command)))
            } catch ActRefusal.notFound, ActRefusal.patientUnknown {
                continue
            } catch let refusal as ActRefusal {
                throw Problem(refusal)
            } catch let problem as Problem {
                throw problem
            } catch {
                throw parts.logger.sourceFailed(
                    error, requestID: access.requestID, configuration: parts.configuration)
            }
        }
        throw await pass.notFound(in: named)
    }

    private func act(_ access: AccessRequest, _ command: CommandRequest) throws -> StaffAct {
        guard let role = StaffRole(rawValue: access.role) else {
            throw Problem(.scopeMissing, "This step is another role's.")
        }
        return StaffAct(by: access.subject, role: role, at: parts.now(), command: command.key)
    }

    // MARK: Answering

    /// An answer with the entity tag of what it shows.
    func answer(
        _ json: JSONAnswer, version: Int64, status: HTTPResponse.Status = .ok, isReplay: Bool = false
    ) -> Response {
        var headers: HTTPFields = [.eTag: "\"\(version)\""]
        if isReplay { headers[.idempotentReplay] = "true" }
        return .json(json.bytes, status: status, headers: headers)
    }

    /// The identifier of a concern or an action in the address.
    ///
    /// - Throws: 404, recorded as a denial, for what is no identifier of ours.
    func identifier(_ context: PracticeContext, _ pass: Pass) async throws(Problem) -> String {
        guard let id = context.parameters.get("id").flatMap({ UUIDText.lowercased($0) }) else {
            throw await pass.notFound()
        }
        return id
    }
}

extension Problem {
    /// Why an order is not carried out.
    init(_ refusal: ActRefusal) {
        switch refusal {
        case .patientUnknown, .notFound: self = .notFound
        case .merged(let ref): self = .merged(into: ref)
        case .alreadyDiscussed(let who, let at): self = .alreadyDiscussed(by: who, at: at)
        case .rejected(let rejection): self.init(rejection)
        case .preconditionFailed: self = .stale
        case .versionConflict:
            self.init(.versionConflict, "It has changed since you saw it. Read it again and decide anew.")
        case .keyReused:
            self.init(.idempotencyKeyReused, "This Idempotency-Key was used before, with other content.")
        case .streamUnreadable:
            self.init(.internalError, "What is stored cannot be read. Tell us the instance.")
        }
    }
}
