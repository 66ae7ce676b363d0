import ArgumentParser
import EventLog
import EventSourcing
import Foundation
import HL7v2
import Ingest
import Synchronization

/// Loads files of messages into the log.
struct IngestFiles: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest", abstract: "Loads HL7 files, or standard input, into the log.",
        discussion: """
            Examples:
              primary-conect ingest backlog.hl7
              gunzip -c 2026-03-02.mllp.gz | primary-conect ingest -

            Files may hold one message, many, or a batch. What was loaded before counts once. Needs a running PostgreSQL.
            """)

    @OptionGroup var installation: InstallationOptions
    @Option(help: "auto, plain, json, none.")
    var progress = ProgressStyle.auto
    @Flag(help: "Only say how many messages the files hold.")
    var dryRun = false
    @Argument(help: "Files; - for standard input.")
    var files: [String]

    func run() async throws {
        try await reporting {
            let pieces = try MessageFiles.messages(in: files)
            if dryRun {
                Console.out("\(grouped(pieces.count)) messages, nothing written")
                return
            }
            let installation = try await Installation(options: installation)
            let profiles = try ProfileFolder.library(installation.settings)
            let feeds = try HospitalList(installation.settings).feeds(profiles)
            let logger = try Logging.logger(level: "warning")
            let unlisted = UnlistedSenders(now: WallClock.now, logger: logger)
            let log = GroupCommit(
                configuration: try installation.connection(.ingest), now: WallClock.now, logger: logger)
            log.start()
            let receiver = Receiver(log: log, feeds: feeds, now: WallClock.now) { unlisted.notice($0) }
            let bar = ProgressBar("ingest", total: pieces.count, unit: "messages", style: progress)
            let tally = Tally()
            var rest = pieces[...]
            try await InProcessFeed(receiver: receiver).run(from: "file") {
                rest.popFirst()
            } answered: { _, answers in
                for answer in answers {
                    let code = (try? HL7Message(answer.bytes))?.segment("MSA")?.field(1).string ?? "none"
                    tally.add(code)
                }
                bar.advance()
            }
            await log.stop()
            bar.finish()
            let counts = tally.counts
            Console.out(counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
            if counts["AR", default: 0] + counts["CR", default: 0] > 0 { throw ExitStatus.failed.exit }
        }
    }
}

/// How many messages were answered with which code.
private final class Tally: Sendable {
    private let state = Mutex<[String: Int]>([:])

    var counts: [String: Int] { state.withLock { $0 } }

    func add(_ code: String) { state.withLock { $0[code, default: 0] += 1 } }
}
