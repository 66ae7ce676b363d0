package import Logging

/// What a listener is told.
package enum PostgresSignal: Sendable, Hashable {
    /// It is listening from now on: look, for anything may have happened before.
    case listening
    /// Somebody notified the channel.
    case notified(PostgresNotification)
}

/// Listens on a channel for as long as its stream is read, over connections of its own.
///
/// When the connection breaks it is made again with back-off, and `.listening` says each time that notifications may
/// have been missed. A broken connection is noticed at once if the server or its machine says so; one that is merely
/// silent only by the keepalives of the connection string: so the reader keeps a slow poll beside it.
package struct PostgresListener: Sendable {
    private let configuration: PostgresConfiguration
    private let logger: Logger

    package init(
        _ configuration: PostgresConfiguration,
        logger: Logger = Logger(label: "postgres", factory: { _ in SwiftLogNoOpLogHandler() })
    ) {
        self.configuration = configuration
        self.logger = logger
    }

    /// The signals of one channel; ending the iteration closes the connection.
    package func signals(on channel: String) -> AsyncStream<PostgresSignal> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: PostgresSignal.self, bufferingPolicy: .bufferingNewest(NotificationStreams.pendingMax))
        let task = Task.detached { [configuration, logger] in
            var backOff = BackOff()
            while !Task.isCancelled {
                do throws(PostgresError) {
                    let connection = try await PostgresConnection.connect(configuration)
                    let notifications = try await connection.notifications(on: channel)
                    backOff.succeed()
                    continuation.yield(.listening)
                    for await notification in notifications { continuation.yield(.notified(notification)) }
                    await connection.close()
                } catch {
                    logger.warning(
                        "postgres.listen-failed",
                        metadata: ["code": "\(error.code.rawValue)", "sqlstate": "\(error.sqlState ?? "")"])
                }
                // Cancelled while asleep: the loop ends by its condition.
                try? await Task.sleep(for: backOff.fail())
            }
            continuation.finish()
        }
        continuation.onTermination = { _ in task.cancel() }
        return stream
    }
}
