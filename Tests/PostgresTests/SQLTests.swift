import Postgres
import TestSupport
import Testing

/// A value can be nothing but data.
@Suite struct SQLTests {
    @Test func `an interpolated value becomes a numbered parameter`() {
        let name = "x"
        let sql: SQL = "select \(name), \(1 as Int64), \([name])"
        #expect(sql.text == "select $1, $2, $3")
    }

    @Test func `a fragment is numbered anew where it stands`() {
        let condition: SQL = "a = \(1 as Int64) and b = \("two")"
        let sql: SQL = "select \(true) from t where \(condition) and c = \(3 as Int32)"
        #expect(sql.text == "select $1 from t where a = $2 and b = $3 and c = $4")
        let twice: SQL = "\(sql) union \(sql)"
        #expect(twice.text.hasSuffix("where a = $6 and b = $7 and c = $8"))
    }

    @Test func `many parameters keep their places through a fragment`() async throws {
        var sql: SQL = "select 0::int8"
        for number in 1...120 { sql = "\(sql) + \(Int64(number))" }
        let whole = sql
        let database = try await PostgresFixture.emptyDatabase()
        let sum = try await database.withSession { try $0.execute(whole)[0].decode(0, as: Int64.self) }
        #expect(sum == 7260)
    }

    @Test func `a digit after a value does not change the parameter's number`() {
        let value: Int64 = 5
        let sql: SQL = "select \(value)0"
        #expect(sql.text == "select $1 0")
    }

    @Test func `a quoted name can be nothing but one name`() {
        let sql: SQL = "select * from \(identifier: #"t"; drop table t; --"#)"
        #expect(sql.text == #"select * from "t""; drop table t; --""#)
    }

    @Test(arguments: [
        "'; drop table patient; --", "' or '1'='1", "\\'; drop table patient; --", "$1", "$$; drop table patient; $$",
        "\u{2019}; drop table patient", "/* */", "x' union select current_user --",
    ])
    func `an attempt at injection stays data`(attempt: String) async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            try session.execute("create table patient (name text)")
            try session.execute("insert into patient values (\(attempt))")
            #expect(
                try session.execute("select name from patient where name = \(attempt)")[0].decode(0, as: String.self)
                    == attempt)
            try session.execute("create table \(identifier: attempt) (name text)")
            let names = try session.execute(
                "select relname::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace")
            #expect(Set(try names.map { try $0.decode(0, as: String.self) }) == ["patient", attempt])
        }
    }

    @Test func `a zero character in text is refused by the server, in a name or script before it is sent`() async throws
    {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            let text = #expect(throws: PostgresError.self) { try session.execute("select \("a\0b")") }
            #expect(text?.sqlState == "22021")
            let name = #expect(throws: PostgresError.self) { try session.execute("select 1 as \(identifier: "a\0b")") }
            #expect(name?.code == .encoding)
            let script = #expect(throws: PostgresError.self) { try session.script("select 1;\0 drop table t") }
            #expect(script?.code == .encoding)
            #expect(session.isOpen)
        }
    }

    @Test func `a configuration does not show its connection string`() {
        let configuration = PostgresConfiguration(connectionString: "host=db password=hunter2")
        #expect(!"\(configuration)".contains("hunter2"))
        #expect(!String(reflecting: configuration).contains("hunter2"))
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!dumped.contains("hunter2"))
    }
}
