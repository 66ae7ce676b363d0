import CLibpq

/// The answer to one statement.
///
/// Keeps libpq's buffer and decodes a value only when it is asked for; the buffer goes with the last reference.
/// Safe to read from any thread.
// Unchecked: libpq reads a PGresult without side effects and we alone free it; notices are only added while the session
// still has the result to itself.
package final class PostgresResult: @unchecked Sendable {
    private let result: OpaquePointer
    /// Number of rows.
    package let count: Int
    /// Number of columns.
    package let columnCount: Int
    /// What the server remarked meanwhile; on the last result of a pipeline also what it remarked at its commit.
    package private(set) var notices: [PostgresNotice]

    /// Takes over a result of libpq.
    init(_ result: OpaquePointer, notices: [PostgresNotice]) {
        self.result = result
        self.notices = notices
        count = Int(PQntuples(result))
        columnCount = Int(PQnfields(result))
    }

    deinit {
        PQclear(result)
    }

    /// Adds what the server remarked at the commit; only before the result is handed out.
    func remark(_ more: [PostgresNotice]) {
        notices += more
    }

    /// Rows inserted, updated, deleted, selected or copied; 0 for other commands.
    package var rowsAffected: Int {
        PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
    }

    /// The command tag: `INSERT 0 1`, `COMMIT`, `ROLLBACK`, …
    package var command: String {
        PQcmdStatus(result).map { String(cString: $0) } ?? ""
    }

    /// Whether a commit among this was cut short in its wait for the standby: see `PostgresNotice.leavesCommitInDoubt`.
    package var leavesCommitInDoubt: Bool {
        notices.contains { $0.leavesCommitInDoubt }
    }

    /// Throws unless this, the answer to a COMMIT, says that it is committed.
    func checkCommit() throws(PostgresError) {
        if command == "ROLLBACK" {
            throw PostgresError(.transactionAborted, message: "a statement had failed, so the commit rolled back")
        }
        if leavesCommitInDoubt {
            throw PostgresError(.commitInDoubt, message: "the wait for the standby was cut short")
        }
    }

    /// The index of the first column of this name, or nil.
    package func column(named name: String) -> Int? {
        let index = PQfnumber(result, SQL.quoted(identifier: name))
        return index < 0 ? nil : Int(index)
    }

    func columnName(_ column: Int) -> String {
        PQfname(result, Int32(column)).map { String(cString: $0) } ?? ""
    }

    func decode<T: PostgresDecodable>(_ row: Int, _ column: Int) throws(PostgresDecodingFailure) -> T {
        // What it lends lives as long as self, which outlives the call.
        guard let bytes = bytes(row, column) else { return try T.decodeNull() }
        return try T.decode(bytes.bytes, type: type(ofColumn: column))
    }

    /// The bytes of a column as libpq keeps them, to be read while this is held; `nil` for NULL.
    func bytes(_ row: Int, _ column: Int) -> UnsafeRawBufferPointer? {
        let (row, column) = (Int32(row), Int32(column))
        guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else { return nil }
        // The pointer is to bytes that libpq keeps, PQgetlength long, until PQclear in deinit.
        return UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, column)))
    }

    func type(ofColumn column: Int) -> PostgresType { PostgresType(rawValue: PQftype(result, Int32(column))) }
}

extension PostgresResult: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { count }

    package subscript(row: Int) -> PostgresRow {
        // As with an array: a row that is not there is a fault of the program.
        precondition(row >= 0 && row < count, "row \(row) of \(count)")
        return PostgresRow(result: self, index: row)
    }
}
