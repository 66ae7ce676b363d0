import Foundation
import Postgres
import Testing

@testable import primary_conect

/// A whole district replayed in the terminal: the real command beside a real daemon.
@Suite(.serialized, .timeLimit(.minutes(5))) struct ReplayTests {
    @Test func `lists of a moment are counted, written and compared, and each look is recorded`() async throws {
        try await withSystemDirectory { directory in
            let daemon = try await FeedTests.serve(directory)
            let admitted = Message(controlID: "R1", localNumber: "P7001", family: "QUINCE", visit: "V7001")
            var home = admitted
            (home.trigger, home.controlID, home.dischargedAt) = ("A03", "R2", Message.time(Date.now))
            let port = daemon.ready.mllp
            try await Sender(port: { port }).send([admitted.bytes, home.bytes])
            _ = try await eventually {
                let gone: SQL = "select count(*) from practice.encounter where status = 'finished'"
                return try directory.count(gone) == 1 ? true : nil
            }
            func replay(_ arguments: String...) async throws -> Binary.Result {
                try await Binary.run(["replay", "--directory", directory.path] + arguments)
            }
            let counted = try await replay("--to", "ZX901:1", "--compare")
            #expect(counted.status == 0, "\(counted.errors)")
            #expect(counted.out.contains("Z99001    in-hospital         1       0"))
            #expect(counted.out.contains(": 1 events, 1 practices, 19 lists (16 empty)") && counted.out.contains("all as the indexes find them"))
            // Somebody looked, and was shown nobody.
            #expect(
                try directory.count(
                    """
                    select count(*) from audit.access a where a.practice = 'Z99001' and a.role = 'auditor'
                      and a.route like 'replay@%' and not exists (select from audit.shown s where s.access = a.id)
                    """) == 1)

            let folder = "\(directory.path)/then"
            #expect(try await replay("--to", "ZX901:1", "--out", folder).status == 77)
            let written = try await replay(
                "--to", "ZX901:1", "--out", folder, "--reason", "case 17", "--json", "--list", "in-hospital", "--list",
                "huddle", "--list", "unknown-practice")
            #expect(written.status == 0 && written.out.contains("\"schema\":\"replay/1\""), "\(written.errors)")
            let attributes = try FileManager.default.attributesOfItem(atPath: folder)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
            for (list, total) in [("in-hospital", 1), ("huddle", 1)] {
                let file = try String(contentsOfFile: "\(folder)/Z99001-\(list).json", encoding: .utf8)
                let query = try await Binary.run([
                    "query", list, "--directory", directory.path, "--practice", "Z99001", "--position", "ZX901:1",
                    "--limit", "200", "--json",
                ])
                #expect(file == query.out && file.contains("\"total\":\(total),"))
            }
            #expect(FileManager.default.fileExists(atPath: "\(folder)/UNKNOWN-unknown-practice.json"))
            #expect(
                try directory.count(
                    """
                    select sum(s.patients) from audit.access a join audit.shown s on s.access = a.id
                    where a.purpose = 'audit: case 17' and a.route like 'lists/in-hospital@%'
                    """) == 1)
            #expect(try await replay("--to", "ZX901:1", "--out", folder, "--reason", "case 17").status == 65)
            #expect(try await replay("--to", "ZX901:99").status == 65)
            #expect(try await replay("--to", "yesterday").status == 65)

            // A row is lost from a view: the log still tells of it, and the indexes no more.
            let lose: SQL = "with lost as (delete from practice.encounter returning 1) select count(*) from lost"
            #expect(try directory.count(lose) == 1)
            let damaged = try await replay(
                "--to", "ZX901:1", "--practice", "Z99001", "--list", "in-hospital", "--compare")
            #expect(damaged.status == 3 && damaged.out.contains("1 not found"))
            for secret in ["QUINCE", "P7001", "pt_", "enc_"] {
                #expect(!(counted.out + written.out + damaged.out + damaged.errors).contains(secret))
            }
            #expect(await daemon.end(SIGTERM) == 0)
        }
    }

    @Test func `Ctrl-C ends a long job with 130, and says where it stood`() async throws {
        let failure = await #expect(throws: CommandFailure.self) {
            // Another signal than Ctrl-C's, which shells have jobs in the background ignore.
            try await Interruption.stopping(by: SIGUSR1, place: { "behind 3 of 7 lists" }) {
                kill(getpid(), SIGUSR1)
                // Ends when the job is cancelled, and not before.
                let (stream, _) = AsyncStream.makeStream(of: Void.self)
                for await _ in stream {}
                try Task.checkCancellation()
            }
        }
        #expect(failure?.status == .interrupted)
        #expect(failure?.description == "Stopped by Ctrl-C behind 3 of 7 lists.")
    }
}
