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
            // Behind its first event nothing was taken back; the log tells no more than it told.
            let past = try await history(
                "-", "--log", "ZX901", "--reason", "as at", "--position", "ZX901:1", input: stream)
            #expect(past.status == 0 && past.out.contains("Admitted") && !past.out.contains("✗"), "\(past.errors)")
            #expect(
                try await history("-", "--log", "ZX901", "--reason", "as at", "--position", "ZX901:3", input: stream)
                    .status == 65)

            let token = try await Binary.run(
                ["token", "--practice", "Z99001", "--role", "auditor", "--directory", directory.path])
            let rows = try directory.session().execute("select encounter_ref from practice.encounter")
            let ref: String = try rows[0].decode(0)
            let (status, told) = try await Shell.curl(
                "http://127.0.0.1:\(daemon.ready.http ?? 0)/api/v1/audit/history?segments=true",
                token: token.out.trimmingCharacters(in: .whitespacesAndNewlines),
                json: #"{"ref":"\#(ref)","reason":"complaint 17, by the interface"}"#)
            #expect(status == 200 && told.contains(#"{"name":"PV1-3","text":"7B^1^3^ZX901"}"#))
            for secret in ["QUINCE", "P8001", "V8001", "19400101"] { #expect(!told.contains(secret)) }
            // One look a history, and one more for the messages behind it; the reason stands in each.
            #expect(
                try directory.count(
                    "select count(*) from audit.access where role = 'auditor' and purpose like 'history%case 17'") == 5)
            #expect(await daemon.end(SIGTERM) == 0)
        }
    }

    @Test func `what was signed proves a pack of evidence, and shows doctor and status a log that was written anew`()
        async throws
    {
        try await withSystemDirectory { directory in
            let settings = "\(directory.path)/settings.yaml"
            try "checkpoint: {interval: 1}\n".write(toFile: settings, atomically: true, encoding: .utf8)
            let daemon = try await FeedTests.serve(directory, settings: ["--config", settings])
            let port = daemon.ready.mllp
            // Gone home already, so that no rule of hot onboarding tells anything behind what the hospital told.
            let messages = ["D1", "D2"].map {
                Message(
                    trigger: "A03", controlID: $0, localNumber: "P\($0)", family: "QUINCE", visit: $0,
                    dischargedAt: Message.time(Date.now))
            }
            try await Sender(port: { port }).send(messages.map(\.bytes))
            _ = try await eventually {
                try directory.count("select count(*) from event_log.checkpoint where size = 2") == 1 ? true : nil
            }
            func run(_ arguments: String...) async throws -> Binary.Result {
                try await Binary.run(arguments + ["--directory", directory.path])
            }
            try await expectProved(directory)
            #expect(try await run("doctor").out.contains("checkpoints"))
            #expect(try await run("status", "--check").status == 0)
            // As a superuser who can do everything but sign.
            try directory.session().script(
                """
                alter table event_log.event disable trigger all;
                alter table event_log.head disable trigger all;
                update event_log.event set leaf_hash = sha256('another past') where position = 2;
                update event_log.head h set range = (
                    select sha256('\\x01'::bytea || string_agg(e.leaf_hash, ''::bytea order by e.position))
                    from event_log.event e where e.log = h.log);
                """)
            let doctor = try await run("doctor")
            #expect(doctor.status == 3, "\(doctor.out)")
            #expect(doctor.out.contains("ZX901 is not what was signed of it ("))
            #expect(
                doctor.out.contains(
                    "Next: primary-conect audit verify --log ZX901 --against \(directory.path)/checkpoints.log"))
            let status = try await run("status", "--check", "--json")
            #expect(status.status == 4)
            #expect(status.out.contains("\"state\":\"forked\"") && status.out.contains("\"problems\":1"))
            #expect(await daemon.end(SIGTERM) == 0)
        }
    }

    /// Follows the README of a pack, then changes one byte of it.
    private func expectProved(_ directory: SystemDirectory) async throws {
        let (pack, folder) = ("\(directory.path)/pack.zip", "\(directory.path)/pack")
        let keys = "\(directory.path)/verifier.keys"
        let made = try await Binary.run([
            "export", "evidence", "--practice", "Z99001", "--at", Message.instant(Date.now), "--out", pack, "--reason",
            "incident 4711", "--directory", directory.path,
        ])
        #expect(made.status == 0, "\(made.errors)")
        let key = try await Binary.run(["audit", "key", "--log", "ZX901", "--directory", directory.path])
        try key.out.write(toFile: keys, atomically: true, encoding: .utf8)
        guard try await Shell.run("python3", "-c", "import cryptography").status == 0 else {
            print("skipped: python3 with cryptography is not installed, so the other verifier was not asked")
            return
        }
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let verify = ["python3", root.appending(path: "Verifier/verify.py").path]
        let known = ["--key", keys, "--against", "\(directory.path)/checkpoints.log"]
        let whole = try await Shell.run(verify + [pack] + known)
        #expect(whole.status == 0)
        #expect(whole.text.contains("2 events, 2 proved, 0 without proof, signed, 1 checkpoints as kept, 0 findings"))
        _ = try await Shell.run("python3", "-m", "zipfile", "-e", pack, folder)
        let events = "\(folder)/events.ndjson"
        let text = try String(contentsOfFile: events, encoding: .utf8)
        let changed = text.replacing("7B", with: "7C", maxReplacements: 1)
        #expect(changed != text)
        try changed.write(toFile: events, atomically: true, encoding: .utf8)
        let found = try await Shell.run(verify + [folder] + known)
        #expect(found.status == 3 && found.text.contains("file-changed events.ndjson\nevent-changed at ZX901 "))
    }
}
