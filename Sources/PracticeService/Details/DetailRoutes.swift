import Admissions
import EventSourcing
import HTTPTypes
import Hummingbird
package import Projections

/// One encounter, one patient, what happened to a patient, and who somebody is (product.md section 5.1).
///
/// A ref carries no practice: `practice=` names one, else each of the token's is tried (`PracticeTrial`). Another
/// practice's ref is 404, as if it did not exist. A ref that a merge has done away with is 410 and says which ref took
/// its place.
package struct DetailRoutes: RouteGroup {
    private let reader: DetailReader

    /// Answers from a reader whose pool logs in as `primary_conect_service`.
    package init(reader: DetailReader) {
        self.reader = reader
    }

    package func addRoutes(to routes: inout Routes, with parts: ServiceParts) {
        let answers = DetailAnswers(reader: reader, parts: parts)
        routes.serve("/api/v1/encounters/{ref}", .get(.readPatients, answers.encounter))
        routes.serve("/api/v1/patients/$match", .post(.matchPatients, answers.match))
        routes.serve("/api/v1/patients/{ref}", .get(.readPatients, answers.patient))
        routes.serve("/api/v1/patients/{ref}/timeline", .get(.readPatients, answers.timeline))
        routes.serve("/api/v1/patients/{ref}/reveal", .post(.readPatients, answers.reveal))
    }
}

/// The answers of `DetailRoutes`.
struct DetailAnswers: Sendable {
    let reader: DetailReader
    let parts: ServiceParts

    private var providers: ProviderDirectory { parts.configuration.providers }

    /// `GET /api/v1/encounters/{ref}`
    @Sendable func encounter(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let trial = try await trial(request, context, .readPatients, route: "encounters")
        let ref = context.parameters.get("ref") ?? ""
        let looked = try await trial.first {
            try await reader.encounter(ref, access: $0)
        } where: {
            $0 != nil
        }
        guard let row = looked.found else { throw Problem.notFound }
        context.trail.note { $0.items = 1 }
        let now = parts.now()
        return DetailAnswer("enc", looked, providers: providers, now: now) { json in
            json.encounterMembers(row, providers: providers, now: now)
            json.field("practice", looked.practice)
            json.key("patient")
            json.patient(row.patient)
        }.response(to: request)
    }

    /// `GET /api/v1/patients/{ref}`
    @Sendable func patient(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let (looked, ref) = try await patientDetail(request, context, route: "patients")
        let (rows, acts) = (looked.found.rows, looked.found.acts)
        let now = parts.now()
        return DetailAnswer("pat", looked, providers: providers, now: now) { json in
            json.field("practice", looked.practice)
            if let shown = rows.latest(of: ref) {
                json.key("patient")
                json.patient(shown.patient)
            }
            json.key("other_refs")
            json.beginArray()
            for other in Set(rows.map(\.patient.ref)).subtracting([ref]).sorted() { json.string(other) }
            json.endArray()
            json.key("encounters")
            json.beginArray()
            for row in rows {
                json.beginObject()
                json.encounterMembers(row, providers: providers, now: now)
                json.endObject()
            }
            json.endArray()
            json.acts(acts)
            json.key("registration")
            json.registration(looked.found.registration)
        }.response(to: request)
    }

    /// `GET /api/v1/patients/{ref}/timeline`
    @Sendable func timeline(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let (looked, ref) = try await patientDetail(request, context, route: "patients/timeline")
        return DetailAnswer("tim", looked, providers: providers, now: parts.now()) { json in
            json.field("practice", looked.practice)
            json.field("patient", ref)
            json.key("items")
            json.timeline(PatientTimeline(looked.found))
        }.response(to: request)
    }

    /// `POST /api/v1/patients/$match`: `{"nhs_number":"…","born":"1931-12-25"}` in, the ref out.
    ///
    /// Both are asked for, so that a slip in one number does not open somebody else's page; a date of birth that the
    /// hospital told in part has to agree as far as it goes, and one it did not tell contradicts nothing.
    @Sendable func match(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let trial = try await trial(request, context, .matchPatients, route: "patients/match")
        let texts = try await RequestContent.texts(of: request, known: ["nhs_number", "born"])
        guard let number = texts["nhs_number"].flatMap({ NHSNumber($0) }) else {
            throw Problem.invalid(
                .invalidParameter, "/body/nhs_number",
                "The NHS number is not ten digits with a check digit that is right.")
        }
        guard let born = texts["born"].flatMap({ LondonDay($0) })?.text else {
            throw Problem.invalid(.invalidParameter, "/body/born", "The date of birth is a day such as 1931-12-25.")
        }
        let looked = try await trial.first {
            try await reader.bearing(number, access: $0)
        } where: {
            !Self.matching($0, born).isEmpty
        }
        let refs = Self.matching(looked.found, born)
        context.trail.note { $0.items = refs.count }
        return DetailAnswer("mat", looked, providers: providers, now: parts.now()) { json in
            json.field("practice", looked.practice)
            json.field("patient", refs.first)
            json.key("other_refs")
            json.beginArray()
            for ref in refs.dropFirst() { json.string(ref) }
            json.endArray()
        }.response(to: request)
    }

