import Admissions
import EventSourcing
import HTTPTypes
import Hummingbird
import Projections

/// A practice's huddle of one day: who was discussed, and its close.
///
/// Marks are refused for a day to come, and for one so long ago that no window of news reaches there.
struct HuddleRoutes: Sendable {
    let desk: ActDesk

    /// `GET /api/v1/huddles/{ods}/{date}`
    @Sendable func day(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let access = try await admit(request, context, to: .readLists)
        let day = try await Self.day(context, desk, access)
        _ = try QueryParameters(request.uri.query, known: [])
        let huddle = try await desk.parts.reading(access) { try await desk.store.huddle(on: day, access) }
        context.trail.note { $0.items = huddle.discussions.count }
        return answer(huddle)
    }

    /// `POST /api/v1/huddles/{ods}/{date}/discussions`: `{"patient":"pt_…","version":0}`.
    ///
    /// `version` is how often the patient's mark was changed as far as the caller saw, and may be left out.
    @Sendable func discuss(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let access = try await admit(request, context, to: .writeHuddle)
        let day = try await writableDay(context, access)
        let command = try await CommandRequest(request)
        let wanted = try Self.discussion(command.content)
        let outcome: ActOutcome<HuddleDay> = try await desk.carryOut(at: access, command) { access, act in
            ActOrder(
                access: access, act: act, command: command.key, patientRef: wanted.ref,
                stream: { _ in HuddleDay.stream(day) }
            ) { huddle, patient throws(ActRefusal) in
                guard let patient else { throw .patientUnknown }
                if let mark = huddle.marks[patient], huddle.closed == nil {
                    throw .alreadyDiscussed(by: mark.by, at: mark.at)
                }
                if let seen = wanted.version, seen != huddle.versions[patient] ?? 0 { throw .versionConflict }
                return .discuss(patient)
            }
        }
        return answer(outcome, day: day, status: .created)
    }

    /// `DELETE /api/v1/huddles/{ods}/{date}/discussions/{patient}`: undo. `If-Match` is the tag of the mark.
    @Sendable func undo(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let access = try await admit(request, context, to: .writeHuddle)
        let day = try await writableDay(context, access)
        let command = try await CommandRequest(request)
        guard command.content.isEmpty else { throw Problem.contentUnreadable }
        let seen = try command.requiredVersion()
        let ref = context.parameters.get("patient") ?? ""
        let outcome: ActOutcome<HuddleDay> = try await desk.carryOut(at: access, command) { access, act in
            ActOrder(
                access: access, act: act, command: command.key, patientRef: ref,
                stream: { _ in HuddleDay.stream(day) }
            ) { huddle, patient throws(ActRefusal) in
                guard let patient else { throw .patientUnknown }
                guard let mark = huddle.marks[patient] else { throw .preconditionFailed }
                if let seen, seen != huddle.versions[patient] { throw .preconditionFailed }
                return .undo(patient, mark: mark.command)
            }
        }
        return answer(outcome, day: day, status: .ok)
    }

    /// `POST /api/v1/huddles/{ods}/{date}/close`: `{"not_discussed":2,"attendees":["kay"]}`. With `If-Match` only as the
    /// caller saw it.
    @Sendable func close(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let access = try await admit(request, context, to: .writeHuddle)
        let day = try await writableDay(context, access)
        let command = try await CommandRequest(request)
        let (attendees, notDiscussed) = try Self.close(command.content)
        let seen = command.condition == .none ? nil : try command.requiredVersion()
        let outcome: ActOutcome<HuddleDay> = try await desk.carryOut(at: access, command) { access, act in
            ActOrder(
                access: access, act: act, command: command.key, stream: { _ in HuddleDay.stream(day) }
            ) { huddle, _ throws(ActRefusal) in
                if let seen, seen != Int64(huddle.memory.eventCount) { throw .preconditionFailed }
                return .close(attendees: attendees, notDiscussed: notDiscussed)
            }
        }
        var json = JSONAnswer()
        let state = outcome.state
        json.beginObject()
        json.field("practice", access.practice)
        json.field("day", day.text)
        json.closed(
            at: state.closed?.at, by: state.closed?.by, notDiscussed: (state.closed?.notDiscussed).map { Int64($0) },
            attendees: state.closed?.attendees ?? [])
        json.field("version", Int64(state.memory.eventCount))
        json.endObject()
        return desk.answer(json, version: Int64(state.memory.eventCount), isReplay: outcome.isReplay)
    }

