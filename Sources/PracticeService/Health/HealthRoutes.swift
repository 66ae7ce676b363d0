import HTTPTypes
import Hummingbird

/// `/livez` and `/readyz`, for the machine's own supervisor on a listener of their own (operations.md section 4).
///
/// `/livez`: 200 whenever the event loops turn; it asks nobody. `/readyz`: 200 when a list could be read now, else 503;
/// each reason by name.
struct HealthRoutes: Sendable {
    let health: ServiceHealth
    let source: any ListSource

    @Sendable func live(_ request: Request, _ context: PracticeContext) async throws -> Response {
        var json = JSONAnswer()
        json.beginObject()
        json.field("live", true)
        json.endObject()
        return Self.response(.ok, json.bytes)
    }

    @Sendable func ready(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let stage = health.stage
        let isReachable = await source.isReachable()
        let isReady = stage == .serving && isReachable
        var json = JSONAnswer()
        json.beginObject()
        json.field("ready", isReady)
        json.field("stage", stage.rawValue)
        json.field("database", isReachable ? "reachable" : "unreachable")
        json.endObject()
        return Self.response(isReady ? .ok : .serviceUnavailable, json.bytes)
    }

    private static func response(_ status: HTTPResponse.Status, _ body: [UInt8]) -> Response {
        .json(body, status: status)
    }
}