    /// `POST /api/v1/patients/{ref}/reveal`: `{"reason":"…"}` in, where a restricted patient is out.
    ///
    /// For clinicians of the practice alone (product.md section 4.9). The reason is in the access record, as
    /// `reveal: …`, for the IG lead to see.
    @Sendable func reveal(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await parts.gate.admit(request, context, to: .readPatients, route: "patients/reveal")
        guard pass.caller.role == .practiceClinician, pass.caller.may(.readPatients) else {
            await parts.gate.record(pass.request(for: pass.practices.first ?? ""), .roleNotAllowed)
            throw Authentication.scopeMissing(.readPatients)
        }
        let trial = try PracticeTrial(pass, named: try practice(in: request), parts: parts)
        let texts = try await RequestContent.texts(of: request, known: ["reason"])
        guard let reason = RevealReason(texts["reason"]) else {
            throw Problem.invalid(
                .invalidParameter, "/body/reason", "Say why in 10 to 500 characters. Somebody will read it.")
        }
        let ref = context.parameters.get("ref") ?? ""
        let looked = try await trial.first(purpose: reason.purpose) {
            try await reader.revealing(ref, access: $0)
        } where: {
            !$0.isEmpty
        }
        context.trail.note { $0.items = 1 }
        return DetailAnswer("rev", looked, providers: providers, now: parts.now()) { json in
            json.field("practice", looked.practice)
            json.field("patient", ref)
            json.key("encounters")
            json.beginArray()
            for row in looked.found { json.revealed(row, providers: providers) }
            json.endArray()
        }.response(to: request)
    }

    private func patientDetail(
        _ request: Request, _ context: PracticeContext, route: String
    ) async throws -> (Looked<PatientDetail>, ref: String) {
        let trial = try await trial(request, context, .readPatients, route: route)
        let ref = context.parameters.get("ref") ?? ""
        let looked = try await trial.first {
            try await reader.patient(ref, access: $0)
        } where: {
            !$0.rows.isEmpty || $0.mergedInto != nil
        }
        if let ref = looked.found.mergedInto { throw Problem.merged(into: ref) }
        context.trail.note { $0.items = 1 }
        return (looked, ref)
    }

    private func trial(
        _ request: Request, _ context: PracticeContext, _ permission: Permission, route: String
    ) async throws -> PracticeTrial {
        let pass = try await parts.gate.admit(request, context, to: permission, route: route)
        return try PracticeTrial(pass, named: try practice(in: request), parts: parts)
    }

    private func practice(in request: Request) throws(Problem) -> String? {
        try QueryParameters(request.uri.query, known: ["practice"])["practice"]
    }

    /// Refs of those who were not born on another day, the one whose encounter began last first.
    private static func matching(_ rows: [EncounterRow], _ born: String) -> [String] {
        var refs: [String] = []
        for row in rows where born.hasPrefix(row.patient.born ?? "") && !refs.contains(row.patient.ref) {
            refs.append(row.patient.ref)
        }
        return refs
    }
}

extension [EncounterRow] {
    /// The row that shows a patient as last told; one that still stands, if there is one.
    func latest(of patientRef: String) -> EncounterRow? {
        let own = filter { $0.patient.ref == patientRef }
        let standing = own.filter { $0.status != EncounterRow.withdrawnStatus }
        return (standing.isEmpty ? own : standing).max { $0.lastToldAt < $1.lastToldAt }
    }
}

extension JSONAnswer {
    /// Where a patient is, or was, whatever is withheld elsewhere.
    fileprivate mutating func revealed(_ row: EncounterRow, providers: ProviderDirectory) {
        beginObject()
        field("encounter", row.encounterRef)
        field("status", row.status)
        let hospital = row.hospital?.rawValue
        field("hospital", hospital)
        field("hospital_name", providers.siteName(site: nil, hospital: hospital))
        key("location")
        beginObject()
        field("site", row.location.site ?? hospital)
        field("site_name", providers.siteName(site: row.location.site, hospital: hospital))
        field("ward", row.location.ward)
        field("bay", row.location.bay)
        field("bed", row.location.bed)
        field("text", row.location.text)
        endObject()
        key("specialty")
        coded(row.specialty, UKCodes.treatmentFunction.label(for: row.specialty))
        key("consultant")
        clinician(code: row.consultant, name: row.consultantName)
        field("reason", row.reason)
        key("destination")
        coded(row.dischargeDestination, UKCodes.dischargeDestination.label(for: row.dischargeDestination))
        endObject()
    }
}
