import ArgumentParser
import EventLog
import EventSourcing
import Postgres
import Projections

/// One screen: feeds, views, store.
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "One screen: each feed, how far the views are, the store and its proof, what is held back.",
        discussion: """
            Examples:
              primary-conect status
              primary-conect status --check        ends with 4 if a feed is silent, the views are behind, or a
                                                   log is not what was signed of it
              primary-conect status --watch 5
            """)

    @OptionGroup var installation: InstallationOptions
    @Flag(help: "End with 4 where something is stale or silent.")
    var check = false
    @Option(help: "Again every so many seconds, until stopped.")
    var watch: Int?
    @Flag(help: "One JSON object.")
    var json = false

    func run() async throws {
        try await reporting {
            let installation = try await Installation(options: installation)
            let hospitals = try HospitalList(installation.settings)
            let rule = try installation.settings.freshnessRule()
            let pool = try installation.pool(.monitor, connectionsMax: 1)
            var problems = 0
            repeat {
                let store = try await StoreStatus.read(pool, now: WallClock.now())
                let proof = try await CheckpointHealth.read(pool, installation)
                let now = WallClock.now()
                problems =
                    json ? tellJSON(store, proof, rule, now: now) : tell(store, proof, hospitals, rule, now: now)
                if let watch { try await ContinuousClock().sleep(for: .seconds(watch)) }
            } while watch != nil
            await pool.close()
            if check, problems > 0 { throw ExitStatus.staleOrSilent.exit }
        }
    }

    /// `SILENT since 03-Mar-2026 04:10, 3hr 52min (usual longest gap 52min)`; a fresh feed is only that.
    private func words(_ state: FeedFreshness.State?, of log: StoreStatus.Log, now: Instant) -> String {
        guard let state else { return "no feed" }
        guard state != .fresh, let lastHeard = log.lastHeard else { return state.rawValue }
        let since = state == .silent ? " since \(londonText(lastHeard))," : ""
        let usual = log.usual.map { " (usual longest gap \(spoken(seconds($0))))" } ?? ""
        return "\(state.rawValue)\(since) \(spoken(max(0, seconds(now - lastHeard))))\(usual)"
    }

    private func tell(
        _ store: StoreStatus, _ proof: CheckpointHealth, _ hospitals: HospitalList, _ rule: FreshnessRule, now: Instant
    ) -> Int {
        var problems: [String] = []
        var feeds = Table("FEEDS", "LAST HEARD", "TODAY", "HELD BACK", "STATE", numeric: [2, 3])
        for log in store.feeds {
            let state = log.state(rule, now: now)
            let name = LogName(log.name).map(hospitals.feedName) ?? log.name
            if state == .silent { problems.append("\(name) is silent") }
            let mark: CheckState = state == .silent ? .fail : state == .quiet ? .warn : .ok
            feeds.add(
                name, log.lastHeard.map(londonText) ?? "never", grouped(Int(log.messagesToday)),
                grouped(Int(log.quarantined)), "\(Console.mark(mark)) \(words(state, of: log, now: now))")
        }
        let behind = store.logs.reduce(0) { $0 + $1.position - $1.projected }
        let poison = store.logs.reduce(0) { $0 + $1.poison }
        if behind > 1000 { problems.append("the views are \(grouped(Int(behind))) events behind") }
        if poison > 0 { problems.append("\(poison) events cannot be projected") }
        problems += proof.broken.map(CheckpointHealth.words)
        Console.out(store.feeds.isEmpty ? "FEEDS   nothing has been heard yet" : feeds.text)
        Console.out("")
        Console.out("LISTS   \(grouped(Int(behind))) events behind")
        Console.out("STORE   \(grouped(Int(store.events))) events in \(store.logs.count) logs")
        let signed =
            proof.newest.map { "last signed \(londonText($0))" }
            ?? (proof.isKnown ? "nothing signed yet" : "the schema is too old to tell")
        Console.out("PROOF   \(signed), \(grouped(Int(proof.unsigned))) events not signed for")
        for late in proof.late(now: now) { Console.out("        \(CheckpointHealth.lateWords(late))") }
        if !store.practiceLogs.isEmpty {
            Console.out("ROSTERS \(store.practiceLogs.count) practices have told their lists, or what they did")
        }
        let held = store.logs.reduce(0) { $0 + $1.quarantined }
        if let oldest = store.logs.compactMap(\.oldestQuarantined).min() {
            let age = spoken(max(0, seconds(now - oldest)))
            let bytes = store.logs.reduce(0) { $0 + $1.quarantinedBytes }
            Console.out(
                "HELD    \(grouped(Int(held))) messages held back, \(grouped(Int(bytes))) bytes, "
                    + "the oldest since \(londonText(oldest)) (\(age))")
            for (reason, messages) in store.waitingByReason {
                Console.out("        \(grouped(Int(messages)))  \(reason)")
            }
        }
        for problem in problems { Console.out("\(Console.mark(.fail))  \(problem)") }
        if !problems.isEmpty { Console.out("Next: primary-conect doctor") }
        return problems.count
    }

    private func byReason(_ log: StoreStatus.Log) -> String {
        log.waiting.map { "\(jsonText($0.reason)):\($0.messages)" }.joined(separator: ",")
    }

    private func tellJSON(
        _ store: StoreStatus, _ proof: CheckpointHealth, _ rule: FreshnessRule, now: Instant
    ) -> Int {
        var problems = proof.broken.count
        let logs = store.feeds.map { log in
            let state = log.state(rule, now: now)
            if state == .silent || log.position - log.projected > 1000 || log.poison > 0 { problems += 1 }
            return
                "{\"log\":\(jsonText(log.name)),\"state\":\"\(state?.rawValue ?? "none")\",\"position\":\(log.position)"
                + ",\"projected\":\(log.projected),\"messages_today\":\(log.messagesToday)"
                + ",\"last_heard\":\(log.lastHeard.map { "\"\($0.iso8601)\"" } ?? "null")"
                + ",\"silent_since\":\(state == .silent ? log.lastHeard.map { "\"\($0.iso8601)\"" } ?? "null" : "null")"
                + ",\"usual_gap_seconds\":\(log.usual.map { "\($0.components.seconds)" } ?? "null")"
                + ",\"held\":\(log.quarantined)"
                + ",\"held_since\":\(log.oldestQuarantined.map { "\"\($0.iso8601)\"" } ?? "null")"
                + ",\"held_bytes\":\(log.quarantinedBytes),\"held_by_reason\":{\(byReason(log))}"
                + ",\"poison\":\(log.poison)}"
        }
        Console.out(
            "{\"schema\":\"status/1\",\"at\":\"\(now.iso8601)\",\"events\":\(store.events),\"problems\":\(problems)"
                + ",\"practice_lists\":\(store.practiceLogs.count),\"checkpoints\":\(proof.json(now: now))"
                + ",\"logs\":[\(logs.joined(separator: ","))]}")
        return problems
    }
}
