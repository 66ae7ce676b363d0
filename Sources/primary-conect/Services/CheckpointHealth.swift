import Audit
import EventSourcing
import Foundation
import Postgres

/// How the logs stand to what was signed of them, for who keeps the installation running.
///
/// From the database, and from the key and the file of checkpoints where whoever asks may read them.
struct CheckpointHealth: Sendable {
    let standings: [CheckpointStanding]
    /// Whether the schema can say.
    let isKnown: Bool
    private let wait: Duration
    private let notesPath: String

    /// A signature is late after so many intervals.
    private static let intervalsMax = 5

    /// Reads through the monitor's pool.
    static func read(_ pool: PostgresPool, _ installation: Installation) async throws -> CheckpointHealth {
        let path = CheckpointKey.notesPath(installation)
        // Without the key, or the right to read it, the rows are held against each other alone.
        let origin = (try? CheckpointKey.existing(installation)).map { LogOrigin(publicKey: $0.publicKey) }
        let notes = (try? CheckpointService.notes(path)) ?? []
        let kept = origin.map { CheckpointFile.newest(of: notes, signedBy: $0) } ?? [:]
        let wait = try CheckpointService.interval(installation.settings) * intervalsMax
        do {
            let standings = try await CheckpointStanding.read(pool, origin: origin, kept: kept)
            return CheckpointHealth(standings: standings, isKnown: true, wait: wait, notesPath: path)
        } catch let error as PostgresError where error.sqlState == "42883" {
            // An older schema has no such function (undefined_function): its other troubles are still to be told.
            return CheckpointHealth(standings: [], isKnown: false, wait: wait, notesPath: path)
        }
    }

    /// The logs that are not what was signed of them.
    var broken: [CheckpointStanding] { standings.filter(\.isBroken) }

    /// The logs of which nothing was signed for longer than it should take.
    func late(now: Instant) -> [CheckpointStanding] {
        standings.filter { !$0.isBroken && $0.isStale(now: now, after: wait) }
    }

    /// Events of all logs that are not signed for.
    var unsigned: Int64 { standings.reduce(0) { $0 + $1.unsigned } }

    /// When the latest signature was made.
    var newest: Instant? { standings.compactMap(\.signedAt).max() }

    /// What is wrong with a log that is not what was signed of it.
    static func words(_ standing: CheckpointStanding) -> String {
        let signed = standing.signedAt.map { ", signed \(londonText($0))" } ?? ""
        return standing.state == .forged
            ? "the newest checkpoint of \(standing.log) is not what the key signed"
            : "\(standing.log) is not what was signed of it (\(grouped(Int(standing.size))) events\(signed))"
    }

    /// How long nothing was signed of a log.
    static func lateWords(_ standing: CheckpointStanding) -> String {
        let since = standing.signedAt ?? standing.unsignedSince
        return "no checkpoint of \(standing.log) since \(since.map(londonText) ?? "it began"), "
            + "\(grouped(Int(standing.unsigned))) events not signed for"
    }

    /// The command that says where a log was changed.
    func next(_ standing: CheckpointStanding) -> String {
        let against = FileManager.default.isReadableFile(atPath: notesPath) ? " --against \(notesPath)" : ""
        return "primary-conect audit verify --log \(standing.log)\(against)"
    }

    /// `[{"log":"RH5","state":"sound","size":12,"signed_at":"…","unsigned":0,"unsigned_since":null,"late":false}]`
    func json(now: Instant) -> String {
        let late = Set(late(now: now).map(\.log))
        let items = standings.map { standing in
            "{\"log\":\(jsonText(standing.log.rawValue)),\"state\":\"\(standing.state.rawValue)\""
                + ",\"size\":\(standing.size)"
                + ",\"signed_at\":\(standing.signedAt.map { "\"\($0.iso8601)\"" } ?? "null")"
                + ",\"unsigned\":\(standing.unsigned)"
                + ",\"unsigned_since\":\(standing.unsignedSince.map { "\"\($0.iso8601)\"" } ?? "null")"
                + ",\"late\":\(late.contains(standing.log))}"
        }
        return "[\(items.joined(separator: ","))]"
    }
}
