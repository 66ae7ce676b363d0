import Admissions
import EventSourcing
import HTTPTypes
import Hummingbird
import Projections

/// Worries about patients that a practice keeps in sight.
///
/// What somebody wrote is not shown to a practice's administrators (product.md section 2): `note` and `closing_reason`
/// are `null` for them, and `words_withheld` says so.
struct ConcernRoutes: Sendable {
    let desk: ActDesk

    /// `GET /api/v1/practices/{ods}/concerns?state=open|closed|all`: the newest first; open ones if not said otherwise.
    @Sendable func list(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let practice = context.parameters.get("ods") ?? ""
        let access = try await desk.parts.gate.admit(
            request, context, to: .readLists, of: practice, route: "concerns")
        let state = try StateFilter.read(request, states: ["open", "closed"])
        let rows = try await desk.parts.reading(access) { try await desk.store.concerns(access, state: state) }
        context.trail.note { $0.items = rows.count }
        var json = JSONAnswer()
        json.beginList(of: practice, count: rows.count)
        for row in rows { json.concern(row, wordless: Self.isWordless(access)) }
        json.endList()
        return .json(json.bytes)
    }

    /// `POST /api/v1/concerns`: `{"patient":"pt_…","kind":"housing"}`, with `note`, `owner` and `review_on` if there are
    /// any.
    @Sendable func raise(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await desk.parts.gate.admit(request, context, to: .writeConcerns, route: "concerns")
        let command = try await CommandRequest(request)
        let wanted = try Wanted(command.content)
        let outcome: ActOutcome<Concern> = try await desk.carryOut(pass, request, command) { access, act in
            ActOrder(
                access: access, act: act, command: command.key, patientRef: wanted.ref,
                stream: { _ in Concern.stream(command.key) }
            ) { _, patient throws(ActRefusal) in
                guard let patient else { throw .patientUnknown }
                return .raise(
                    wanted.kind, about: patient, note: wanted.note, owner: wanted.owner, review: wanted.review)
            }
        }
        return answer(outcome, id: command.key.id, pass, status: .created)
    }

    /// `POST /api/v1/concerns/{id}/close`: `{"reason":"…"}`. With `If-Match` only as the caller saw it.
    @Sendable func close(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await desk.parts.gate.admit(request, context, to: .writeConcerns, route: "concerns")
        let id = try await desk.identifier(context, pass)
        let command = try await CommandRequest(request)
        let seen = command.condition == .none ? nil : try command.requiredVersion()
        let reason = try Self.reason(command.content)
        let outcome: ActOutcome<Concern> = try await desk.carryOut(pass, request, command) { access, act in
            ActOrder(
                access: access, act: act, command: command.key, stream: { _ in StreamName("concern:" + id) },
                subject: \.subject
            ) { concern, _ throws(ActRefusal) in
                guard concern.state != .unraised else { throw .notFound }
                if let seen, seen != Int64(concern.memory.eventCount) { throw .preconditionFailed }
                return .close(reason: reason)
            }
        }
        return answer(outcome, id: id, pass, status: .ok)
    }

    private static func isWordless(_ access: AccessRequest) -> Bool {
        access.role == StaffRole.practiceAdmin.rawValue
    }

    private func answer(
        _ outcome: ActOutcome<Concern>, id: String, _ pass: Pass, status: HTTPResponse.Status
    ) -> Response {
        var json = JSONAnswer()
        json.concern(
            outcome.state, id: id, patient: outcome.patientRef, wordless: Self.isWordless(pass.request(for: "")))
        return desk.answer(
            json, version: Int64(outcome.state.memory.eventCount), status: status, isReplay: outcome.isReplay)
    }

    // MARK: Reading the content

    private struct Wanted: Sendable {
        let ref: String
        let kind: ConcernKind
        let note: StaffNote?
        let owner: Assignee?
        let review: LondonDay?

        init(_ content: [UInt8]) throws {
            var (ref, kind): (String?, String?) = (nil, nil)
            var note: StaffNote?
            var owner: Assignee?
            var review: LondonDay?
            try ActContent.read(content) { key, json in
                switch key {
                case "patient": ref = try json.readString()
                case "kind": kind = try json.readString()
                case "note": note = try json.readNote(.note)
                case "owner": owner = try json.readAssignee()
                case "review_on": review = try json.readDay(.review)
                default: return false
                }
                return true
            }
            guard let ref, let kind = kind.flatMap(ConcernKind.init(rawValue:)) else {
                throw Problem.contentUnreadable
            }
            (self.ref, self.kind, self.note, self.owner, self.review) = (ref, kind, note, owner, review)
        }
    }

    private static func reason(_ content: [UInt8]) throws -> StaffNote? {
        var reason: StaffNote?
        try ActContent.read(content) { key, json in
            guard case "reason" = key else { return false }
            reason = try json.readNote(.reason)
            return true
        }
        return reason
    }
}

extension JSONAnswer {
    mutating func concern(_ row: ConcernRow, wordless: Bool) {
        beginObject()
        field("id", row.id)
        field("patient", row.patientRef)
        field("kind", row.kind)
        field("state", row.state)
        field("note", wordless ? nil : row.note)
        field("owner", row.owner.flatMap(AssigneeText.read))
        field("review_on", row.reviewOn)
        field("raised", at: row.raisedAt, by: row.raisedBy)
        field("closed", at: row.closedAt, by: row.closedBy)
        field("closing_reason", wordless ? nil : row.closingReason)
        field("words_withheld", wordless)
        field("version", row.version)
        endObject()
    }

    fileprivate mutating func concern(_ concern: Concern, id: String, patient: String?, wordless: Bool) {
        beginObject()
        field("id", id)
        field("patient", patient)
        field("kind", concern.kind?.rawValue)
        field("state", concern.state.rawValue)
        field("note", wordless ? nil : concern.note?.text)
        field("owner", concern.owner)
        field("review_on", concern.review?.text)
        field("raised", at: concern.raised?.at, by: concern.raised?.by)
        field("closed", at: concern.closed?.at, by: concern.closed?.by)
        field("closing_reason", wordless ? nil : concern.closingReason?.text)
        field("words_withheld", wordless)
        field("version", Int64(concern.memory.eventCount))
        endObject()
    }
}