    // MARK: Reading the request

    private func admit(
        _ request: Request, _ context: PracticeContext, to permission: Permission
    ) async throws(Problem) -> AccessRequest {
        try await desk.parts.gate.admit(
            request, context, to: permission, of: context.parameters.get("ods") ?? "", route: "huddles")
    }

    private static func day(
        _ context: PracticeContext, _ desk: ActDesk, _ access: AccessRequest
    ) async throws(Problem) -> LondonDay {
        guard let day = context.parameters.get("date").flatMap({ LondonDay($0) }) else { throw .notFound }
        return day
    }

    private func writableDay(_ context: PracticeContext, _ access: AccessRequest) async throws(Problem) -> LondonDay {
        let day = try await Self.day(context, desk, access)
        let today = LondonDay(of: desk.parts.now())
        guard day <= today, today + -HuddleWindow.reachDays <= day else {
            throw Problem(.ruleFailed, "The huddle of a day to come, or of one long past, cannot be changed.")
        }
        return day
    }

    private static func discussion(_ content: [UInt8]) throws -> (ref: String, version: Int64?) {
        var ref: String?
        var version: Int64?
        try ActContent.read(content) { key, json in
            switch key {
            case "patient": ref = try json.readString()
            case "version": version = try json.readIfNull() ? nil : try json.readInt64()
            default: return false
            }
            return true
        }
        guard let ref else { throw Problem.contentUnreadable }
        return (ref, version)
    }

    private static func close(_ content: [UInt8]) throws -> (attendees: [String], notDiscussed: Int) {
        var attendees: [String] = []
        var notDiscussed: Int64?
        try ActContent.read(content) { key, json in
            switch key {
            case "attendees": attendees = try json.readStrings()
            case "not_discussed": notDiscussed = try json.readInt64()
            default: return false
            }
            return true
        }
        guard let notDiscussed else { throw Problem.contentUnreadable }
        return (attendees, Int(clamping: notDiscussed))
    }

    // MARK: Answering

    private func answer(_ outcome: ActOutcome<HuddleDay>, day: LondonDay, status: HTTPResponse.Status) -> Response {
        let mark = outcome.patient.flatMap { outcome.state.marks[$0] }
        let version = outcome.patient.flatMap { outcome.state.versions[$0] } ?? 0
        var json = JSONAnswer()
        json.beginObject()
        json.field("day", day.text)
        json.field("patient", outcome.patientRef)
        json.field("discussed", at: mark?.at, by: mark?.by)
        json.field("version", version)
        json.endObject()
        return desk.answer(json, version: version, status: status, isReplay: outcome.isReplay)
    }

    private func answer(_ huddle: HuddleRow) -> Response {
        var json = JSONAnswer()
        json.beginObject()
        json.field("practice", huddle.practice)
        json.field("day", huddle.day)
        json.closed(
            at: huddle.closedAt, by: huddle.closedBy, notDiscussed: huddle.notDiscussed.map { Int64($0) },
            attendees: huddle.attendees)
        json.field("version", huddle.version)
        json.key("discussions")
        json.beginArray()
        for discussion in huddle.discussions {
            json.beginObject()
            json.field("patient", discussion.patientRef)
            json.field("discussed", at: discussion.discussedAt, by: discussion.discussedBy)
            json.field("version", discussion.version)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return desk.answer(json, version: huddle.version)
    }
}

extension JSONAnswer {
    /// How a huddle was closed; `null` while it is open.
    fileprivate mutating func closed(at: Instant?, by: String?, notDiscussed: Int64?, attendees: [String]) {
        key("closed")
        guard let at else { return null() }
        beginObject()
        field("at", systemTime: at)
        field("by", by)
        field("not_discussed", notDiscussed)
        key("attendees")
        beginArray()
        for name in attendees { string(name) }
        endArray()
        endObject()
    }
}
