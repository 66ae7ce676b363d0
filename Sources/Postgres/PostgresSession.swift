import CLibpq

/// One session with a server, for one thread.
///
/// Calls block the thread that makes them, each for at most its deadline: never use it on an event loop or in Swift's
/// cooperative pool (`PostgresConnection` is for those). libpq runs non-blocking underneath, all waits and timers are
/// ours. Statements are prepared on first use, keyed by their text; parameters and results are binary. When a deadline
/// passes or the server goes away the session is closed for good and nothing is cancelled: a cancelled commit would
/// answer success though no standby has it.
package final class PostgresSession {
    /// Prepared statements kept, each session.
    package static let statementsMax = 256

    package let configuration: PostgresConfiguration
    /// Notices and warnings since the last call began.
    package internal(set) var warnings: [PostgresNotice] = []
    /// Stops what the session is doing, from any thread.
    package let canceller: PostgresCanceller

    /// nil once closed.
    var handle: OpaquePointer?
    let collector: NoticeCollector
    var statements = StatementCache(statementsMax: PostgresSession.statementsMax)
    var dropsStatements = false
    var groups = GroupQueue()
    private var brokenBy: PostgresError?

    /// Connects, trying the hosts in their order.
    package init(_ configuration: PostgresConfiguration) throws(PostgresError) {
        self.configuration = configuration
        collector = NoticeCollector()
        let opened = try PostgresSession.open(configuration, collector: collector)
        handle = opened
        canceller = PostgresCanceller(PQgetCancel(opened))
        guard PQsetnonblocking(opened, 1) == 0, PQenterPipelineMode(opened) == 1 else {
            throw breakOff(.connectionFailed, "libpq refused non-blocking pipeline mode")
        }
    }

    deinit {
        close()
    }

    /// Whether the session can be used: false after `close`, a passed deadline or a lost connection.
    package var isOpen: Bool { handle != nil }

    /// The server's process for this session, as `pg_stat_activity` names it; 0 once closed.
    package var processID: Int32 { handle.map { PQbackendPID($0) } ?? 0 }

    /// The server's version as libpq counts: 150018 is 15.18; 0 once closed.
    package var serverVersion: Int { handle.map { Int(PQserverVersion($0)) } ?? 0 }

    /// Whether a transaction is open, also one that has failed.
    ///
    /// While a pipelined statement is still under way libpq says `PQTRANS_ACTIVE`, whatever the state of the
    /// transaction before it; that is taken as no transaction, and is found out after the last answer.
    package var isInTransaction: Bool {
        guard let handle else { return false }
        let status = PQtransactionStatus(handle)
        return status == PQTRANS_INTRANS || status == PQTRANS_INERROR
    }

    var hasFailedTransaction: Bool {
        guard let handle else { return false }
        return PQtransactionStatus(handle) == PQTRANS_INERROR
    }

    var socket: Int32 { handle.map { PQsocket($0) } ?? -1 }

    /// Takes leave of the server. An open transaction is rolled back by the server. Closing twice is no error.
    package func close() {
        guard let open = handle else { return }
        handle = nil
        canceller.invalidate()
        PQfinish(open)
    }

    /// The handle, or why there is none any more.
    func open() throws(PostgresError) -> OpaquePointer {
        guard let handle else {
            throw PostgresError(
                .closed, message: brokenBy.map { "session was closed: \($0.code.rawValue)" } ?? "session is closed")
        }
        return handle
    }

    /// Closes the session because of a fault, and gives the error to throw.
    func breakOff(_ code: PostgresError.Code, _ message: String? = nil) -> PostgresError {
        let said = message ?? PostgresError.firstLine(handle.flatMap { PQerrorMessage($0) })
        return breakOff(PostgresError(code, message: said))
    }

    func breakOff(_ error: PostgresError) -> PostgresError {
        brokenBy = brokenBy ?? error
        close()
        return error
    }

    func deadline(_ limit: Duration?) -> ContinuousClock.Instant {
        .now + (limit ?? configuration.statementDeadline)
    }

    // MARK: Waiting

    /// Writes what waits in libpq's buffer without blocking; true if some of it must wait for the socket.
    func flush() throws(PostgresError) -> Bool {
        switch PQflush(try open()) {
        case 0: return false
        case 1: return true
        default: throw breakOff(.connectionLost)
        }
    }

    /// Takes what the socket has.
    ///
    /// Does not throw when the server has gone: what it said last is in the buffer and is read first.
    func consumeInput() throws(PostgresError) {
        _ = PQconsumeInput(try open())
    }

    /// Whether the server has gone; what it said before may still be unread.
    func isLost(_ handle: OpaquePointer) -> Bool {
        PQstatus(handle) == CONNECTION_BAD
    }

    /// Waits until there is new input, writing meanwhile what still waits; breaks off at the deadline.
    func waitForInput(until deadline: ContinuousClock.Instant) throws(PostgresError) {
        let unsent = try flush()
        let readiness = SocketWait.wait(socket, writing: unsent, until: deadline)
        if readiness.isEmpty { throw breakOff(.deadlineExceeded, "no answer within the deadline") }
        try consumeInput()
    }
}

