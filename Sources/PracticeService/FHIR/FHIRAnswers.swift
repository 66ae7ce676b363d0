import Admissions
import EventSourcing
import HTTPTypes
import Hummingbird
import Projections

/// The answers of `FHIRRoutes`.
///
/// A read tries the practices of the token as `DetailRoutes` does; a search is of one practice (`practice(for:)`).
/// Every patient in an answer is in its access record.
struct FHIRAnswers: Sendable {
    let reader: DetailReader
    let parts: ServiceParts

    private var providers: ProviderDirectory { parts.configuration.providers }

    @Sendable func metadata(_ request: Request, _ context: PracticeContext) async throws -> Response {
        parts.respond(CapabilityStatement.body(), entityTag: "W/\"\(CapabilityStatement.softwareVersion)\"", to: request)
    }

    // MARK: Encounter

    @Sendable func encounter(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let trial = try await trial(request, context, route: "fhir/encounters")
        let ref = FHIRText.ref(id: id(context), kind: "enc") ?? ""
        let looked = try await trial.first {
            try await reader.encounter(ref, access: $0)
        } where: {
            $0 != nil
        }
        guard let row = looked.found else { throw Problem.notFound }
        context.trail.note { $0.items = 1 }
        return parts.respond(EncounterResource.make(row, providers: providers), to: request)
    }

    @Sendable func encounters(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await parts.gate.admit(request, context, to: .readFHIR, route: "fhir/encounters/search")
        let query = try EncounterQuery(
            query: request.uri.query, form: try await form(of: request),
            isLenient: FHIRParameters.isLenient(request.headers))
        let access = try await pass.access(to: try query.practice ?? practice(for: pass))
        let looked = try await parts.reading(access) { try await reader.encounters(query.search, access: access) }
        let rows = looked.found.rows
        context.trail.note { $0.items = rows.count }
        let base = parts.base(of: request)
        let next: String? =
            if looked.found.hasMore, let last = rows.last {
                SearchCursor(
                    practice: access.practice, place: EncounterQuery.place(behind: last), query: query.query
                ).text
            } else {
                nil
            }
        let patients =
            query.includesPatients ? Set(rows.map(\.patient.ref)).sorted().compactMap { rows.latest(of: $0) } : []
        return bundle(
            looked, at: base, "Encounter", query: query.selfQuery, next: next,
            matches: rows.map { EncounterResource.make($0, providers: providers) },
            included: patients.map(PatientResource.make), to: request)
    }

    // MARK: Patient

    @Sendable func patient(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let trial = try await trial(request, context, route: "fhir/patients")
        let ref = FHIRText.ref(id: id(context), kind: "pt") ?? ""
        let looked = try await trial.first {
            try await reader.patients([ref], access: $0)
        } where: {
            !$0.isEmpty
        }
        guard let row = looked.found.first else { throw Problem.notFound }
        context.trail.note { $0.items = 1 }
        return parts.respond(PatientResource.make(row), to: request)
    }

    /// Patients are not searched by GET, whatever is asked.
    @Sendable func patientsByGet(_ request: Request, _ context: PracticeContext) async throws -> Response {
        _ = try await parts.gate.admit(request, context, to: .readFHIR, route: "fhir/patients/search")
        throw FHIRParameters.usePostSearch
    }

    /// By NHS number: one Patient for each hospital that tells of the person. The address holds nothing of what was
    /// asked, nor does the `self` link.
    @Sendable func patients(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await parts.gate.admit(request, context, to: .readFHIR, route: "fhir/patients/search")
        if (request.uri.query ?? "").isEmpty == false { throw FHIRParameters.usePostSearch }
        let parameters = try FHIRParameters(
            query: nil, form: try await form(of: request), known: ["identifier"],
            isLenient: FHIRParameters.isLenient(request.headers))
        guard let identifier = parameters["identifier"] else {
            throw Problem.invalid(
                .invalidParameter, "Patient.identifier", "Patients are searched by identifier: their NHS number.")
        }
        guard
            let number = EncounterQuery.code(identifier, of: FHIRSystem.nhsNumber.description).flatMap({ NHSNumber($0) }
            )
        else {
            throw Problem.invalid(
                .invalidParameter, "Patient.identifier",
                "The identifier is a sound NHS number, behind https://fhir.nhs.uk/Id/nhs-number| or alone."
            )
        }
        let access = try await pass.access(to: try practice(for: pass))
        let looked = try await parts.reading(access) { try await reader.bearing(number, access: access) }
        let rows = Set(looked.found.map(\.patient.ref)).sorted().compactMap { looked.found.latest(of: $0) }
        context.trail.note { $0.items = rows.count }
        return bundle(
            looked, at: parts.base(of: request), "Patient/_search", query: "", next: nil,
            matches: rows.map(PatientResource.make), to: request)
    }

    // MARK: Flag

