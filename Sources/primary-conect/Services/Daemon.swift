import Admissions
import Audit
import EventLog
import EventSourcing
import Ingest
import Logging
import MLLP
import NIOCore
import Postgres
import PracticeService
import Projections
import ServiceLifecycle

/// Puts the services of the wanted roles together.
///
/// Order is the order of start; shutdown runs it backwards: first nobody is let in, then what was read is answered,
/// then the log closes.
struct Daemon {
    let installation: Installation
    let roles: Set<Role>
    let logger: Logger
    let readiness: Readiness
    var mllp = MLLPServerConfiguration(host: "127.0.0.1", port: 2575)
    var http = HostPort(host: "127.0.0.1", port: 8080)
    var admin = HostPort(host: "127.0.0.1", port: 0)
    var now: @Sendable () -> Instant = WallClock.now

    /// Looks at once: each holds a connection until its access record is on disk.
    private static let serviceConnections = 8
    /// Looks at the past at once.
    private static let archiveConnections = 2

    /// The services, in the order they start.
    func services() async throws -> [any Service] {
        let hospitals = try HospitalList(installation.settings)
        let feeds = try hospitals.feeds(ProfileFolder.library(installation.settings))
        var services: [any Service] = []
        if roles.contains(.project) {
            let pool = try installation.pool(.projector, connectionsMax: 4)
            services.append(
                ProjectorService(
                    pool: pool, rebuildPool: try installation.pool(.projector, connectionsMax: 2),
                    successors: PracticeSuccessors(
                        try SuccessionFile.named(in: installation.settings), at: LondonDay(of: now())),
                    sensitivity: try SensitivityFile.named(in: installation.settings), readiness: readiness,
                    logger: logger))
            let watchPool = try installation.pool(.projector, connectionsMax: 1)
            services.append(
                FeedWatchService(
                    pool: watchPool,
                    watch: FeedWatch(
                        pool: watchPool, rule: try installation.settings.freshnessRule(), now: now, logger: logger)))
            services.append(try CheckpointService(installation: installation, now: now, logger: logger))
            services.append(try ChangeSweepService(installation: installation, now: now, logger: logger))
            services.append(
                OnboardingService(
                    hospitals: hospitals.hospitals.map(\.log), pool: try installation.pool(.projector),
                    desk: try installation.pool(.service), settings: try OnboardingSettings(installation.settings),
                    now: now, logger: logger))
        }
        if roles.contains(.web) {
            let pool = try installation.pool(.service, connectionsMax: Self.serviceConnections)
            let changes = try await Changes(pool: pool, settings: installation.settings, now: now, logger: logger)
            let checkpoints = CheckpointBoard()
            let server = try await practiceServer(hospitals, pool: pool, changes: changes, checkpoints: checkpoints)
            services += changes.services
            services.append(CheckpointWatch(board: checkpoints, reader: ProofReader(pool: pool), logger: logger))
            services.append(server.adminApplication())
            services.append(
                server.application { [readiness] address in readiness.isReady(.web, port: address?.port) })
        }
        if roles.contains(.ingest) {
            let log = GroupCommit(
                configuration: try installation.connection(.ingest), now: now, logger: logger)
            services.append(GroupCommitService(log: log))
            let unlisted = UnlistedSenders(now: now, logger: logger)
            let receiver = Receiver(log: log, feeds: feeds, now: now) { unlisted.notice($0) }
            services.append(
                MLLPService(configuration: mllp, receiver: receiver, readiness: readiness, logger: logger))
        }
        return services
    }

    private func practiceServer(
        _ hospitals: HospitalList, pool: PostgresPool, changes: Changes, checkpoints: CheckpointBoard
    ) async throws -> PracticeServer {
        let issuer = try await DevelopmentTokens.issuer(installation)
        var keys = [issuer.publicKey]
        do {
            keys += try await TokenKey.read(files: installation.settings.list("token.keys"))
        } catch {
            throw CommandFailure(.badConfiguration, "A token key cannot be used: \(error).")
        }
        let audience = installation.settings.text("token.audience", or: DevelopmentTokens.policy.audience)
        var verifier = try TokenVerifier(
            keys: keys,
            policy: TokenPolicy(
                issuer: installation.settings.text("token.issuer", or: DevelopmentTokens.policy.issuer),
                audience: audience))
        let rule = try installation.settings.freshnessRule()
        let settings = try HuddleSettings(installation.settings)
        let reader = ListReader(pool: pool, rule: rule, settings: settings, now: now)
        let details = DetailReader(pool: pool, rule: rule, settings: settings, now: now)
        let source = ProjectedLists(reader: reader) {
            (try? await pool.query("select 1")) != nil
        }
        let archive = try installation.pool(.auditor, connectionsMax: Self.archiveConnections)
        let past = AsAtReader(desk: pool, archive: archive, rule: rule, settings: settings)
        let book = AccessBook(pool: pool)
        var groups: [any RouteGroup] = [
            StatusRoutes(source: reader), DetailRoutes(reader: details), FHIRRoutes(reader: details), try acts(pool),
            HistoryRoutes(
                reader: HistoryReader(pool: pool, rule: rule, now: now, past: past),
                messages: HistoryMessages(
                    reader: HistoryReader(pool: archive, login: .auditor), masking: MaskedMessage.fields)),
            OnboardingRoutes(
                reader: OnboardingReader(pool: pool, rule: rule, now: now),
                desk: OnboardingDesk(
                    pool: pool, log: StaffLog(now: now), settings: try OnboardingSettings(installation.settings).cases)),
            LogRoutes(
                reader: ProofReader(pool: pool),
                origin: try CheckpointKey.existing(installation).map { LogOrigin(publicKey: $0.publicKey) }),
            AuditRoutes(reader: AccessReader(pool: archive)),
        ] + changes.routes
        if let clients = try await ClientAccess.configured(installation, http: http, audience: audience, book: book) {
            try verifier.trust([clients.publicKey], clients.policy)
            groups.append(clients.endpoint)
        }
        var configuration = PracticeServiceConfiguration(
            host: http.host, port: http.port, adminHost: admin.host, adminPort: admin.port,
            providers: hospitals.providers)
        configuration.tls = try HTTPSettings.identity(installation.settings)
        configuration.isReachedOverTLS = configuration.tls != nil
        configuration.limits.requestsPerMinuteMax = try installation.settings.number(
            "http.requestsPerMinute", or: configuration.limits.requestsPerMinuteMax)
        return PracticeServer(
            configuration: configuration, source: source, past: past, verifier: verifier, breakGlass: book,
            groups: groups, versions: changes.versions, checkpoints: checkpoints, now: now, logger: logger)
    }

    /// What staff do: over the pool of the lists, but for a practice's list, which takes a connection while it comes in.
    private func acts(_ pool: PostgresPool) throws -> ActRoutes {
        ActRoutes(
            store: ActStore(pool: pool, now: now),
            rosters: RosterStore(
                configuration: try installation.connection(.service),
                isLive: try installation.settings.isOn("live"), now: now))
    }
}
