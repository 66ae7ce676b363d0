import Admissions
import EventSourcing
import HTTPTypes
import Hummingbird
import Projections

/// Hot onboarding cases: the work lists, one case, and the steps that people take.
///
/// Where an address names no organisation, those of the token are tried in order; `?practice=` or `?hospital=` names
/// one. Whoever acts, the step is written within an access record of the hospital, in whose log the case stands.
struct OnboardingCaseRoutes: Sendable {
    let reader: OnboardingReader
    let desk: OnboardingDesk
    let parts: ServiceParts

    /// The most organisations that are tried for a ref or a case; a token with more names one.
    private static let organisationsMax = 32
    /// How long an answer waits for what was done to show (product.md 5.7).
    private static let showMax: Duration = .seconds(1)

    // MARK: Reading

    /// `GET /api/v1/onboarding-cases?hospital=|practice=&state=`: what waits for its next step, longest first.
    @Sendable func list(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await admit(request, context, .readOnboarding, "onboarding-cases")
        let parameters = try Self.parameters(request, ["state", "limit", "cursor"])
        let places = try places(parameters, pass)
        guard places.count == 1, let place = places.first else {
            throw Problem.invalid(
                .invalidParameter, "/query/practice",
                "The token is for several organisations: name one, as practice= or hospital=.")
        }
        let access = try await pass.access(to: place)
        let state = try Self.state(parameters["state"])
        let asked = try OnboardingPage(parameters)
        let view = Self.view(pass)
        let page = try await parts.reading(access) {
            try await reader.cases(view, access: access, state: state, limit: asked.limit, after: asked.place)
        }
        context.trail.note { $0.items = page.items.count }
        var json = JSONAnswer(capacity: page.items.count * 1_024 + 256)
        json.beginObject()
        json.standing(of: page.feeds, providers: parts.configuration.providers, at: parts.now())
        json.field("total", Int64(page.total))
        json.key("items")
        json.beginArray()
        for found in page.items { json.onboardingCase(found, view) }
        json.endArray()
        json.field("next_cursor", page.next.map(OnboardingPage.cursor))
        json.endObject()
        return .json(json.bytes)
    }

    /// `GET /api/v1/onboarding-cases/{id}`.
    @Sendable func one(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await admit(request, context, .readOnboarding, "onboarding-cases/one")
        let found = try await find(request, context, pass).found
        return answer(found, pass)
    }

    // MARK: Writing

    /// `POST /api/v1/onboarding-cases`: `{"encounter":"enc_…","reasons":["lives-alone"],"note":"…"}`, of an inpatient.
    @Sendable func flag(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await admit(request, context, .writeOnboarding, "onboarding-cases/flag")
        let command = try await CommandRequest(request)
        let wanted = try Flag(command.content)
        let places = try places(try Self.parameters(request, []), pass)
        for place in places {
            let access = try await pass.access(to: place)
            let inpatient = try await parts.reading(access) {
                try await reader.inpatient(wanted.encounter, access: access)
            }
            guard let inpatient, let subject = inpatient.subject else { continue }
            let stream = inpatient.stream ?? HotOnboardingCase.stream(of: subject.who.patient)
            let written = try await write(
                { _ in .flag(subject, wanted.reasons, note: wanted.note) }, on: stream, of: subject.who.hospital,
                version: nil, command, pass)
            let found = try await parts.reading(access) {
                try await reader.find(access: access, stream: stream, of: subject.who.hospital)
            }
            guard let found, written.isShown else {
                throw Problem(
                    .listCatchingUp, "It is done, and does not show yet. Send the same again for the answer.",
                    headers: [.retryAfter: String(parts.configuration.retryAfterSeconds)])
            }
            return answer(found.with(written.record), pass, status: .created, isReplay: written.isReplay)
        }
        throw await pass.notFound(in: places.count == 1 ? places.first : nil)
    }

    /// `POST /api/v1/onboarding-cases/{id}/transitions`: one step (`OnboardingStep`), from the version that `If-Match`
    /// names.
    @Sendable func move(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await admit(request, context, .writeOnboarding, "onboarding-cases/transitions")
        let command = try await CommandRequest(request)
        let (found, _) = try await find(request, context, pass)
        let version = try command.requiredVersion()
        let step = try OnboardingStep(command.content)
        let written = try await write(
            { state throws(ActRejection) in try step.intent(for: state, shown: found) }, on: found.shown.stream,
            of: found.shown.hospital, version: version, command, pass)
        return answer(found.with(written.record), pass, isReplay: written.isReplay)
    }

    private struct Written {
        let record: HotOnboardingRecord
        let isReplay: Bool
        /// Whether the views have it.
        let isShown: Bool
    }

