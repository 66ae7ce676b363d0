import Postgres
import TestSupport
import Testing

/// COPY in both directions, and what happens when it is given up.
@Suite struct CopyTests {
    @Test func `a hundred thousand rows go in and come out the same`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            try session.execute("create table t (n int8, name text, bytes bytea, flag bool, list int8[])")
            let copied = try session.copyIn("copy t from stdin (format binary)") { writer in
                for number in 0..<100_000 {
                    let name: String? = number % 10 == 0 ? nil : "name \(number)\t\\N\n"
                    try writer.row(
                        Int64(number), name, [0, UInt8(truncatingIfNeeded: number)] as [UInt8], number % 2 == 0,
                        [Int64(number), nil])
                }
            }
            #expect(copied == 100_000)
            let sums = try session.execute(
                "select count(*), sum(n)::int8, count(name), sum(get_byte(bytes, 1)) from t")[0]
            let (count, sum, names) = try sums.decode(Int.self, Int64.self, Int.self)
            #expect(count == 100_000 && sum == 4_999_950_000 && names == 90_000)

            var lines = 0
            var total: Int64 = 0
            let out = try session.copyOut("copy (select n, name from t order by n) to stdout") { line in
                lines += 1
                let number = String(decoding: line.prefix { $0 != UInt8(ascii: "\t") }, as: UTF8.self)
                total += Int64(number) ?? 0
            }
            #expect(out == 100_000 && lines == 100_000 && total == 4_999_950_000)

            var binary: [UInt8] = []
            try session.copyOut("copy t to stdout (format binary)") { binary += $0 }
            try session.execute("create table u (like t)")
            #expect(try session.copyIn("copy u from stdin (format binary)") { try $0.write(binary) } == 100_000)
            let difference = try session.execute("select count(*) from (select * from t except all select * from u) d")
            #expect(try difference[0].decode(0, as: Int.self) == 0)
        }
    }

    @Test func `rows of a binary COPY are lent, one after the other`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            var told: [String] = []
            let rows = try session.copyRows(
                """
                copy (
                    select n, n::int4, nullif(n, 2), n = 2, case when n <> 2 then 'epoch'::timestamptz end,
                        repeat('ü', n::int)
                    from generate_series(0::int8, 2) n
                ) to stdout (format binary)
                """
            ) { row in
                let text = String(decoding: try row.bytes(5), as: UTF8.self)
                let (number, same, perhaps) = (try row.int64(0), try row.int64(1), try row.int64IfAny(2))
                let at = try row.timestampIfAny(4)?.microseconds
                told.append("\(number) \(same) \(perhaps ?? -1) \(try row.bool(3)) \(at ?? -1) \(text)")
            }
            #expect(rows == 3)
            #expect(told == ["0 0 0 false 0 ", "1 1 1 false 0 ü", "2 2 -1 true -1 üü"])

            // Nothing of another type is guessed, and what is not there is not made up.
            let wrong = #expect(throws: PostgresError.self) {
                try session.copyRows("copy (select null::int8) to stdout (format binary)") { row in _ = try row.int64(0) }
            }
            #expect(wrong?.code == .decoding)
        }
    }

    @Test func `a COPY that its writer gives up copies nothing`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            try session.execute("create table t (n int8)")
            #expect(throws: CancellationError.self) {
                try session.copyIn("copy t from stdin (format binary)") { writer in
                    for number in 0..<20_000 { try writer.row(Int64(number)) }
                    throw CancellationError()
                }
            }
            #expect(try session.execute("select count(*) from t")[0].decode(0, as: Int.self) == 0)
        }
    }

    @Test func `a row that the server refuses fails the COPY and leaves the session usable`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            try session.execute("create table t (n int8 primary key)")
            let error = #expect(throws: PostgresError.self) {
                try session.copyIn("copy t from stdin (format binary)") { writer in
                    for number in 0..<200_000 { try writer.row(Int64(number % 100)) }
                }
            }
            #expect(error?.isUniqueViolation == true)
            let missing = #expect(throws: PostgresError.self) { try session.copyIn("copy nowhere from stdin") { _ in } }
            #expect(missing?.sqlState == "42P01")
            let none = #expect(throws: PostgresError.self) { try session.copyIn("select 1") { _ in } }
            #expect(none?.code == .copyExpected)
            #expect(try session.execute("select count(*) from t")[0].decode(0, as: Int.self) == 0)
        }
    }

    @Test func `a COPY whose reader stops closes the session`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            #expect(throws: CancellationError.self) {
                try session.copyOut("copy (select generate_series(1, 1000000)) to stdout") { _ in
                    throw CancellationError()
                }
            }
            #expect(!session.isOpen)
        }
    }

    @Test func `a COPY asked for as a statement is refused`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            try session.execute("create table t (n int8)")
            #expect(throws: PostgresError.self) { try session.execute("copy t to stdout") }
        }
    }
}