extension PostgresSession {
    private static func open(
        _ configuration: PostgresConfiguration, collector: NoticeCollector
    ) throws(PostgresError) -> OpaquePointer {
        let plan = try ConnectionAttempts(configuration)
        let deadline = ContinuousClock.now + configuration.connectDeadline
        let share = plan.attemptTimeout ?? configuration.connectDeadline / plan.attempts.count
        var last = PostgresError(.connectionFailed, message: "no host to connect to")
        for options in plan.attempts {
            guard .now < deadline else { break }
            do throws(PostgresError) {
                return try open(options, collector: collector, until: min(deadline, .now + share))
            } catch {
                last = error
            }
        }
        throw last
    }

    private static func open(
        _ options: ConnectionAttempts.Options, collector: NoticeCollector, until deadline: ContinuousClock.Instant
    ) throws(PostgresError) -> OpaquePointer {
        let started = CStrings.with(options.map(\.keyword)) { keywords in
            CStrings.with(options.map(\.value)) { values in PQconnectStartParams(keywords, values, 0) }
        }
        guard let handle = started else { throw PostgresError(.noResources, message: "libpq is out of memory") }
        collector.attach(to: handle)
        // So that a refusal while connecting carries its SQLSTATE, which libpq gives in no other way.
        PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
        var step = PGRES_POLLING_WRITING
        while PQstatus(handle) != CONNECTION_BAD {
            let readiness = SocketWait.wait(
                PQsocket(handle), reading: step == PGRES_POLLING_READING, writing: step == PGRES_POLLING_WRITING,
                until: deadline)
            if readiness.isEmpty {
                PQfinish(handle)
                throw PostgresError(.connectionFailed, message: "no connection within the deadline")
            }
            step = PQconnectPoll(handle)
            if step == PGRES_POLLING_OK {
                PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
                return handle
            }
            if step == PGRES_POLLING_FAILED { break }
        }
        let (sqlState, message) = sqlState(inVerbose: PostgresError.firstLine(PQerrorMessage(handle)))
        PQfinish(handle)
        throw PostgresError(.connectionFailed, sqlState: sqlState, message: message)
    }

    /// Takes the SQLSTATE out of a line such as `connection … failed: FATAL:  28000: role "x" does not exist`.
    private static func sqlState(inVerbose line: String) -> (String?, String) {
        guard let match = line.firstMatch(of: #/(FATAL|ERROR): {2}([0-9A-Z]{5}): /#) else { return (nil, line) }
        let sqlState = String(match.2)
        return (sqlState, line.replacing("\(sqlState): ", with: "", maxReplacements: 1))
    }
}
