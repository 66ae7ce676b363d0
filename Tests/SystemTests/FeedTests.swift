import Foundation
import HL7v2
import MLLP
import Postgres
import Testing

/// The feed as a hospital and a practice meet it: a real daemon, real PostgreSQL, real sockets.
@Suite(.serialized, .timeLimit(.minutes(5))) struct FeedTests {
    static func serve(_ directory: SystemDirectory, settings: [String] = []) async throws -> DaemonProcess {
        try await DaemonProcess.start(
            ["serve", "--mllp", "0", "--http", "0", "--log-level", "notice"] + settings, directory: directory.path)
    }

    static func token(_ directory: SystemDirectory, practice: String) async throws -> String {
        let result = try await Binary.run(["token", "--practice", practice, "--directory", directory.path])
        return result.out.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    static func list(
        _ daemon: DaemonProcess, _ name: String, practice: String, token: String
    ) async throws -> (Int, String) {
        let result = try await Shell.curl(
            "http://127.0.0.1:\(daemon.ready.http ?? 0)/api/v1/practices/\(practice)/lists/\(name)", token: token)
        return (result.status, result.body)
    }

    @Test func `an admission sent over MLLP stands in its practice's list, and in no other's`() async throws {
        try await withSystemDirectory { directory in
            let daemon = try await Self.serve(directory)
            let port = daemon.ready.mllp ?? 0
            let message = Message(controlID: "SYS1", localNumber: "P1", family: "QUINCE", visit: "V1")
            try await Sender(port: { port }).send([message.bytes])
            let token = try await Self.token(directory, practice: "Z99001")
            let body = try await eventually {
                let (status, body) = try await Self.list(daemon, "admissions", practice: "Z99001", token: token)
                return status == 200 && body.contains("\"QUINCE\"") ? body : nil
            }
            #expect(body.contains("\"total\":1"))
            #expect(body.contains("\"ward\":\"7B\""))
            let (inHospital, now) = try await Self.list(daemon, "in-hospital", practice: "Z99001", token: token)
            #expect(inHospital == 200 && now.contains("\"QUINCE\""))
            let (refused, problem) = try await Self.list(daemon, "admissions", practice: "Z99002", token: token)
            #expect(refused == 404 && !problem.contains("QUINCE"))
            let other = try await Self.token(directory, practice: "Z99002")
            let (_, theirs) = try await Self.list(daemon, "admissions", practice: "Z99002", token: other)
            #expect(theirs.contains("\"total\":0"))

            var home = message
            home.trigger = "A03"
            home.controlID = "SYS2"
            home.dischargedAt = Message.time(Date.now)
            try await Sender(port: { port }).send([home.bytes])
            _ = try await eventually {
                let (_, body) = try await Self.list(daemon, "discharges", practice: "Z99001", token: token)
                return body.contains("\"QUINCE\"") ? body : nil
            }
            let (_, after) = try await Self.list(daemon, "in-hospital", practice: "Z99001", token: token)
            #expect(after.contains("\"total\":0"))
            let status = await daemon.end(SIGTERM)
            #expect(status == 0)
            #expect(!daemon.log.contains("QUINCE"), "a name stands in the log")
            #expect(directory.cluster == nil, "PostgreSQL was left running")
        }
    }

    @Test func `every frame of every corpus file is answered and stored, and nothing ends the daemon`() async throws {
        let corpus = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/corpus")
        guard FileManager.default.fileExists(atPath: corpus.path) else {
            print("skipped: no corpus beside the checkout")
            return
        }
        let files = try #require(FileManager.default.enumerator(atPath: corpus.path)).compactMap { $0 as? String }
            .filter { !$0.hasSuffix(".tsv") && !$0.hasSuffix(".md") }.sorted()
            .filter {
                var isFolder: ObjCBool = false
                return FileManager.default.fileExists(atPath: corpus.appending(path: $0).path, isDirectory: &isFolder)
                    && !isFolder.boolValue
            }
        try await withSystemDirectory { directory in
            let daemon = try await Self.serve(directory)
            let port = daemon.ready.mllp ?? 0
            var sent = Set<[UInt8]>()
            var answers: [String: Int] = [:]
            var link = try await MLLPClient.connect(host: "127.0.0.1", port: port)
            for file in files {
                let bytes = [UInt8](try Data(contentsOf: corpus.appending(path: file)))
                for piece in HL7Batch.split(bytes) {
                    sent.insert(piece.bytes)
                    if let header = (try? HL7Message(piece.bytes))?.header,
                        header.acknowledgementMode.code(for: .accepted) == nil
                            || header.acknowledgementMode.code(for: .rejected) == nil || header.messageCode == "ACK"
                    {
                        // A sender that asks for no answer (MSH-15/16) gets none, and neither does an acknowledgement.
                        try RawSocket(port: port).write(RawSocket.frame(piece.bytes))
                        answers["none wanted", default: 0] += 1
                        continue
                    }
                    let answer: String
                    do {
                        answer = Sender.code(try await link.send(piece.bytes))
                    } catch {
                        // What was no HL7 at all was answered, and ended its line: a sender connects again.
                        link = try await MLLPClient.connect(host: "127.0.0.1", port: port)
                        answer = Sender.code(try await link.send(piece.bytes))
                    }
                    answers[answer, default: 0] += 1
                    let isADT = (try? HL7Message(piece.bytes))?.header.messageCode == "ADT"
                    let isLive = (try? HL7Message(piece.bytes))?.header.processingID.hasPrefix("P") == true
                    if isADT, isLive { #expect(answer == "AA" || answer == "CA", "\(file)") }
                }
            }
            await link.close()
            let whole = Int64(sent.count)
            _ = try await eventually {
                try directory.count("select count(*) from event_log.message") >= whole ? true : nil
            }
            let stored = try directory.count("select count(*) from event_log.message")
            #expect(stored == whole, "each message once, whatever it holds")
            let session = try directory.session()
            for message in sent.prefix(200) {
                let found: Int64 = try session.execute(
                    "select count(*) from event_log.message where bytes = \(message)")[0].decode(0)
                #expect(found == 1)
            }
            let held = try session.execute(
                "select count(*) from event_log.message where disposition = 'quarantined' and reason is null")
            #expect(try held[0].decode(0, as: Int64.self) == 0, "each has a coded reason")
            let counts = try session.execute(
                """
                select disposition, coalesce(reason, '-'), count(*) from event_log.message
                group by 1, 2 order by 1, 3 desc
                """)
            print("corpus: \(files.count) files, \(sent.count) different messages, answers \(answers)")
            for index in 0..<counts.count {
                let (disposition, reason, count) = try counts[index].decode(String.self, String.self, Int64.self)
                print("corpus: \(disposition) \(reason) \(count)")
            }
            session.close()
            #expect(daemon.isRunning)
            await daemon.end(SIGTERM)
        }
    }

    @Test func `a resend gets the same answer, byte for byte, and adds nothing`() async throws {
        try await withSystemDirectory { directory in
            let daemon = try await Self.serve(directory)
            let link = try await MLLPClient.connect(host: "127.0.0.1", port: daemon.ready.mllp ?? 0)
            let message = Message(controlID: "SAME", localNumber: "P1", visit: "V1")
            let bytes = message.bytes
            let first = try await link.send(bytes)
            let second = try await link.send(bytes)
            #expect(first == second)
            #expect(Sender.code(first) == "AA" && Sender.controlID(first) == "SAME")
            #expect(
                try directory.count("select count(*) from event_log.event where type not like 'onboarding.%'") == 1)
            var other = message
            other.family = "OTHER"
            let third = try await link.send(other.bytes)
            #expect(Sender.code(third) == "AA" && third != first)
            #expect(try directory.count("select count(*) from event_log.message where control_id_reused") == 1)
            await link.close()
            await daemon.end(SIGTERM)
        }
    }

    @Test func `on SIGTERM what was read is answered before the line closes`() async throws {
        try await withSystemDirectory { directory in
            let daemon = try await Self.serve(directory)
            let link = try RawSocket(port: daemon.ready.mllp ?? 0)
            let messages = (0..<500).map { Message(controlID: "T\($0)", localNumber: "P\($0)", visit: "V\($0)").bytes }
            link.write(messages.flatMap(RawSocket.frame))
            let first = link.read(frames: 1)
            #expect(!first.isEmpty)
            async let end = daemon.end(SIGTERM)
            let rest = link.read(frames: 499)
            let answered = first.count + rest.count
            #expect(await end == 0)
            let cluster = try PrivateClusterBriefly.start(directory)
            let stored = try directory.count("select count(*) from event_log.message")
            #expect(Int(stored) >= answered, "nothing acknowledged is missing")
            for answer in first + rest { #expect(Sender.code(answer) == "AA") }
            try cluster.stop(.fast)
        }
    }
}
