import Foundation
import MLLP
import Postgres
import Testing

/// What a broken or hostile sender does, against the real daemon: a clear answer, nothing lost, and the line beside it
/// goes on.
@Suite(.serialized, .timeLimit(.minutes(5))) struct BadInputTests {
    private func withDaemon(
        _ settings: [String: String] = [:],
        _ body: (SystemDirectory, DaemonProcess, Int) async throws -> Void
    ) async throws {
        try await withSystemDirectory { directory in
            var text = ""
            if !settings.isEmpty {
                text = "mllp:\n" + settings.map { "  \($0.key): \($0.value)\n" }.joined()
                try text.write(toFile: "\(directory.path)/settings.yaml", atomically: true, encoding: .utf8)
            }
            let daemon = try await FeedTests.serve(
                directory, settings: text.isEmpty ? [] : ["--config", "\(directory.path)/settings.yaml"])
            try await body(directory, daemon, daemon.ready.mllp ?? 0)
            try await aGoodMessageIsStillTaken(port: daemon.ready.mllp ?? 0)
            #expect(await daemon.end(SIGTERM) == 0)
        }
    }

    private func aGoodMessageIsStillTaken(port: Int) async throws {
        let link = try await MLLPClient.connect(host: "127.0.0.1", port: port)
        let id = "GOOD\(UInt32.random(in: 0 ... .max))"
        let answer = try await link.send(Message(controlID: id, localNumber: "G1", visit: id).bytes)
        #expect(Sender.code(answer) == "AA" && Sender.controlID(answer) == id)
        await link.close()
    }

    @Test func `an oversize frame is refused, cut off, and takes no memory`() async throws {
        try await withDaemon { directory, daemon, port in
            let before = try Memory.residentKiB(of: daemon.processID)
            let link = try RawSocket(port: port)
            let head = Array(Message(controlID: "BIG", localNumber: "P1", visit: "V1").bytes)
            link.write([0x0B] + head)
            let filler = [UInt8](repeating: 0x41, count: 1 << 20)
            var written = 0
            for _ in 0..<64 {
                let count = link.write(filler)
                written += count
                if count < filler.count { break }
            }
            let answers = link.read(frames: 1)
            if let answer = answers.first {
                #expect(Sender.code(answer) == "AR" && Sender.controlID(answer) == "BIG")
            }
            #expect(link.isClosedByPeer())
            #expect(try directory.count("select count(*) from event_log.message") == 0)
            #expect(try Memory.residentKiB(of: daemon.processID) < before + 32 * 1024)
        }
    }

    @Test func `a frame that never ends is given up in time`() async throws {
        try await withDaemon(["halfFrameSeconds": "1"]) { _, _, port in
            let link = try RawSocket(port: port)
            link.write([0x0B] + Array(Message(controlID: "HALF", localNumber: "P1", visit: "V1").bytes.prefix(80)))
            #expect(link.isClosedByPeer())
        }
    }

    @Test func `garbage without a frame is dropped and the line closes`() async throws {
        try await withDaemon { directory, _, port in
            let link = try RawSocket(port: port)
            var generator = SystemRandomNumberGenerator()
            let noise = (0..<200_000).map { _ in UInt8.random(in: 0x20...0xFF, using: &generator) }
            link.write(noise)
            #expect(link.isClosedByPeer())
            #expect(try directory.count("select count(*) from event_log.message") == 0)
        }
    }

    @Test func `an empty frame is a keep-alive and gets no answer`() async throws {
        try await withDaemon { directory, _, port in
            let link = try RawSocket(port: port)
            link.write([0x0B, 0x1C, 0x0D])
            link.write(RawSocket.frame(Message(controlID: "AFTER", localNumber: "P1", visit: "V1").bytes))
            let answers = link.read(frames: 1)
            #expect(answers.map(Sender.controlID) == ["AFTER"])
            #expect(try directory.count("select count(*) from event_log.message") == 1)
        }
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "MSH", "PID|1||123\rPV1|1|I\r", "\u{0}\u{0}\u{0}", "{\"json\": true}",
    ])
    func `a frame that is not HL7 is kept, refused, and the line is closed`(text: String) async throws {
        try await withDaemon { directory, _, port in
            let link = try RawSocket(port: port)
            link.write(RawSocket.frame(Array(text.utf8)))
            let answers = link.read(frames: 1)
            #expect(answers.map(Sender.code) == ["AR"])
            #expect(link.isClosedByPeer())
            let kept = try directory.count("select count(*) from event_log.message where bytes = \(Array(text.utf8))")
            #expect(kept == 1)
        }
    }

    @Test func `NUL bytes, strange delimiters and broken text are kept byte for byte and accepted`() async throws {
        try await withDaemon { directory, _, port in
            let good = String(decoding: Message(controlID: "NUL", localNumber: "P1", visit: "V1").bytes, as: UTF8.self)
            let cases: [[UInt8]] = [
                Array(good.replacingOccurrences(of: "TESTER", with: "TES\u{0}TER").utf8),
                Array(good.replacingOccurrences(of: "|", with: "#").replacingOccurrences(of: "NUL", with: "HASH").utf8),
                Array(good.replacingOccurrences(of: "NUL", with: "CP").utf8).map { $0 == 0x45 ? 0x92 : $0 },
                Array(good.replacingOccurrences(of: "NUL", with: "LF").replacingOccurrences(of: "\r", with: "\n").utf8),
                Array(good.replacingOccurrences(of: "NUL", with: "").utf8),
            ]
            let link = try await MLLPClient.connect(host: "127.0.0.1", port: port)
            for bytes in cases {
                #expect(Sender.code(try await link.send(bytes)) == "AA")
                #expect(try directory.count("select count(*) from event_log.message where bytes = \(bytes)") == 1)
            }
            await link.close()
        }
    }

    @Test func `a message for training or not ADT is stored and refused, and the line stays open`() async throws {
        try await withDaemon { directory, _, port in
            let link = try await MLLPClient.connect(host: "127.0.0.1", port: port)
            var training = Message(controlID: "TRAIN", localNumber: "P1", visit: "V1")
            training.processingID = "T"
            let first = try await link.send(training.bytes)
            #expect(Sender.code(first) == "AR" && String(decoding: first, as: UTF8.self).contains("202"))
            var result = Message(controlID: "ORU", localNumber: "P1", visit: "V1")
            result.code = "ORU"
            result.trigger = "R01"
            let second = try await link.send(result.bytes)
            #expect(Sender.code(second) == "AR" && String(decoding: second, as: UTF8.self).contains("200"))
            // What does not say its type may be ADT: kept, and not refused.
            #expect(Sender.code(try await link.send(Array("MSH|".utf8))) == "AA")
            #expect(try directory.count("select count(*) from event_log.message where disposition = 'refused'") == 2)
            await link.close()
        }
    }

    @Test func `a hundred connections that send nothing are closed and cost nobody anything`() async throws {
        try await withDaemon(["firstByteSeconds": "2"]) { _, _, port in
            let silent = try (0..<100).map { _ in try RawSocket(port: port) }
            try await aGoodMessageIsStillTaken(port: port)
            for link in silent { #expect(link.isClosedByPeer()) }
        }
    }

    @Test func `a client that never reads its answers is closed, and its messages are kept`() async throws {
        try await withDaemon(["unreadAnswersSeconds": "2"]) { directory, _, port in
            let link = try RawSocket(port: port)
            // Long names make long answers, so that they fill the way back soon.
            let name = String(repeating: "N", count: 1000)
            let writer = Thread {
                for number in 0..<100_000 {
                    let text = "MSH|^~\\&|\(name)|\(name)|\(name)|\(name)|20260303||ADT^A01|N\(number)|P|2.4\r"
                    let frame = RawSocket.frame(Array(text.utf8))
                    if link.write(frame) < frame.count { break }
                }
            }
            writer.start()
            try await aGoodMessageIsStillTaken(port: port)
            _ = try await eventually { writer.isFinished ? true : nil }
            #expect(try directory.count("select count(*) from event_log.message") > 1)
        }
    }
}

enum Memory {
    static func residentKiB(of process: Int32) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return Int(line?.filter(\.isNumber) ?? "") ?? 0
    }
}
