import EventLog
import ServiceLifecycle

/// The log's writer; on shutdown it commits what it was given.
struct GroupCommitService: Service {
    let log: GroupCommit

    func run() async throws {
        log.start()
        try? await gracefulShutdown()
        await log.stop()
    }
}
