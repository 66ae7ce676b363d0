import Admissions
import EventSourcing
import HTTPTypes
import Hummingbird
import Projections

/// `GET /api/v1/hospitals/{ods}/inpatients`: who is in this hospital now, of whatever practice, for its hot onboarding
/// staff to find whom to flag; those first who have been in longest.
struct InpatientRoute: Sendable {
    let reader: OnboardingReader
    let parts: ServiceParts

    @Sendable func answer(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let hospital = context.parameters.get("ods") ?? ""
        let pass = try await parts.gate.admit(request, context, to: .readOnboarding, route: "hospitals/inpatients")
        guard pass.caller.role == .hospitalOnboarding else {
            await parts.gate.record(pass.request(for: hospital), .roleNotAllowed)
            throw Authentication.scopeMissing(.readOnboarding)
        }
        let access = try await pass.access(to: hospital)
        guard let log = LogName(hospital) else { throw Problem.notFound }
        let parameters = try QueryParameters(request.uri.query, known: ["limit", "cursor"])
        let asked = try OnboardingPage(parameters)
        let now = parts.now()
        let page = try await parts.reading(access) {
            try await reader.inpatients(of: log, access: access, limit: asked.limit, after: asked.place)
        }
        context.trail.note { $0.items = page.items.count }
        var json = JSONAnswer(capacity: page.items.count * 1_024 + 256)
        json.beginObject()
        json.field("hospital", hospital)
        json.standing(of: page.feeds, providers: parts.configuration.providers, at: now)
        json.field("total", Int64(page.total))
        json.key("items")
        json.beginArray()
        for inpatient in page.items {
            json.beginObject()
            json.field("practice", inpatient.row.practice)
            json.key("case")
            if let caseID = inpatient.caseID {
                json.beginObject()
                json.field("id", caseID)
                json.field("state", inpatient.state?.rawValue)
                json.endObject()
            } else {
                json.null()
            }
            json.key("stay")
            json.item(
                ListItem(row: inpatient.row, standing: EncounterStanding.of(inpatient.row, now: now)),
                of: .inHospital, providers: parts.configuration.providers, now: now)
            json.endObject()
        }
        json.endArray()
        json.field("next_cursor", page.next.map(OnboardingPage.cursor))
        json.endObject()
        return .json(json.bytes)
    }
}