    private func write(
        _ intent: @Sendable (HotOnboardingCase) throws(ActRejection) -> HotOnboardingIntent, on stream: StreamName,
        of hospital: LogName, version: Int64?, _ command: CommandRequest, _ pass: Pass
    ) async throws -> Written {
        let access = pass.request(for: hospital.rawValue)
        guard let role = StaffRole(rawValue: access.role) else { throw Problem(ActRejection(.roleNotAllowed)) }
        let act = StaffAct(by: access.subject, role: role, at: parts.now(), command: command.key)
        do {
            let outcome = try await desk.carryOut(
                intent, by: act, on: stream, of: hospital, access: access, version: version)
            switch outcome {
            case .stale: throw Problem.stale
            case .done(let record, let position):
                let isShown = try await reader.waitUntilShown(position, of: hospital, atMost: Self.showMax)
                return Written(record: record, isReplay: false, isShown: isShown)
            case .known(let record, let position):
                let isShown = try await reader.waitUntilShown(position, of: hospital, atMost: Self.showMax)
                return Written(record: record, isReplay: true, isShown: isShown)
            }
        } catch let problem as Problem {
            throw problem
        } catch let rejection as ActRejection {
            throw Problem(rejection)
        } catch {
            throw parts.logger.sourceFailed(error, requestID: access.requestID, configuration: parts.configuration)
        }
    }

    // MARK: Who looks, and at what

    private func admit(
        _ request: Request, _ context: PracticeContext, _ permission: Permission, _ route: String
    ) async throws(Problem) -> Pass {
        try await parts.gate.admit(request, context, to: permission, route: route)
    }

    /// The case of the address, in that organisation of the caller's which may see it.
    ///
    /// - Throws: 404, recorded as a denial.
    private func find(
        _ request: Request, _ context: PracticeContext, _ pass: Pass
    ) async throws -> (found: OnboardingReader.Found, access: AccessRequest) {
        let places = try places(try Self.parameters(request, []), pass)
        let caseID = context.parameters.get("id") ?? ""
        for place in places {
            let access = try await pass.access(to: place)
            let found = try await parts.reading(access) {
                try await reader.find(Self.view(pass), access: access, caseID: caseID)
            }
            if let found { return (found, access) }
        }
        throw await pass.notFound(in: places.count == 1 ? places.first : nil)
    }

    private static func parameters(_ request: Request, _ known: Set<String>) throws(Problem) -> QueryParameters {
        let parameters = try QueryParameters(request.uri.query, known: known.union(["practice", "hospital"]))
        guard parameters["practice"] == nil || parameters["hospital"] == nil else {
            throw .invalid(.invalidParameter, "/query/hospital", "Name a practice or a hospital, not both.")
        }
        return parameters
    }

    /// The organisations on whose behalf to look: the one that is named, else those of the token.
    private func places(_ parameters: QueryParameters, _ pass: Pass) throws(Problem) -> [String] {
        if let named = parameters["practice"] ?? parameters["hospital"] { return [named] }
        guard pass.practices.count <= Self.organisationsMax else {
            throw .invalid(
                .invalidParameter, "/query/practice",
                "The token is for many organisations: name the one that is meant.")
        }
        return pass.practices
    }

    private static func view(_ pass: Pass) -> OnboardingReader.View {
        switch pass.caller.role {
        case .hospitalOnboarding: .hospital
        case .complexCare: .complexCare
        default: .practice
        }
    }

    private static func state(_ text: String?) throws(Problem) -> HotOnboardingState? {
        guard let text else { return nil }
        guard let state = HotOnboardingState(rawValue: text), state != .unopened else {
            throw .invalid(.invalidParameter, "/query/state", "There is no such state.")
        }
        return state
    }

    // MARK: Answering

    private func answer(
        _ found: OnboardingReader.Found, _ pass: Pass, status: HTTPResponse.Status = .ok, isReplay: Bool = false
    ) -> Response {
        var json = JSONAnswer(capacity: 2_048)
        json.onboardingCase(found, Self.view(pass))
        var headers: HTTPFields = [.eTag: "\"\(found.shown.version)\""]
        if status == .created { headers[.location] = "/api/v1/onboarding-cases/\(found.shown.caseID)" }
        if isReplay { headers[.idempotentReplay] = "true" }
        return .json(json.bytes, status: status, headers: headers)
    }

    /// The content of a flag.
    private struct Flag: Sendable {
        let encounter: String
        let reasons: [OnboardingReason]
        let note: StaffNote?

        init(_ content: [UInt8]) throws {
            var encounter: String?
            var reasons: [OnboardingReason] = []
            var note: StaffNote?
            try ActContent.read(content) { key, json in
                switch key {
                case "encounter": encounter = try json.readString()
                case "reasons": reasons = try json.readReasons()
                case "note": note = try json.readNote(.note)
                default: return false
                }
                return true
            }
            guard let encounter else { throw Problem.contentUnreadable }
            (self.encounter, self.reasons, self.note) = (encounter, reasons, note)
        }
    }
}

extension OnboardingReader.Found {
    /// The same once the case has gone on; the detail is of the view, and follows with it.
    fileprivate func with(_ record: HotOnboardingRecord) -> OnboardingReader.Found {
        OnboardingReader.Found(shown: shown.with(record), detail: detail?.with(record))
    }
}
