import Admissions
import EventSourcing
import HTTPTypes
import Hummingbird
import Projections

/// What huddles want done about patients.
struct HuddleActionRoutes: Sendable {
    let desk: ActDesk

    /// `GET /api/v1/practices/{ods}/actions?state=open|done|all`: by the day they are due; open ones if not said
    /// otherwise.
    @Sendable func list(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let practice = context.parameters.get("ods") ?? ""
        let access = try await desk.parts.gate.admit(
            request, context, to: .readLists, of: practice, route: "actions")
        let state = try StateFilter.read(request, states: ["open", "done"])
        let rows = try await desk.parts.reading(access) { try await desk.store.actions(access, state: state) }
        context.trail.note { $0.items = rows.count }
        var json = JSONAnswer()
        json.beginList(of: practice, count: rows.count)
        for row in rows { json.action(row) }
        json.endList()
        return .json(json.bytes)
    }

    /// `POST /api/v1/actions`: `{"patient":"pt_…","kind":"call","due":"2026-03-05","assignee":{"person":"kay"}}`, with a
    /// `note` if there is one.
    @Sendable func add(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await desk.parts.gate.admit(request, context, to: .writeHuddle, route: "actions")
        let command = try await CommandRequest(request)
        let wanted = try Wanted(command.content)
        let outcome: ActOutcome<HuddleAction> = try await desk.carryOut(pass, request, command) { access, act in
            ActOrder(
                access: access, act: act, command: command.key, patientRef: wanted.ref,
                stream: { _ in HuddleAction.stream(command.key) }
            ) { _, patient throws(ActRefusal) in
                guard let patient else { throw .patientUnknown }
                return .add(wanted.kind, about: patient, who: wanted.who, due: wanted.due, note: wanted.note)
            }
        }
        return answer(outcome, id: command.key.id, status: .created)
    }

    /// `PATCH /api/v1/actions/{id}`: one of `{"assignee":{…}}`, `{"state":"done","note":"…"}`, `{"state":"open"}`.
    @Sendable func change(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await desk.parts.gate.admit(request, context, to: .writeHuddle, route: "actions")
        let id = try await desk.identifier(context, pass)
        let command = try await CommandRequest(request)
        let seen = try command.requiredVersion()
        let intent = try Self.intent(command.content)
        let outcome: ActOutcome<HuddleAction> = try await desk.carryOut(pass, request, command) { access, act in
            ActOrder(
                access: access, act: act, command: command.key, stream: { _ in StreamName("action:" + id) },
                subject: \.subject
            ) { action, _ throws(ActRefusal) in
                guard action.state != .unasked else { throw .notFound }
                if let seen, seen != Int64(action.memory.eventCount) { throw .preconditionFailed }
                return intent
            }
        }
        return answer(outcome, id: id, status: .ok)
    }

    // MARK: Reading the content

    private struct Wanted: Sendable {
        let ref: String
        let kind: HuddleAction.Kind
        let due: LondonDay
        let who: Assignee
        let note: StaffNote?

        init(_ content: [UInt8]) throws {
            var (ref, kind): (String?, String?) = (nil, nil)
            var due: LondonDay?
            var who: Assignee?
            var note: StaffNote?
            try ActContent.read(content) { key, json in
                switch key {
                case "patient": ref = try json.readString()
                case "kind": kind = try json.readString()
                case "due": due = try json.readDay(.due)
                case "assignee": who = try json.readAssignee()
                case "note": note = try json.readNote(.note)
                default: return false
                }
                return true
            }
            guard let ref, let kind = kind.flatMap(HuddleAction.Kind.init(rawValue:)), let due, let who else {
                throw Problem.contentUnreadable
            }
            (self.ref, self.kind, self.due, self.who, self.note) = (ref, kind, due, who, note)
        }
    }

    private static func intent(_ content: [UInt8]) throws -> HuddleAction.Intent {
        var who: Assignee?
        var state: String?
        var note: StaffNote?
        try ActContent.read(content) { key, json in
            switch key {
            case "assignee": who = try json.readAssignee()
            case "state": state = try json.readString()
            case "note": note = try json.readNote(.note)
            default: return false
            }
            return true
        }
        switch (who, state, note) {
        case (let who?, nil, nil): return .assign(who)
        case (nil, "done", let note): return .complete(note: note)
        case (nil, "open", nil): return .reopen
        default: throw Problem.contentUnreadable
        }
    }

    private func answer(_ outcome: ActOutcome<HuddleAction>, id: String, status: HTTPResponse.Status) -> Response {
        let action = outcome.state
        var json = JSONAnswer()
        json.action(action, id: id, patient: outcome.patientRef)
        return desk.answer(
            json, version: Int64(action.memory.eventCount), status: status, isReplay: outcome.isReplay)
    }
}

extension JSONAnswer {
    mutating func action(_ row: ActionRow) {
        beginObject()
        field("id", row.id)
        field("patient", row.patientRef)
        field("kind", row.kind)
        field("due", row.due)
        field("assignee", AssigneeText.read(row.assignee))
        field("note", row.note)
        field("state", row.state)
        field("added", at: row.addedAt, by: row.addedBy)
        field("completed", at: row.completedAt, by: row.completedBy)
        field("result", row.result)
        field("version", row.version)
        endObject()
    }

    fileprivate mutating func action(_ action: HuddleAction, id: String, patient: String?) {
        beginObject()
        field("id", id)
        field("patient", patient)
        field("kind", action.kind?.rawValue)
        field("due", action.due?.text)
        field("assignee", action.who)
        field("note", action.note?.text)
        field("state", action.state.rawValue)
        field("added", at: action.added?.at, by: action.added?.by)
        field("completed", at: action.completed?.at, by: action.completed?.by)
        field("result", action.resultNote?.text)
        field("version", Int64(action.memory.eventCount))
        endObject()
    }
}
