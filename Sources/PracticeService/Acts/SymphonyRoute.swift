import Admissions
import EventSourcing
import HTTPTypes
import Hummingbird
import Projections

/// `POST /api/v1/patients/{ref}/symphony-score`: `{"score":9,"scored_on":"2026-03-03"}`, as a huddle enters it by form.
///
/// The answer is the score that counts then: of the latest day, and of that day the last entered.
struct SymphonyRoute: Sendable {
    let desk: ActDesk

    @Sendable func record(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await desk.parts.gate.admit(request, context, to: .writeHuddle, route: "symphony-score")
        let command = try await CommandRequest(request)
        let (score, day) = try Self.score(command.content)
        let ref = context.parameters.get("ref") ?? ""
        let outcome: ActOutcome<SymphonyScore> = try await desk.carryOut(pass, request, command) { access, act in
            ActOrder(
                access: access, act: act, command: command.key, patientRef: ref,
                // Nobody is scored without a patient; the name is then of nothing that was ever written.
                stream: { patient in patient.map(SymphonyScore.stream(of:)) ?? StreamName("symphony:") }
            ) { _, patient throws(ActRefusal) in
                guard let patient else { throw .patientUnknown }
                return .record(score, scoredOn: day, of: patient)
            }
        }
        let current = outcome.state.current
        let version = Int64(outcome.state.memory.eventCount)
        var json = JSONAnswer()
        json.beginObject()
        json.field("patient", outcome.patientRef)
        json.field("score", (current?.score).map { Int64($0) })
        json.field("scored_on", current?.scoredOn.text)
        json.field("scored", at: current?.act.at, by: current?.act.by)
        json.field("version", version)
        json.endObject()
        return desk.answer(json, version: version, status: .created, isReplay: outcome.isReplay)
    }

    private static func score(_ content: [UInt8]) throws -> (Int, LondonDay) {
        var score: Int64?
        var day: LondonDay?
        try ActContent.read(content) { key, json in
            switch key {
            case "score": score = try json.readInt64()
            case "scored_on": day = try json.readDay(.scoredOn)
            default: return false
            }
            return true
        }
        guard let score, let day else { throw Problem.contentUnreadable }
        return (Int(clamping: score), day)
    }
}
