import ArgumentParser
import Audit
import EventLog
import EventSourcing
import Foundation
import NIOCore
import NIOPosix
import Postgres
import Projections

/// Checks everything and names the next command.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks settings, database, schema, disk, clock, feeds and proofs, and names the next command.",
        discussion: """
            Examples:
              primary-conect doctor
              primary-conect doctor --json

            Ends with 3 if a check fails. Changes nothing.
            """)

    @OptionGroup var installation: InstallationOptions
    @Option(help: "The HL7 address to look at.")
    var mllp = HostPort(host: "127.0.0.1", port: 2575)
    @Flag(help: "One JSON object.")
    var json = false

    struct Check {
        let name: String
        let state: CheckState
        let detail: String
        var next: String?
    }

    func run() async throws {
        try await reporting {
            let installation = try await Installation(options: installation)
            var checks = [disk(installation), keys(installation)]
            do {
                checks += try await database(installation)
            } catch let failure as CommandFailure {
                checks.append(Check(name: "database", state: .fail, detail: failure.description, next: failure.next))
            } catch {
                checks.append(
                    Check(
                        name: "database", state: .fail, detail: "cannot be reached: \(error)",
                        next: "primary-conect serve, or check --database"))
            }
            checks.append(await listener())
            json ? tellJSON(checks) : tell(checks)
            if checks.contains(where: { $0.state == .fail }) { throw ExitStatus.problemsFound.exit }
        }
    }

    private func disk(_ installation: Installation) -> Check {
        var folder = URL(filePath: installation.directory)
        while !FileManager.default.fileExists(atPath: folder.path), folder.path != "/" {
            folder = folder.deletingLastPathComponent()
        }
        guard let facts = try? FileManager.default.attributesOfFileSystem(forPath: folder.path),
            let free = (facts[.systemFreeSize] as? NSNumber)?.int64Value,
            let size = (facts[.systemSize] as? NSNumber)?.int64Value, size > 0
        else { return Check(name: "disk", state: .warn, detail: "free space is not known") }
        let percent = Int((size - free) * 100 / size)
        let detail = "\(percent)% used, \(free / 1_073_741_824) GiB free"
        if free < 512 << 20 {
            return Check(
                name: "disk", state: .fail, detail: detail, next: "make room: a full WAL volume stops PostgreSQL")
        }
        return Check(name: "disk", state: percent >= 90 ? .warn : .ok, detail: detail)
    }

    private func keys(_ installation: Installation) -> Check {
        let path = "\(installation.directory)/keys/token.jwk"
        guard let facts = try? FileManager.default.attributesOfItem(atPath: path),
            let mode = (facts[.posixPermissions] as? NSNumber)?.intValue
        else { return Check(name: "token key", state: .ok, detail: "none yet; made when first needed") }
        guard mode & 0o077 == 0 else {
            return Check(name: "token key", state: .fail, detail: "others may read it", next: "chmod 600 \(path)")
        }
        return Check(name: "token key", state: .ok, detail: "private")
    }

    private func database(_ installation: Installation) async throws -> [Check] {
        var checks: [Check] = []
        let pool = try installation.pool(.monitor, connectionsMax: 1)
        let facts = try await pool.query(
            """
            select current_setting('server_version_num')::int4, current_setting('fsync'),
                   current_setting('synchronous_commit'), current_setting('full_page_writes'),
                   extract(epoch from clock_timestamp())::int8, pg_is_in_recovery()
            """)
        let version: Int32 = try facts[0].decode(0)
        checks.append(
            Check(
                name: "PostgreSQL", state: version >= 150_000 ? .ok : .fail,
                detail: "version \(version / 10_000).\(version % 10_000)",
                next: version >= 150_000 ? nil : "use 15 or later"))
        for (column, name) in [(1, "fsync"), (2, "synchronous_commit"), (3, "full_page_writes")] {
            let value: String = try facts[0].decode(column)
            let isOn = value == "on" || (column == 2 && value == "remote_apply")
            checks.append(
                Check(
                    name: name, state: isOn ? .ok : .fail, detail: value,
                    next: isOn ? nil : "set \(name) = on: what is acknowledged could be lost"))
        }
        let difference = try abs(facts[0].decode(4, as: Int64.self) - WallClock.now().microseconds / 1_000_000)
        checks.append(
            Check(
                name: "clock", state: difference <= 1 ? .ok : .warn,
                detail: "\(difference) s between this machine and the database"))
        let isStandby: Bool = try facts[0].decode(5)
        checks.append(
            Check(
                name: "primary", state: isStandby ? .fail : .ok,
                detail: isStandby ? "this is a standby" : "takes writes",
                next: isStandby ? "name all hosts, with target_session_attrs=read-write" : nil))
        checks.append(schema(installation))
        let store = try await StoreStatus.read(pool, now: WallClock.now())
        let behind = store.logs.reduce(0) { $0 + $1.position - $1.projected }
        checks.append(
            Check(
                name: "views", state: behind > 1000 ? .warn : .ok, detail: "\(grouped(Int(behind))) events behind",
                next: behind > 1000 ? "primary-conect serve --roles project" : nil))
        let held = store.logs.reduce(0) { $0 + $1.quarantined }
        checks.append(Check(name: "held back", state: held > 0 ? .warn : .ok, detail: "\(grouped(Int(held))) messages"))
        let now = WallClock.now()
        checks += proofs(try await CheckpointHealth.read(pool, installation), now: now)
        let rule = try installation.settings.freshnessRule()
        for log in store.feeds {
            guard let state = log.state(rule, now: now) else { continue }
            checks.append(
                Check(
                    name: "feed \(log.name)", state: state == .fresh ? .ok : .warn,
                    detail: "\(state.rawValue), last heard \(log.lastHeard.map(londonText) ?? "never")"
                        + (log.usual.map { ", usual longest gap \(spoken(seconds($0)))" } ?? ""),
                    next: state == .silent ? "ring the hospital's integration team" : nil))
        }
        await pool.close()
        return checks
    }

    /// Whether the logs are what was signed of them.
    private func proofs(_ health: CheckpointHealth, now: Instant) -> [Check] {
        var checks = health.broken.map { standing in
            Check(
                name: "log \(standing.log)", state: .fail, detail: CheckpointHealth.words(standing),
                next: health.next(standing))
        }
        checks += health.late(now: now).map { standing in
            Check(
                name: "log \(standing.log)", state: .warn, detail: CheckpointHealth.lateWords(standing),
                next: "primary-conect serve --roles project")
        }
        guard checks.isEmpty else { return checks }
        guard health.isKnown else {
            return [
                Check(
                    name: "checkpoints", state: .warn, detail: "the schema is too old to tell",
                    next: "primary-conect migrate")
            ]
        }
        let newest = health.newest.map { "the newest of \(londonText($0))" } ?? "none yet"
        let waiting = "\(grouped(Int(health.unsigned))) events not signed for"
        return [Check(name: "checkpoints", state: .ok, detail: "\(newest), \(waiting)")]
    }

    private func schema(_ installation: Installation) -> Check {
        guard let pending = try? Migrations(installation).pending() else {
            return Check(name: "schema", state: .warn, detail: "cannot be compared as this user")
        }
        return Check(
            name: "schema", state: pending.isEmpty ? .ok : .fail,
            detail: pending.isEmpty ? "up to date" : "\(pending.count) pending",
            next: pending.isEmpty ? nil : "primary-conect migrate")
    }

    private func listener() async -> Check {
        do {
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(.seconds(2)).connect(host: mllp.host, port: mllp.port).get()
            try? await channel.close()
            return Check(name: "HL7 \(mllp)", state: .ok, detail: "listens")
        } catch {
            return Check(
                name: "HL7 \(mllp)", state: .warn, detail: "nothing listens",
                next: "primary-conect serve --mllp \(mllp)")
        }
    }

    private func tell(_ checks: [Check]) {
        let width = checks.map(\.name.count).max() ?? 0
        for check in checks {
            let name = check.name + String(repeating: " ", count: width - check.name.count)
            Console.out("\(name)  \(Console.mark(check.state))  \(check.detail)")
        }
        let failed = checks.filter { $0.state == .fail }.count
        Console.out("")
        Console.out(failed == 0 ? "All is well." : "\(failed) of \(checks.count) failed.")
        if let next = (checks.first { $0.state == .fail } ?? checks.first { $0.next != nil })?.next {
            Console.out("Next: \(next)")
        }
    }

    private func tellJSON(_ checks: [Check]) {
        let items = checks.map {
            "{\"check\":\(jsonText($0.name)),\"state\":\"\($0.state.rawValue)\",\"detail\":\(jsonText($0.detail))"
                + ",\"next\":\($0.next.map(jsonText) ?? "null")}"
        }
        Console.out("{\"schema\":\"doctor/1\",\"checks\":[\(items.joined(separator: ","))]}")
    }
}