    @Sendable func flags(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await parts.gate.admit(request, context, to: .readFHIR, route: "fhir/flags/search")
        let query = try FlagQuery(
            query: request.uri.query, form: try await form(of: request),
            isLenient: FHIRParameters.isLenient(request.headers))
        let access = try await pass.access(to: try query.practice ?? practice(for: pass))
        let looked = try await parts.reading(access) {
            try await reader.flags(access: access) { flags in
                let page = query.page(of: flags)
                return (page, patients: page.flags.map(\.patientRef))
            }
        }
        let flags = looked.found.flags
        context.trail.note { $0.items = Set(flags.map(\.patientRef)).count }
        let next: String? =
            if looked.found.hasMore, let last = flags.last {
                SearchCursor(practice: access.practice, place: last.fhirID, query: query.query).text
            } else {
                nil
            }
        return bundle(
            looked, at: parts.base(of: request), "Flag", query: query.selfQuery, next: next,
            matches: flags.map(FlagResource.make), to: request)
    }

    @Sendable func flag(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let trial = try await trial(request, context, route: "fhir/flags")
        let id = id(context)
        let looked = try await trial.first {
            try await reader.flags(access: $0) { flags in
                let flag = flags.first { $0.fhirID == id }
                return (flag, patients: [flag?.patientRef].compactMap(\.self))
            }
        } where: {
            $0 != nil
        }
        guard let flag = looked.found else { throw Problem.notFound }
        context.trail.note { $0.items = 1 }
        return parts.respond(FlagResource.make(flag), to: request)
    }

    // MARK: Organization and Location

    @Sendable func organization(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await parts.gate.admit(request, context, to: .readFHIR, route: "fhir/organizations")
        let code = id(context)
        let isTheirs = pass.practices.contains(code)
        guard isTheirs || providers.name(of: code) != nil, let practice = isTheirs ? code : pass.practices.first else {
            throw await pass.notFound(in: code)
        }
        let access = try await pass.access(to: practice)
        try await parts.reading(access) { try await reader.look(access: access) }
        return parts.respond(OrganizationResource.make(code: code, name: providers.name(of: code)), to: request)
    }

    @Sendable func location(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let trial = try await trial(request, context, route: "fhir/locations")
        let id = id(context)
        guard let place = PlaceKey(id) else { throw await trial.pass.notFound() }
        for practice in trial.practices {
            let access = try await trial.pass.access(to: practice)
            if try await parts.reading(access, { try await reader.knows(place, access: access) }) {
                return parts.respond(LocationResource.make(place, id: id, providers: providers), to: request)
            }
        }
        throw await trial.pass.notFound()
    }

    // MARK: What they share

    private func trial(
        _ request: Request, _ context: PracticeContext, route: String
    ) async throws -> PracticeTrial {
        let pass = try await parts.gate.admit(request, context, to: .readFHIR, route: route)
        _ = try FHIRParameters(
            query: request.uri.query, known: [], isLenient: FHIRParameters.isLenient(request.headers))
        return try PracticeTrial(pass, named: organisation(of: pass), parts: parts)
    }

    /// The practice of a search: the token's one, or of several the one that the header names.
    private func practice(for pass: Pass) throws(Problem) -> String {
        if let named = organisation(of: pass) { return named }
        guard pass.practices.count == 1, let practice = pass.practices.first else {
            throw PracticeTrial.practiceNeeded
        }
        return practice
    }

    /// The organisation that a client says it asks for, where it is one of the token's practices.
    private func organisation(of pass: Pass) -> String? {
        pass.organisation.flatMap { pass.practices.contains($0) ? $0 : nil }
    }

    private func id(_ context: PracticeContext) -> String { context.parameters.get("id") ?? "" }

    /// The content of a `_search`; `nil` of a GET.
    private func form(of request: Request) async throws -> [UInt8]? {
        guard request.method == .post else { return nil }
        let type = request.headers[.contentType]?.lowercased() ?? ""
        guard type.hasPrefix("application/x-www-form-urlencoded") else {
            throw Problem.invalid(
                .invalidParameter, "Content-Type", "A search is sent as application/x-www-form-urlencoded.")
        }
        return try await RequestContent.bytes(of: request)
    }

    private func bundle<Found>(
        _ looked: Looked<Found>, at base: String, _ path: String, query: String, next: String?,
        matches: [FHIRResource], included: [FHIRResource] = [], to request: Request
    ) -> Response {
        let bundle = SearchBundle(
            base: base, selfLink: query.isEmpty ? "\(base)/\(path)" : "\(base)/\(path)?\(query)",
            nextLink: next.map { "\(base)/\(path)?_cursor=\($0)" }, matches: matches, included: included,
            feeds: looked.feeds, providers: providers, now: parts.now())
        return parts.respond(bundle.body, entityTag: bundle.entityTag, to: request)
    }
}
