import Foundation
import Postgres
import Testing

/// A practice's list by the real command: nothing is written unless it should be, and nobody's data is printed.
@Suite(.serialized, .timeLimit(.minutes(5))) struct ImportRosterTests {
    private static let headings = "NHS number,DOB,Surname,Symphony score"
    private static let rows = [
        "9990000018,12/04/1938,Quince,9", "9990000026,01/02/1940,Rowan,", "9990000034,03/03/1950,Tester,4",
    ]

    private func withDatabase(_ body: (SystemDirectory) async throws -> Void) async throws {
        try await withSystemDirectory { directory in
            let daemon = try await FeedTests.serve(directory)
            try await body(directory)
            #expect(await daemon.end(SIGTERM) == 0)
        }
    }

    private func run(
        _ rows: [String], in directory: SystemDirectory, _ arguments: String..., headings: String = headings
    ) async throws -> Binary.Result {
        let file = "\(directory.path)/list.csv"
        try ([headings] + rows).joined(separator: "\r\n").write(toFile: file, atomically: true, encoding: .utf8)
        return try await Binary.run(
            ["import-roster", "--practice", "Z99001", "--file", file, "--directory", directory.path] + arguments,
            environment: [:])
    }

    private func events(_ directory: SystemDirectory) throws -> Int64 {
        try directory.count("select count(*) from event_log.event where log = 'Z99001'")
    }

    @Test func `a list is imported once, however often it is told`() async throws {
        try await withDatabase { directory in
            let plan = try await run(Self.rows, in: directory, "--dry-run")
            #expect(plan.status == 0 && plan.out.contains("Read 3 rows. 3 good."))
            #expect(
                plan.out.contains("Against today: 3 joined, 0 left, 0 details changed. No change written (--dry-run)."))
            #expect(try events(directory) == 0)

            #expect(try await run(Self.rows, in: directory).status == 0)
            #expect(try events(directory) == 4)
            #expect(try await run(Self.rows, in: directory).status == 0)
            #expect(try events(directory) == 4)
            #expect(
                try directory.count(
                    "select count(*) from audit.access where practice = 'Z99001' and purpose = 'import-roster'") == 4)

            let status = try await run(["9990000018,12/04/1938,Quince,10"] + Self.rows.dropFirst(), in: directory)
            #expect(status.status == 0 && status.out.contains("0 joined, 0 left, 1 details changed."))
            #expect(
                try directory.count(
                    "select count(*) from event_log.event where type = 'registration.symphony-scored.v1'") == 1)
        }
    }

    @Test func `a list that was told is no silent feed`() async throws {
        try await withDatabase { directory in
            _ = try await run(Self.rows, in: directory)
            let status = try await Binary.run(
                ["status", "--json", "--directory", directory.path], environment: [:])
            #expect(status.out.contains("\"practice_lists\":1") && status.out.contains("\"logs\":[]"))
        }
    }

    @Test func `rows held back are told by line and code, and take nobody off the list`() async throws {
        try await withDatabase { directory in
            _ = try await run(Self.rows, in: directory)
            let held = try await run(
                [Self.rows[0], "9990000026,soon,Rowan,", "9990000035,03/03/1950,TESTER,4"], in: directory, "--json")
            #expect(held.status == 0 && held.out.contains("\"left\":0") && held.out.contains("\"spared\":2"))
            #expect(held.out.contains("{\"line\":3,\"code\":\"date-not-understood\",\"column\":\"date-of-birth\"}"))
            for secret in ["Quince", "Rowan", "TESTER", "9990000", "soon"] {
                #expect(!(held.out + held.errors).contains(secret))
            }
        }
    }

    @Test func `the wrong file is refused`() async throws {
        try await withDatabase { directory in
            _ = try await run(Self.rows, in: directory)
            let fewer = try await run([Self.rows[0]], in: directory)
            #expect(fewer.status == 65)
            #expect(
                fewer.errors.contains(
                    "Removed 2 of 3 (66%) is over --max-removed 5%. Nothing changed. Is this the right file?"))
            #expect(try await run(Self.rows, in: directory, headings: "A,B,C,D").status == 65)
            #expect(try await run([], in: directory).status == 65)
            #expect(try events(directory) == 4)
            #expect(try await run([Self.rows[0]], in: directory, "--max-removed", "70%").status == 0)
            #expect(try events(directory) == 7)
        }
    }
}
