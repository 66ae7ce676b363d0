import ArgumentParser
import Logging
import MLLP
import Postgres
import ServiceLifecycle
import UnixSignals

/// Runs the daemon: takes messages, keeps the views, answers practices.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the daemon: takes messages over MLLP, keeps the views, answers practices over HTTP.",
        discussion: """
            Examples:
              primary-conect serve                                   everything, on the loopback address
              primary-conect serve --roles ingest --mllp 0.0.0.0:2575 --allow 10.1.0.0/16

            Once it listens it prints one JSON line with its ports on standard output. SIGTERM and Ctrl-C answer what
            was read, then stop; a second signal stops at once.
            """)

    @OptionGroup var installation: InstallationOptions
    @Option(help: "What to do, between commas: ingest, project, web.")
    var roles: String?
    @Option(help: "Where to listen for HL7 (default 127.0.0.1:2575; port 0 takes a free one).")
    var mllp: HostPort?
    @Option(help: "Where to answer HTTP (default 127.0.0.1:8080).")
    var http: HostPort?
    @Option(help: "Where to answer /livez and /readyz (default: a free port of the loopback address).")
    var admin: HostPort?
    @Option(help: "Let in only senders of these address ranges (CIDR), between commas.")
    var allow: String?
    @Option(help: "TLS for HL7: our certificate chain (PEM).")
    var tlsCert: String?
    @Option(help: "TLS for HL7: our key (PEM).")
    var tlsKey: String?
    @Option(help: "Mutual TLS for HL7: the authorities that sign the senders' certificates (PEM).")
    var tlsClientCa: String?
    @Option(help: "Mutual TLS: let in only these certificate names, between commas.")
    var tlsNames: String?
    @Option(help: "Least level of log lines: trace, debug, info, notice, warning, error.")
    var logLevel = "info"

    func run() async throws {
        try await reporting {
            let installation = try await Installation(options: installation)
            let settings = installation.settings
            let logger = try Logging.logger(level: logLevel)
            let roles = try Role.list(roles ?? settings.text("roles") ?? "ingest,project,web")
            // Wrong settings are told before anything starts.
            _ = try HospitalList(settings).feeds(ProfileFolder.library(settings))
            _ = try SuccessionFile.named(in: settings)
            _ = try await ClientsFile.named(in: settings)?.clients()
            _ = try HTTPSettings.identity(settings)
            _ = try OnboardingSettings(settings)
            _ = try SensitivityFile.named(in: settings)
            let cluster = try installation.startCluster()
            if cluster != nil { _ = try Migrations(installation).migrate() }
            var daemon = Daemon(
                installation: installation, roles: roles, logger: logger,
                readiness: Readiness(waitingFor: roles) { Console.out(Readiness.line($0)) })
            daemon.mllp = try mllpConfiguration(settings)
            daemon.http = try http ?? settings.address("http", or: daemon.http)
            daemon.admin = try admin ?? settings.address("admin", or: daemon.admin)
            let services = try await daemon.services()
            do {
                try await ServiceGroup.run(services, logger: logger)
            } catch {
                try? cluster?.stop(.fast)
                throw error
            }
            try? cluster?.stop(.fast)
        }
    }

    private func mllpConfiguration(_ settings: Settings) throws -> MLLPServerConfiguration {
        let address = try mllp ?? settings.address("mllp", or: HostPort(host: "127.0.0.1", port: 2575))
        var configuration = MLLPServerConfiguration(host: address.host, port: address.port)
        configuration.frameBytesMax = try settings.number("mllp.frameBytesMax", or: configuration.frameBytesMax)
        configuration.connectionsMax = try settings.number("mllp.connectionsMax", or: configuration.connectionsMax)
        configuration.connectionsPerAddressMax = try settings.number(
            "mllp.connectionsPerAddressMax", or: configuration.connectionsPerAddressMax)
        configuration.firstByteTimeout = .seconds(
            try settings.number("mllp.firstByteSeconds", or: Int(configuration.firstByteTimeout.components.seconds)))
        configuration.halfFrameTimeout = .seconds(
            try settings.number("mllp.halfFrameSeconds", or: Int(configuration.halfFrameTimeout.components.seconds)))
        configuration.idleTimeout = .seconds(
            try settings.number("mllp.idleSeconds", or: Int(configuration.idleTimeout.components.seconds)))
        configuration.unreadAnswersTimeout = .seconds(
            try settings.number(
                "mllp.unreadAnswersSeconds", or: Int(configuration.unreadAnswersTimeout.components.seconds)))
        let ranges = allow.map { $0.split(separator: ",").map(String.init) } ?? settings.list("mllp.allow")
        if !ranges.isEmpty {
            configuration.allowedAddresses = try ranges.map { text in
                guard let range = AddressRange(text) else {
                    throw CommandFailure(.badConfiguration, "'\(text)' is not an address or a CIDR range.")
                }
                return range
            }
        }
        if let chain = tlsCert ?? settings.text("mllp.tls.certificate") {
            guard let key = tlsKey ?? settings.text("mllp.tls.key") else {
                throw CommandFailure(.badConfiguration, "A certificate needs its key: --tls-key.")
            }
            let names = tlsNames.map { $0.split(separator: ",").map(String.init) } ?? settings.list("mllp.tls.names")
            configuration.tls = MLLPServerTLS(
                certificateChainFile: chain, privateKeyFile: key,
                clientAuthoritiesFile: tlsClientCa ?? settings.text("mllp.tls.clientAuthorities"),
                allowedCertificateNames: names.isEmpty ? nil : Set(names))
        }
        return configuration
    }
}

enum Logging {
    /// - Throws: `CommandFailure(.badConfiguration)` for a level that is none.
    static func logger(level: String) throws -> Logger {
        guard let level = Logger.Level(rawValue: level) else {
            throw CommandFailure(.badConfiguration, "There is no log level '\(level)'.")
        }
        return Logger(label: "primary-conect") { label in
            var handler = JSONLogHandler(label: label)
            handler.logLevel = level
            return handler
        }
    }
}

extension ServiceGroup {
    /// Runs services until one ends or a signal comes: SIGTERM and SIGINT drain, within 30 s.
    static func run(_ services: [any Service], logger: Logger) async throws {
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(30)
        try await ServiceGroup(configuration: configuration).run()
    }
}
