import Foundation
import Postgres
import Testing

/// What the auditor reads in the terminal: the real command beside a real daemon.
@Suite(.timeLimit(.minutes(5))) struct HistoryTests {
    @Test func `the auditor says why, and reads what was told, taken back and seen`() async throws {
        try await withSystemDirectory { directory in
            let daemon = try await FeedTests.serve(directory)
            let admitted = Message(controlID: "H1", localNumber: "P8001", family: "QUINCE", visit: "V8001")
            var cancelled = admitted
            (cancelled.trigger, cancelled.controlID) = ("A11", "H2")
            let port = daemon.ready.mllp
            try await Sender(port: { port }).send([admitted.bytes, cancelled.bytes])
            _ = try await eventually {
                try directory.count("select count(*) from practice.encounter where status = 'cancelled'") == 1 ? true : nil
            }
            func history(_ arguments: String..., input: String? = nil) async throws -> Binary.Result {
                try await Binary.run(["history", "--directory", directory.path] + arguments, input: input)
            }
            let stream = "patient:ZX901|P8001\n"
            let hospital = ["-", "--log", "ZX901"]
            #expect(try await history("-", "--log", "ZX901").status == 77)
            #expect(try await history("pt_none", "--reason", "case 17").status == 66)
            #expect(try await history("P8001", "--reason", "case 17").status == 65)

            let text = try await Binary.run(
                ["history", "--directory", directory.path] + hospital + ["--reason", "case 17", "--messages"], input: stream)
            #expect(text.status == 0, "\(text.errors)")
            #expect(text.out.contains("✗ Admitted (taken back by 2)") && text.out.contains("Admission or arrival taken back"))
            #expect(text.out.contains("ZX901 1, ADT^A01, H1") && text.out.contains("PV1-3  7B^1^3^ZX901"))
            for secret in ["QUINCE", "P8001", "V8001", "19400101"] { #expect(!text.out.contains(secret)) }
            let raw = try await history("-", "--log", "ZX901", "--reason", "case 17", "--raw", input: stream)
            #expect(raw.out.contains("QUINCE^PAT^^^Mrs"))

            let json = try await history("-", "--log", "ZX901", "--reason", "case 17", "--json", input: stream)
            let object = try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any]
            #expect(object?["schema"] as? String == "history/1" && (object?["items"] as? [Any])?.count == 2)
            let file = "\(directory.path)/history.html"
            #expect(try await history("-", "--log", "ZX901", "--reason", "x", "--html", file, input: stream).status == 0)
            let page = try String(contentsOfFile: file, encoding: .utf8)
            #expect(page.contains("<s>Admitted</s>") && page.contains("<svg") && !page.contains("QUINCE"))
            #expect(try await history("-", "--log", "ZX901", "--reason", "x", "--html", file, input: stream).status == 65)
            // One look a history, and one more for the messages behind it; the reason stands in each.
            #expect(
                try directory.count(
                    "select count(*) from audit.access where role = 'auditor' and purpose like 'history%case 17'") == 5)
            #expect(await daemon.end(SIGTERM) == 0)
        }
    }
}
