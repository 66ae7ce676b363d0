import CLibpq

extension PostgresSession {
    /// Runs one statement and waits for its answer.
    ///
    /// Outside an explicit transaction it is a transaction of its own. Throws the server's refusal; the session stays
    /// usable unless `isConnectionLost`.
    @discardableResult
    package func execute(_ sql: SQL, within limit: Duration? = nil) throws(PostgresError) -> PostgresResult {
        do throws(PostgresError) {
            return try perform([sql], within: limit)[0]
        } catch {
            // It never ran and nothing else was in its transaction: prepared anew, it may be sent again.
            guard error.isStalePlan, isOpen, !isInTransaction else { throw error }
            return try perform([sql], within: limit)[0]
        }
    }

    /// Runs several statements in one round trip, as one implicit transaction.
    ///
    /// The first refusal is thrown and undoes all of them; a transaction that a statement among them began is rolled
    /// back. Answers come in the order of the statements.
    @discardableResult
    package func pipeline(_ sql: [SQL], within limit: Duration? = nil) throws(PostgresError) -> [PostgresResult] {
        sql.isEmpty ? [] : try perform(sql, within: limit)
    }

    /// Runs `body` between BEGIN and COMMIT, or ROLLBACK if it throws.
    @discardableResult
    package func transaction<R>(_ body: () throws -> R) throws -> R {
        try execute("begin")
        let value: R
        do {
            value = try body()
        } catch {
            // The error that led here says more than a failure to roll back, and that closes the session anyway.
            if isOpen { _ = try? execute("rollback") }
            throw error
        }
        let commit = try execute("commit")
        try commit.checkCommit()
        return value
    }

    private func perform(_ sql: [SQL], within limit: Duration?) throws(PostgresError) -> [PostgresResult] {
        let deadline = deadline(limit)
        let wasInTransaction = isInTransaction
        warnings = []
        try submit(sql)
        while true {
            if let outcome = try advance() {
                guard let error = outcome.error else { return outcome.results }
                if isInTransaction, !wasInTransaction { try rollBack(until: deadline) }
                throw error
            }
            try waitForInput(until: deadline)
        }
    }

    /// Undoes a transaction that a failed pipeline left open.
    private func rollBack(until deadline: ContinuousClock.Instant) throws(PostgresError) {
        try submit(["rollback"])
        while try advance() == nil { try waitForInput(until: deadline) }
    }

    /// Puts a group into the pipeline without waiting for anything.
    ///
    /// With `undoing`, a rollback follows in a group of its own, for the case that an error kept the statements from
    /// their own commit. Throws `.encoding` before anything of the group was sent; any other error has closed the
    /// session.
    func submit(_ sql: [SQL], undoing: Bool = false) throws(PostgresError) {
        let handle = try open()
        for statement in sql {
            guard statement.parameters.count <= SQLParameters.countMax else {
                throw PostgresError(.encoding, message: "more than \(SQLParameters.countMax) parameters")
            }
            // U+0000 would end the text for libpq, and what follows would be lost.
            guard !statement.text.utf8.contains(0) else {
                throw PostgresError(.encoding, message: "U+0000 in a statement")
            }
        }
        groups.begin()
        try makeRoom(handle)
        for statement in sql {
            try send(statement, handle)
        }
        try sync(handle, isLast: !undoing)
        if undoing {
            guard PQsendQueryParams(handle, "rollback", 0, nil, nil, nil, nil, 1) == 1 else {
                throw breakOff(.connectionLost)
            }
            groups.append(.housekeeping)
            try sync(handle, isLast: true)
        }
    }

    private func sync(_ handle: OpaquePointer, isLast: Bool) throws(PostgresError) {
        guard PQpipelineSync(handle) == 1 else { throw breakOff(.connectionLost) }
        groups.append(.sync(isLast: isLast))
    }

    /// Drops prepared statements that no longer fit or are too many, in a group of their own.
    private func makeRoom(_ handle: OpaquePointer) throws(PostgresError) {
        // In a failed transaction the server would refuse; the next call does it.
        guard !hasFailedTransaction else { return }
        var commands = statements.evict().map { "deallocate " + $0 }
        if dropsStatements {
            dropsStatements = false
            statements.forgetAll()
            commands = ["deallocate all"]
        }
        if commands.isEmpty { return }
        for command in commands {
            guard PQsendQueryParams(handle, command, 0, nil, nil, nil, nil, 1) == 1 else {
                throw breakOff(.connectionLost)
            }
            groups.append(.housekeeping)
        }
        try sync(handle, isLast: false)
    }

