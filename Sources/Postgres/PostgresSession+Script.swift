import CLibpq

extension PostgresSession {
    /// Runs a whole file of statements by the simple protocol: for trusted files such as migrations, never for values.
    ///
    /// Without BEGIN in it the file is one transaction. The error's `position` counts characters in the whole text.
    package func script(_ text: String, within limit: Duration? = nil) throws(PostgresError) {
        guard !text.utf8.contains(0) else { throw PostgresError(.encoding, message: "U+0000 in a script") }
        let deadline = deadline(limit)
        warnings = []
        let handle = try leavePipeline()
        guard PQsendQuery(handle, text) == 1 else { throw breakOff(.connectionLost) }
        var failure: PostgresError?
        while let result = try nextResult(until: deadline) {
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_FATAL_ERROR: failure = failure ?? PostgresError(result)
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                throw breakOff(.copyExpected, "COPY in a script")
            default: break
            }
        }
        warnings += collector.take()
        try enterPipeline()
        if let failure { throw failure }
    }

    /// Leaves pipeline mode, which the simple protocol and COPY need. Nothing may be under way.
    func leavePipeline() throws(PostgresError) -> OpaquePointer {
        let handle = try open()
        guard PQexitPipelineMode(handle) == 1 else { throw breakOff(.connectionLost) }
        return handle
    }

    func enterPipeline() throws(PostgresError) {
        guard PQenterPipelineMode(try open()) == 1 else { throw breakOff(.connectionLost) }
    }

    /// The next result outside pipeline mode, nil at the end.
    func nextResult(until deadline: ContinuousClock.Instant) throws(PostgresError) -> OpaquePointer? {
        let handle = try open()
        while PQisBusy(handle) != 0, !isLost(handle) {
            try waitForInput(until: deadline)
        }
        let result = PQgetResult(handle)
        guard isLost(handle) else { return result }
        let error = result.map { PostgresError($0) }
        PQclear(result)
        throw breakOff(error ?? PostgresError(.connectionLost))
    }
}
