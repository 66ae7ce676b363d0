import Admissions
import Audit
import EventSourcing
import HTTPTypes
import Hummingbird
import Projections

/// The answers of `/api/v1/audit/access`: access records, the oldest first.
struct AuditAccessAnswers: Sendable {
    let reader: AccessReader
    let parts: ServiceParts

    private static let route = "audit/access"
    private static let limitStandard = 100
    private static let reasonCharacters = 10...500

    /// `GET`: `practice`, `user`, `client`, `kind` (repeatable), `since`, `until`, `limit`, `cursor`.
    @Sendable func access(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await parts.gate.admit(request, context, to: .readAudit, route: Self.route)
        let parameters = try QueryParameters(
            request.uri.query,
            known: ["practice", "user", "client", "kind", "since", "until", "limit", "cursor"], repeatable: ["kind"])
        var question = AccessQuestion(
            user: parameters["user"], client: parameters["client"],
            since: try Self.time(parameters["since"], "/query/since"),
            until: try Self.time(parameters["until"], "/query/until"))
        for text in parameters.all("kind") {
            guard let kind = AccessLine.Kind(rawValue: text) else {
                throw Problem.invalid(
                    .invalidParameter, "/query/kind", "A kind is look, reveal, break-glass, grant, denial or poll.")
            }
            question.kinds.insert(kind)
        }
        let limit = try parameters.number(
            "limit", in: 1...AccessReader.linesMax, "/query/limit", "The limit is a whole number from 1 to 500.")
        let access = try await pass.practice(named: parameters["practice"])
        let place = try Self.place(parameters["cursor"], of: access.practice, "/query/cursor")
        return try await answer(question, access, after: place, limit: limit, reason: nil, context)
    }

    /// `POST`: `nhs_number` or `patient`, `reason`; `practice`, `since`, `until`, `cursor` where they are wanted.
    @Sendable func accessToPatient(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await parts.gate.admit(request, context, to: .readAudit, route: Self.route)
        _ = try QueryParameters(request.uri.query, known: [])
        let texts = try await RequestContent.texts(
            of: request, known: ["nhs_number", "patient", "practice", "reason", "since", "until", "cursor"])
        let reason = texts["reason"]?.trimmingPrefix { $0.isWhitespace } ?? ""
        guard Self.reasonCharacters.contains(reason.unicodeScalars.count),
            reason.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
        else {
            throw Problem.invalid(
                .invalidParameter, "/body/reason", "Say why in one line of 10 to 500 characters. Somebody will read it.")
        }
        let question = AccessQuestion(
            person: try Self.person(texts), since: try Self.time(texts["since"], "/body/since"),
            until: try Self.time(texts["until"], "/body/until"))
        let access = try await pass.practice(named: texts["practice"])
        let place = try Self.place(texts["cursor"], of: access.practice, "/body/cursor")
        return try await answer(question, access, after: place, limit: nil, reason: String(reason), context)
    }

    private func answer(
        _ question: AccessQuestion, _ access: AccessRequest, after place: AccessPlace?, limit: Int?, reason: String?,
        _ context: PracticeContext
    ) async throws -> Response {
        var question = question
        question.practice = access.practice
        let asked = question
        let page = try await parts.reading(access) {
            try await reader.page(
                asked, after: place, limit: limit ?? Self.limitStandard, look: AuditLook(access, reason: reason))
        }
        context.trail.note { $0.items = page.lines.count }
        var json = JSONAnswer(capacity: 512 * (page.lines.count + 1))
        json.beginObject()
        json.field("practice", access.practice)
        json.field("made_at", systemTime: parts.now())
        json.key("items")
        json.beginArray()
        for line in page.lines { json.accessLine(line) }
        json.endArray()
        json.field("next_cursor", page.next.map { AccessCursor($0).text })
        json.endObject()
        return .json(json.bytes)
    }

    private static func person(_ texts: [String: String]) throws(Problem) -> AccessQuestion.Person {
        switch (texts["nhs_number"], texts["patient"]) {
        case (let text?, nil):
            guard let number = NHSNumber(text) else {
                throw .invalid(
                    .invalidParameter, "/body/nhs_number",
                    "The NHS number is not ten digits with a check digit that is right.")
            }
            return .nhsNumber(number)
        case (nil, let ref?):
            guard FHIRText.ref(id: FHIRText.id(ref: ref), kind: "pt") == ref else {
                throw .invalid(.invalidParameter, "/body/patient", "A patient is named by a ref: pt_…")
            }
            return .ref(ref)
        default:
            throw .invalid(.invalidParameter, "/body", "Name the patient by nhs_number or by patient, a ref: one of them.")
        }
    }

    private static func time(_ text: String?, _ pointer: StaticString) throws(Problem) -> Instant? {
        guard let text else { return nil }
        guard let instant = Instant(iso8601: text) else {
            throw .invalid(.invalidTime, pointer, "A time is RFC 3339, such as 2026-03-03T08:00:00Z.")
        }
        return instant
    }

    private static func place(
        _ text: String?, of practice: String, _ pointer: StaticString
    ) throws(Problem) -> AccessPlace? {
        guard let text else { return nil }
        guard let cursor = AccessCursor(text), cursor.place.practice == practice else {
            throw .invalid(.invalidParameter, pointer, "The cursor is not one of this question. Begin again without it.")
        }
        return cursor.place
    }
}

/// Where the next page of access records begins, as the caller holds it: `a1.` and base64url.
///
/// It carries a place and no right: the practice must be the caller's, whoever made the cursor.
struct AccessCursor: Sendable, Equatable {
    let place: AccessPlace

    private static let prefix = "a1."
    private static let charactersMax = 256

    init(_ place: AccessPlace) {
        self.place = place
    }

    /// Reads a cursor; `nil` where it is none of ours.
    init?(_ text: String) {
        guard text.utf8.count <= Self.charactersMax, text.hasPrefix(Self.prefix),
            let bytes = Base64URL.decode(text.utf8.dropFirst(Self.prefix.utf8.count)),
            let inner = String(validating: bytes, as: UTF8.self)
        else { return nil }
        let parts = inner.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let at = Int64(parts[0]), let id = UUIDText.lowercased(parts[2]) else { return nil }
        self.init(AccessPlace(at: Instant(microseconds: at), practice: parts[1], id: id))
    }

    /// Letters, digits, `-`, `_` and `.`, which need no escapes in a query.
    var text: String {
        Self.prefix
            + Base64URL.encode(["\(place.at.microseconds)", place.practice, place.id].joined(separator: "\n").utf8)
    }
}

extension JSONAnswer {
    /// One access record.
    fileprivate mutating func accessLine(_ line: AccessLine) {
        beginObject()
        field("id", line.id)
        field("at", systemTime: line.at)
        field("kind", line.kind.rawValue)
        field("practice", line.practice)
        field("user", line.subject)
        field("role", line.role)
        field("client", line.client)
        field("organisation", line.organisation)
        field("route", line.route)
        field("deed", AccessWords.deed(line))
        field("purpose", line.purpose)
        field("reason", line.reason)
        field("denial", line.denial)
        field("request_id", line.requestID.isEmpty ? nil : line.requestID)
        field("patients", Int64(line.patients))
        key("refs")
        beginArray()
        for ref in line.refs { string(ref) }
        endArray()
        field("count", Int64(line.count))
        key("reviewed")
        if let isReviewed = line.isReviewed { bool(isReviewed) } else { null() }
        endObject()
    }
}
