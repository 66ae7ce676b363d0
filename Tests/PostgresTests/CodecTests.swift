import Foundation
import Postgres
import TestSupport
import Testing

/// Every type goes to the server and comes back the same.
@Suite struct CodecTests {
    private func roundTrip<T: PostgresScalar & Equatable>(_ values: [T], cast: SQL) async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            for value in values {
                let row = try session.execute(
                    "select \(value)::\(cast), \(value as T?)::\(cast), \(nil as T?)::\(cast)")[0]
                #expect(try row.decode(0, as: T.self) == value)
                #expect(try row.decode(1, as: T?.self) == value)
                #expect(try row.decode(2, as: T?.self) == nil)
            }
            let mixed: [T?] = values.flatMap { [$0, nil] } + [nil]
            let row = try session.execute(
                "select \(values)::\(cast)[], \(mixed)::\(cast)[], \([] as [T])::\(cast)[], \(nil as [T]?)::\(cast)[]")[
                    0]
            #expect(try row.decode(0, as: [T].self) == values)
            #expect(try row.decode(1, as: [T?].self) == mixed)
            #expect(try row.decode(2, as: [T].self) == [])
            #expect(try row.decode(3, as: [T]?.self) == nil)
        }
    }

    @Test func `truth values come back`() async throws {
        try await roundTrip([true, false], cast: "bool")
    }

    @Test func `integers come back, the extreme ones too`() async throws {
        try await roundTrip([0, 1, -1, Int32.min, Int32.max], cast: "int4")
        try await roundTrip([0, 1, -1, Int64.min, Int64.max], cast: "int8")
        try await roundTrip([0, Int.min, Int.max], cast: "int8")
    }

    @Test func `text comes back in any script`() async throws {
        try await roundTrip(
            [
                "", " ", "O'Brien", "\"", "\\", "$1", "Zoë Ó Súilleabháin", "李小龍", "👩‍⚕️", "a\r\n\tb",
                String(repeating: "x", count: 100_000),
            ],
            cast: "text")
    }

    @Test func `bytes come back, NUL and all 256 of them`() async throws {
        try await roundTrip(
            [[], [0], [0, 0, 0], Array(0...255), [UInt8](repeating: 0, count: 100_000)], cast: "bytea")
    }

    @Test func `times come back to the microsecond, also before 1970 and at both ends`() async throws {
        let oldest: Int64 = -210_863_520_000_000_000  // 4714-11-24 BC
        let newest: Int64 = 9_223_372_036_854_775_806
        try await roundTrip(
            [
                .init(microseconds: 0), .init(microseconds: 1), .init(microseconds: -1),
                .init(microseconds: 1_772_524_751_123_456), .init(microseconds: oldest),
                .init(microseconds: newest - 946_684_800_000_000),
                .infinity, .minusInfinity,
            ] as [PostgresTimestamp], cast: "timestamptz")
    }

    @Test func `a time means the same moment to the server`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            let row = try session.execute(
                """
                select \(PostgresTimestamp(microseconds: 1_772_524_751_000_000)) = '2026-03-03T07:59:11Z'::timestamptz,
                       '1900-01-01T00:00:00Z'::timestamptz
                """)[0]
            #expect(try row.decode(0, as: Bool.self))
            #expect(try row.decode(1, as: PostgresTimestamp.self).microseconds == -2_208_988_800_000_000)
        }
    }

    @Test func `a time that PostgreSQL cannot hold is refused by it`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            for microseconds in [Int64.min + 1, -300_000_000_000_000_000] {
                let error = #expect(throws: PostgresError.self) {
                    try session.execute("select \(PostgresTimestamp(microseconds: microseconds))")
                }
                #expect(error?.sqlState == "22008")
            }
            #expect(try session.execute("select 1::int8")[0].decode(0, as: Int64.self) == 1)
        }
    }

    @Test func `identifiers come back`() async throws {
        try await roundTrip([UUID(), UUID(uuidString: "00000000-0000-0000-0000-000000000000") ?? UUID()], cast: "uuid")
    }

    @Test func `JSON comes back with its meaning`() async throws {
        let values = [
            "null", "true", "[]", "{}", #"{"a": [1, "\u0000-free", null]}"#.replacing(#"\u0000"#, with: "nul"),
        ]
        try await roundTrip(values.map { PostgresJSONB(Array($0.utf8)) }, cast: "jsonb")
    }

    @Test func `a column of another type or a NULL is an error that names the column`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            let row = try session.execute(
                "select 'secret'::text as name, null::int8 as number, 70000::int8, '{{1},{2}}'::int8[]")[0]
            for attempt in [
                { _ = try row.decode(0, as: Int64.self) }, { _ = try row.decode(1, as: Int64.self) },
                { _ = try row.decode(0, as: [UInt8].self) }, { _ = try row.decode(9, as: Bool.self) },
                { _ = try row.decode("absent", as: Bool.self) }, { _ = try row.decode(3, as: [Int64].self) },
            ] {
                let error = #expect(throws: PostgresError.self) { try attempt() }
                #expect(error?.code == .decoding)
                #expect(error?.description.contains("secret") == false)
            }
            #expect(try row.decode("number", as: Int64?.self) == nil)
            #expect(try row.decode(2, as: Int.self) == 70000)
        }
    }

    @Test func `an integer that is too small a type widens, one that is too great does not fit`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            let row = try session.execute("select 7::int2, 8::int4, 5000000000::int8")[0]
            let (small, middle) = try row.decode(Int64.self, Int64.self)
            #expect(small == 7 && middle == 8)
            #expect(throws: PostgresError.self) { try row.decode(2, as: Int32.self) }
        }
    }

    @Test func `a row is read into a tuple`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            let rows = try session.execute("select i::int8, 'n' || i, i % 2 = 0 from generate_series(1, 3) i")
            let read = try rows.map { try $0.decode(Int64.self, String.self, Bool.self) }
            #expect(read.map(\.0) == [1, 2, 3])
            #expect(read.map(\.1) == ["n1", "n2", "n3"])
            #expect(read.map(\.2) == [false, true, false])
            #expect(rows.count == 3 && rows.rowsAffected == 3 && rows.command == "SELECT 3")
        }
    }
}
