import Foundation
import Postgres
import Synchronization
import Testing

/// Kills and stops for real, in the middle of a stream: what was acknowledged is there once, and the feed goes on by
/// itself.
@Suite(.serialized, .timeLimit(.minutes(8))) struct DurabilityTests {
    /// The messages of some patients: admitted, moved on, sent home.
    static func stream(of count: Int, name: String) -> [[UInt8]] {
        (0..<count).map { number in
            let patient = number / 3
            var message = Message(
                controlID: "\(name)\(number)", localNumber: "\(name)P\(patient)", practice: "Z9900\(patient % 9 + 1)",
                visit: "\(name)V\(patient)", admittedAt: Message.time(Date(timeIntervalSince1970: 1_770_000_000)))
            message.trigger = ["A01", "A08", "A03"][number % 3]
            if number % 3 == 2 { message.dischargedAt = Message.time(Date(timeIntervalSince1970: 1_770_090_000)) }
            return message.bytes
        }
    }

    static func expectWhole(_ directory: SystemDirectory, messages: Int) throws {
        let session = try directory.session()
        defer { session.close() }
        let twice: Int64 = try session.execute(
            "select count(*) from (select from event_log.message group by sender, control_id having count(*) > 1) t")[0]
            .decode(0)
        #expect(twice == 0, "a message counts once")
        let stored: Int64 = try session.execute("select count(*) from event_log.message")[0].decode(0)
        #expect(Int(stored) == messages, "every acknowledged message is there")
        let gaps: Int64 = try session.execute(
            """
            select count(*) from event_log.head h
            where (select count(*) from event_log.event e where e.log = h.log) <> h.position
               or (select max(e.position) from event_log.event e where e.log = h.log) <> h.position
            """)[0].decode(0)
        #expect(gaps == 0, "positions have no gap")
    }

    static func expectViewsEqualFreshFold(_ directory: SystemDirectory) async throws {
        _ = try await eventually(within: .seconds(90)) {
            let result = try await Binary.run(["project", "status", "--directory", directory.path])
            return result.status == 0 ? true : nil
        }
        let verified = try await Binary.run(["project", "verify", "--directory", directory.path, "--progress", "none"])
        #expect(verified.status == 0, "\(verified.out)\(verified.errors)")
        let rebuilt = try await Binary.run(["project", "rebuild", "--directory", directory.path, "--progress", "none"])
        #expect(rebuilt.status == 0, "\(rebuilt.out)\(rebuilt.errors)")
        let again = try await Binary.run(["project", "verify", "--directory", directory.path, "--progress", "none"])
        #expect(again.status == 0, "\(again.out)\(again.errors)")
    }

    @Test func `after kill -9 of the daemon in mid stream each acknowledged message is there once`() async throws {
        try await withSystemDirectory { directory in
            let links = 4
            let each = 750
            let port = Box<Int?>(nil)
            var daemon = try await FeedTests.serve(directory)
            port.value = daemon.ready.mllp
            let acknowledged = Acknowledged()
            try await withThrowingTaskGroup { group in
                for link in 0..<links {
                    let messages = Self.stream(of: each, name: "K\(link)x")
                    group.addTask {
                        try await Sender(port: { port.value }).send(messages) { _, _ in acknowledged.add() }
                    }
                }
                for share in 1...2 {
                    await acknowledged.reaches(links * each * share / 3)
                    port.value = nil
                    await daemon.end(SIGKILL)
                    daemon = try await FeedTests.serve(directory)
                    port.value = daemon.ready.mllp
                }
                try await group.waitForAll()
            }
            try Self.expectWhole(directory, messages: links * each)
            try await Self.expectViewsEqualFreshFold(directory)
            await daemon.end(SIGTERM)
        }
    }

    @Test func `while PostgreSQL is stopped nothing is accepted, and the daemon recovers by itself`() async throws {
        try await withSystemDirectory { directory in
            let daemon = try await FeedTests.serve(directory)
            let port = daemon.ready.mllp
            let acknowledged = Acknowledged()
            let count = 1500
            let messages = Self.stream(of: count, name: "S")
            async let sending: Void = Sender(port: { port }).send(messages) { _, _ in acknowledged.add() }
            for share in 1...2 {
                await acknowledged.reaches(count * share / 3)
                let cluster = try #require(directory.cluster)
                try cluster.stop(share == 1 ? .fast : .immediate)
                _ = try PrivateClusterBriefly.start(directory)
            }
            try await sending
            #expect(daemon.isRunning)
            try Self.expectWhole(directory, messages: count)
            try await Self.expectViewsEqualFreshFold(directory)
            await daemon.end(SIGTERM)
        }
    }

    @Test func `on a full disk nothing is accepted, and with room again the daemon goes on by itself`() async throws {
        guard geteuid() == 0 else {
            print("skipped: only root may mount a small volume")
            return
        }
        try await withSystemDirectory { directory in
            let volume = "\(directory.path)/volume"
            try FileManager.default.createDirectory(
                atPath: volume, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
            guard mount("tmpfs", volume, "tmpfs", 0, "size=160m,mode=0755") == 0 else {
                print("skipped: this machine cannot mount a small volume")
                return
            }
            defer { umount2(volume, Int32(MNT_DETACH)) }
            let inside = SystemDirectory(path: "\(volume)/pc")
            try FileManager.default.createDirectory(
                atPath: inside.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
            let daemon = try await FeedTests.serve(inside)
            let port = daemon.ready.mllp
            try await Sender(port: { port }).send(Self.stream(of: 30, name: "F"))

            let ballast = "\(volume)/ballast"
            #expect(FileManager.default.createFile(atPath: ballast, contents: nil))
            let handle = try #require(FileHandle(forWritingAtPath: ballast))
            let block = Data(repeating: 1, count: 64 << 10)
            while (try? handle.write(contentsOf: block)) != nil {}
            try handle.close()

            // Large messages until the volume refuses: every one of them is either accepted and there, or not accepted.
            var refused = false
            var accepted: [Int] = []
            let padding = [UInt8](repeating: 0x5A, count: 200_000)
            let big = (0..<200).map { number in
                Message(controlID: "B\(number)", localNumber: "BP\(number)", visit: "BV\(number)").bytes
                    + Array("ZZZ|".utf8) + padding.map { _ in UInt8.random(in: 0x41...0x5A) } + [0x0D]
            }
            let link = try await MLLPLink.open(port: port ?? 0)
            for (number, message) in big.enumerated() {
                let code = await link.answer(to: message)
                if code == "AA" {
                    accepted.append(number)
                } else {
                    refused = true
                    break
                }
            }
            #expect(refused, "the volume was never full")
            try FileManager.default.removeItem(atPath: ballast)
            if inside.cluster == nil { _ = try PrivateClusterBriefly.start(inside) }
            try await Sender(port: { port }).send(Array(big.prefix(20)) + Self.stream(of: 30, name: "G"))
            #expect(daemon.isRunning)
            for number in accepted {
                let found = try inside.count(
                    "select count(*) from event_log.message where control_id = \("B\(number)")")
                #expect(found == 1, "accepted on a nearly full disk, and gone")
            }
            await daemon.end(SIGTERM)
            inside.remove()
        }
    }
}

/// A value that tasks share.
final class Box<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    init(_ value: Value) { state = Mutex(value) }

    var value: Value {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}

/// Counts acknowledgements and wakes whoever waits for so many.
final class Acknowledged: Sendable {
    private struct State {
        var count = 0
        var waiting: [(Int, CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    func add() {
        let ready: [CheckedContinuation<Void, Never>] = state.withLock { state in
            state.count += 1
            let ready = state.waiting.filter { $0.0 <= state.count }.map(\.1)
            state.waiting.removeAll { $0.0 <= state.count }
            return ready
        }
        for continuation in ready { continuation.resume() }
    }

    func reaches(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.count >= count { return true }
                state.waiting.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }
}
