import CLibpq

extension PostgresSession {
    /// Runs `copy … from stdin`, feeding it what `body` writes; returns the number of rows copied.
    ///
    /// Either `with (format binary)` and `CopyWriter.row`, or text or csv and `CopyWriter.write`. If `body` throws,
    /// nothing is copied and its error goes on. The deadline counts anew with each progress.
    @discardableResult
    package func copyIn(
        _ sql: SQL, within limit: Duration? = nil, _ body: (inout CopyWriter) throws -> Void
    ) throws -> Int {
        let handle = try beginCopy(sql, PGRES_COPY_IN, within: limit)
        var writer = CopyWriter(session: self, limit: limit)
        do {
            try body(&writer)
            try writer.finish()
        } catch {
            guard isOpen else { throw error }
            _ = PQputCopyEnd(handle, "given up by the client")
            // The server answers with the error that was just asked for.
            _ = try? endCopy(within: limit)
            throw error
        }
        guard PQputCopyEnd(handle, nil) == 1 else { throw breakOff(.connectionLost) }
        return try endCopy(within: limit)
    }

    /// Runs `copy … to stdout`, handing each row to `row` as it comes; returns the number of rows.
    ///
    /// In text format a row is a line with its newline; in binary format the first piece begins with the header and
    /// the last is the trailer. If `row` throws, the session is closed: the rest of the data is still on its way.
    @discardableResult
    package func copyOut(
        _ sql: SQL, within limit: Duration? = nil, _ row: (ArraySlice<UInt8>) throws -> Void
    ) throws -> Int {
        try lendCopy(sql, within: limit) { try row([UInt8]($0)[...]) }
    }

    /// Runs `copy … to stdout (format binary)`, lending each row to `row` as it comes, where libpq has it; returns the
    /// number of rows.
    ///
    /// For many rows: neither they nor their columns are copied, and no more than one is held. Else as `copyOut`.
    @discardableResult
    package func copyRows(
        _ sql: SQL, within limit: Duration? = nil, _ row: (borrowing CopyRow) throws -> Void
    ) throws -> Int {
        var fields = CopyRow()
        return try lendCopy(sql, within: limit) { bytes in
            if try fields.take(bytes) { try row(fields) }
        }
    }

    private func lendCopy(
        _ sql: SQL, within limit: Duration?, _ row: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> Int {
        let handle = try beginCopy(sql, PGRES_COPY_OUT, within: limit)
        while true {
            var buffer: UnsafeMutablePointer<CChar>?
            let length = PQgetCopyData(handle, &buffer, 1)
            if length == 0 {
                try waitForInput(until: deadline(limit))
                continue
            }
            guard length > 0, let start = buffer else { break }
            // libpq gave `length` bytes at `buffer`, ours to free.
            defer { PQfreemem(buffer) }
            do {
                try row(UnsafeRawBufferPointer(start: start, count: Int(length)))
            } catch {
                _ = breakOff(.closed, "a COPY was not read to its end")
                throw error
            }
        }
        return try endCopy(within: limit)
    }

    private func beginCopy(
        _ sql: SQL, _ expected: ExecStatusType, within limit: Duration?
    ) throws(PostgresError) -> OpaquePointer {
        guard sql.parameters.count == 0, !sql.text.utf8.contains(0) else {
            throw PostgresError(.encoding, message: "COPY takes no parameters")
        }
        warnings = []
        let deadline = deadline(limit)
        let handle = try leavePipeline()
        guard PQsendQueryParams(handle, sql.text, 0, nil, nil, nil, nil, 1) == 1 else {
            throw breakOff(.connectionLost)
        }
        let result = try nextResult(until: deadline)
        defer { PQclear(result) }
        let status = PQresultStatus(result)
        if status == expected { return handle }
        if status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH {
            throw breakOff(.copyExpected, "COPY in the other direction")
        }
        while let rest = try nextResult(until: deadline) { PQclear(rest) }
        try enterPipeline()
        if status == PGRES_FATAL_ERROR, let result { throw PostgresError(result) }
        throw PostgresError(.copyExpected, message: "the statement is no COPY of this direction")
    }

    private func endCopy(within limit: Duration?) throws(PostgresError) -> Int {
        let deadline = deadline(limit)
        var failure: PostgresError?
        var rows = 0
        while let result = try nextResult(until: deadline) {
            defer { PQclear(result) }
            if PQresultStatus(result) == PGRES_FATAL_ERROR {
                failure = failure ?? PostgresError(result)
            } else {
                rows = PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? rows
            }
        }
        warnings += collector.take()
        try enterPipeline()
        if let failure { throw failure }
        return rows
    }

    /// Sends a piece of COPY data and waits until libpq has passed it on, so that memory stays bounded.
    func putCopy(_ bytes: [UInt8], within limit: Duration?) throws(PostgresError) {
        let handle = try open()
        let put = bytes.withUnsafeBytes { buffer in
            // libpq copies the bytes during the call; nothing is put of an empty array.
            buffer.isEmpty
                ? 1
                : PQputCopyData(handle, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count))
        }
        guard put == 1 else { throw breakOff(.connectionLost) }
        let deadline = deadline(limit)
        while try flush() {
            let readiness = SocketWait.wait(socket, writing: true, until: deadline)
            if readiness.isEmpty { throw breakOff(.deadlineExceeded, "COPY made no progress within the deadline") }
            // The server may be telling of an error; unread, both sides would wait for each other.
            try consumeInput()
        }
    }
}
