package import Audit
import EventSourcing
import HTTPTypes
import Hummingbird

/// Checkpoints and proofs of the logs: for whoever would rather not trust us.
///
/// ```
/// GET /api/v1/log/checkpoint?log=            signed notes (C2SP tlog-checkpoint), the newest of one log or of all
/// GET /api/v1/log/key?log=                   the verifier key of a log's notes (C2SP signed-note)
/// GET /api/v1/log/proof/inclusion?log=&position=&size=      RFC 6962 section 2.1.1
/// GET /api/v1/log/proof/consistency?log=&from=&to=          RFC 6962 section 2.1.2
/// ```
///
/// Hashes and sizes, no patient data: every role may ask, and no look at a patient is recorded. Without `size` or `to`
/// the newest checkpoint's is taken; a size beyond it is not found.
package struct LogRoutes: RouteGroup {
    private static let checkpoint: RouterPath = "/api/v1/log/checkpoint"
    private static let key: RouterPath = "/api/v1/log/key"
    private static let inclusion: RouterPath = "/api/v1/log/proof/inclusion"
    private static let consistency: RouterPath = "/api/v1/log/proof/consistency"

    private let reader: ProofReader
    private let origin: LogOrigin?

    /// - Parameter origin: whose verifier keys are given out; `nil` where this machine does not have the public key.
    package init(reader: ProofReader, origin: LogOrigin?) {
        self.reader = reader
        self.origin = origin
    }

    package func addRoutes(to routes: inout Routes, with parts: ServiceParts) {
        routes.serve(Self.checkpoint, .get(.readStatus) { try await tellCheckpoint($0, $1, parts) })
        routes.serve(Self.key, .get(.readStatus) { try await tellKey($0, $1, parts) })
        routes.serve(Self.inclusion, .get(.readStatus) { try await proveInclusion($0, $1, parts) })
        routes.serve(Self.consistency, .get(.readStatus) { try await proveConsistency($0, $1, parts) })
    }

    private func tellCheckpoint(
        _ request: Request, _ context: PracticeContext, _ parts: ServiceParts
    ) async throws -> Response {
        _ = try await parts.gate.admit(request, context, to: .readStatus, route: "log/checkpoint")
        let parameters = try QueryParameters(request.uri.query, known: ["log"])
        let log = try parameters["log"].map(Self.log)
        let checkpoints = try await reading(context, parts) { try await reader.checkpoints() }
            .filter { log == nil || $0.log == log }
        guard !checkpoints.isEmpty else { throw Problem.notFound }
        return Self.text(checkpoints.map { $0.note }.joined(separator: "\n"))
    }

    private func tellKey(
        _ request: Request, _ context: PracticeContext, _ parts: ServiceParts
    ) async throws -> Response {
        _ = try await parts.gate.admit(request, context, to: .readStatus, route: "log/key")
        let log = try Self.needed(try QueryParameters(request.uri.query, known: ["log"]))
        guard let key = origin?.key(log) else { throw Problem.notFound }
        return Self.text("\(key)\n")
    }

    private func proveInclusion(
        _ request: Request, _ context: PracticeContext, _ parts: ServiceParts
    ) async throws -> Response {
        _ = try await parts.gate.admit(request, context, to: .readStatus, route: "log/proof/inclusion")
        let parameters = try QueryParameters(request.uri.query, known: ["log", "position", "size"])
        let log = try Self.needed(parameters)
        guard let position = try Self.count(parameters, "position", "/query/position") else {
            throw Problem.invalid(.invalidParameter, "/query/position", "The position of an event is needed.")
        }
        let size = try Self.count(parameters, "size", "/query/size")
        let answer = try await reading(context, parts) {
            try await reader.inclusion(of: Position(position), in: log, size: size)
        }
        var json = JSONAnswer()
        json.beginObject()
        json.field("log", log.rawValue)
        json.field("position", position)
        json.field("index", answer.proof.index)
        json.field("size", answer.proof.size)
        json.field("leaf_hash", Base64.encode(answer.leaf.bytes))
        Self.write(answer.proof.hashes, answer.checkpoint, to: &json)
        return .json(json.bytes)
    }

    private func proveConsistency(
        _ request: Request, _ context: PracticeContext, _ parts: ServiceParts
    ) async throws -> Response {
        _ = try await parts.gate.admit(request, context, to: .readStatus, route: "log/proof/consistency")
        let parameters = try QueryParameters(request.uri.query, known: ["log", "from", "to"])
        let log = try Self.needed(parameters)
        guard let old = try Self.count(parameters, "from", "/query/from") else {
            throw Problem.invalid(.invalidParameter, "/query/from", "The size of the older checkpoint is needed.")
        }
        let size = try Self.count(parameters, "to", "/query/to")
        let answer = try await reading(context, parts) { try await reader.consistency(from: old, to: size, in: log) }
        var json = JSONAnswer()
        json.beginObject()
        json.field("log", log.rawValue)
        json.field("from", answer.proof.old)
        json.field("to", answer.proof.size)
        Self.write(answer.proof.hashes, answer.checkpoint, to: &json)
        return .json(json.bytes)
    }

    private static func write(_ hashes: [Digest], _ checkpoint: SignedCheckpoint, to json: inout JSONAnswer) {
        json.key("hashes")
        json.beginArray()
        for hash in hashes { json.string(Base64.encode(hash.bytes)) }
        json.endArray()
        json.field("checkpoint", checkpoint.note)
        json.endObject()
    }

    /// What is read; what there is no proof of is not found, and whatever else the source throws is answered 503.
    private func reading<Answer>(
        _ context: PracticeContext, _ parts: ServiceParts, _ read: () async throws -> Answer
    ) async throws(Problem) -> Answer {
        do {
            return try await read()
        } catch let error as AuditError {
            switch error {
            case .checkpointUnknown, .positionBeyondLog, .logUnknown: throw .notFound
            default: break
            }
            throw parts.logger.sourceFailed(
                error, requestID: context.trail.facts.requestID, configuration: parts.configuration)
        } catch {
            throw parts.logger.sourceFailed(
                error, requestID: context.trail.facts.requestID, configuration: parts.configuration)
        }
    }

    private static func needed(_ parameters: QueryParameters) throws(Problem) -> LogName {
        try log(parameters["log"] ?? "")
    }

    private static func log(_ text: String) throws(Problem) -> LogName {
        guard let log = LogName(text) else {
            throw .invalid(
                .invalidParameter, "/query/log", "The log is named by an ODS code: 1 to 12 of A-Z, 0-9 and the hyphen.")
        }
        return log
    }

    private static func count(
        _ parameters: QueryParameters, _ name: String, _ pointer: StaticString
    ) throws(Problem) -> Int64? {
        try parameters.number(name, in: 1...Int.max, pointer, "A whole number above 0 is needed.").map(Int64.init)
    }

    private static func text(_ text: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