    private func send(_ sql: SQL, _ handle: OpaquePointer) throws(PostgresError) {
        let key = StatementCache.Key(text: sql.text, types: sql.parameters.types)
        var sent = true
        switch statements.use(key, group: groups.number) {
        case .bind(let name):
            sent = bind(sql, name, handle)
        case .prepare(let name):
            sent = sql.parameters.withTypes {
                PQsendPrepare(handle, name, sql.text, Int32(sql.parameters.count), $0) == 1
            }
            groups.append(.prepare(key, name: name))
            sent = sent && bind(sql, name, handle)
        case .whole:
            sent = sql.parameters.withTypes { types in
                sql.parameters.withValues { values, lengths, formats in
                    PQsendQueryParams(
                        handle, sql.text, Int32(sql.parameters.count), types, values, lengths, formats, 1) == 1
                }
            }
        }
        groups.append(.execute)
        if !sent { throw breakOff(.connectionLost) }
    }

    private func bind(_ sql: SQL, _ name: String, _ handle: OpaquePointer) -> Bool {
        sql.parameters.withValues { values, lengths, formats in
            PQsendQueryPrepared(handle, name, Int32(sql.parameters.count), values, lengths, formats, 1) == 1
        }
    }

    /// Takes the answers that have arrived; the outcome of the oldest group once it is whole, nil if input is missing.
    func advance() throws(PostgresError) -> GroupQueue.Outcome? {
        let handle = try open()
        while let step = groups.first {
            guard PQisBusy(handle) == 0 else { break }
            guard let result = PQgetResult(handle) else {
                if isLost(handle) { break }
                // The end of one statement's answers.
                guard groups.isAnswered else { throw breakOff(.connectionLost, "answers out of step") }
                groups.removeFirst()
                continue
            }
            let status = PQresultStatus(result)
            let notices = collector.take()
            if warnings.count < NoticeCollector.noticesMax { warnings += notices }
            if status == PGRES_PIPELINE_SYNC {
                PQclear(result)
                guard case .sync(let isLast) = step else { throw breakOff(.connectionLost, "answers out of step") }
                groups.removeFirst()
                // Notices that came with the commit belong to the last answer.
                if !notices.isEmpty { groups.current.results.last?.remark(notices) }
                if isLast { return groups.takeOutcome() }
                continue
            }
            groups.isAnswered = true
            try take(result, status, notices, for: step)
        }
        if isLost(handle) { throw breakOff(groups.current.error ?? lost(handle)) }
        return nil
    }

    private func lost(_ handle: OpaquePointer) -> PostgresError {
        PostgresError(.connectionLost, message: PostgresError.firstLine(PQerrorMessage(handle)))
    }

    private func take(
        _ result: OpaquePointer, _ status: ExecStatusType, _ notices: [PostgresNotice], for step: GroupQueue.Step
    ) throws(PostgresError) {
        let isGood = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY
        switch step {
        case .execute where isGood:
            groups.current.results.append(PostgresResult(result, notices: notices))
            return
        case .prepare(let key, let name):
            if isGood { statements.succeed(key, name: name) } else { statements.fail(key, name: name) }
        case .execute, .housekeeping, .sync:
            break
        }
        defer { PQclear(result) }
        if status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH {
            throw breakOff(.copyExpected, "COPY needs copyIn or copyOut")
        }
        if status == PGRES_FATAL_ERROR, groups.current.error == nil {
            if case .housekeeping = step { return }
            let error = PostgresError(result)
            groups.current.error = error
            if error.isStalePlan { dropsStatements = true }
        }
    }
}

extension SQLParameters {
    fileprivate func withTypes<R>(_ body: (UnsafePointer<Oid>?) -> R) -> R {
        types.withUnsafeBufferPointer { types in
            // PostgresType is a struct of one UInt32, which is what Oid is.
            types.withMemoryRebound(to: Oid.self) { body($0.baseAddress) }
        }
    }

    /// Calls `body` with pointers to each value, the lengths and the formats (all binary), valid during the call.
    fileprivate func withValues<R>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> R
    ) -> R {
        if count == 0 { return body(nil, nil, nil) }
        return withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) { values in
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { formats in
                bytes.withUnsafeBytes { bytes in
                    lengths.withUnsafeBufferPointer { lengths in
                        // For libpq a null pointer is NULL, so an empty value needs some address that is not null: it
                        // reads none of its zero bytes.
                        let empty = UnsafeRawPointer(lengths.baseAddress!)
                        var offset = 0
                        for index in 0..<count {
                            formats.initializeElement(at: index, to: 1)
                            let start = (bytes.baseAddress.map { $0 + offset } ?? empty).assumingMemoryBound(
                                to: CChar.self)
                            values.initializeElement(at: index, to: lengths[index] < 0 ? nil : start)
                            offset += Int(max(lengths[index], 0))
                        }
                        return body(values.baseAddress, lengths.baseAddress, formats.baseAddress)
                    }
                }
            }
        }
    }
}
