import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import MLLP

/// The handler on a channel and a clock that the test moves by hand.
struct ServerConnectionHandlerTests {
    /// Counts the reads that reach the socket.
    private final class ReadCounter: ChannelOutboundHandler {
        typealias OutboundIn = Never
        private(set) var reads = 0
        func read(context: ChannelHandlerContext) {
            reads += 1
            context.read()
        }
    }

    private final class Bench {
        let channel = EmbeddedChannel()
        let responder = HeldResponder()
        let services: ServerServices
        let reads = ReadCounter()

        init(_ change: (inout MLLPServerConfiguration) -> Void = { _ in }) throws {
            var configuration = MLLPServerConfiguration(host: "127.0.0.1", port: 0)
            change(&configuration)
            services = ServerServices(
                respond: responder.respond,
                ledger: ConnectionLedger(rules: .init(connectionsMax: 1, connectionsPerAddressMax: 1)),
                meters: Meters(),
                log: FaultLog(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }),
                limits: configuration.connectionLimits, frameBytesMax: configuration.frameBytesMax,
                noiseBytesMax: configuration.noiseBytesMax, headBytesMax: configuration.headBytesMax)
            let executor = EventLoopExecutor(eventLoop: channel.embeddedEventLoop)
            try channel.pipeline.syncOperations.addHandlers([
                reads,
                ServerConnectionHandler(
                    services: services, executor: executor, identity: nil, now: channel.embeddedEventLoop.now),
            ])
            try channel.connect(to: SocketAddress(ipAddress: "192.0.2.1", port: 2575)).wait()
        }

        func receive(_ text: String) throws {
            try channel.writeInbound(ByteBuffer(string: text))
            run()
        }

        func answer(_ frame: String, _ text: String) {
            responder.answer(.frame(Array(frame.utf8)), with: .send(Array(text.utf8)))
            run()
        }

        func run() { channel.embeddedEventLoop.run() }

        func pass(_ time: TimeAmount) { channel.embeddedEventLoop.advanceTime(by: time) }

        /// What was written, one text a write.
        func written() throws -> [String] {
            var writes: [String] = []
            while let buffer = try channel.readOutbound(as: ByteBuffer.self) {
                if buffer.readableBytes > 0 { writes.append(String(buffer: buffer)) }
            }
            return writes
        }

        func faults(_ fault: MLLPFault) -> Int {
            services.meters.snapshot(certificateExpiresAt: nil).faults[fault] ?? 0
        }

        func end() {
            responder.release()
            run()
            _ = try? channel.finish(acceptAlreadyClosed: true)
        }
    }

    private func frames(_ texts: String...) -> String { texts.map { "\u{0B}\($0)\u{1C}\r" }.joined() }

    @Test func `frames reach the responder in order and the answers leave in order, together`() throws {
        let bench = try Bench()
        defer { bench.end() }
        try bench.receive(frames("1", "2", "3"))
        #expect(bench.responder.inputs == ["1", "2", "3"].map { .frame(Array($0.utf8)) })
        bench.answer("3", "c")
        bench.answer("2", "b")
        #expect(try bench.written() == [])
        bench.answer("1", "a")
        #expect(try bench.written() == [frames("a", "b", "c")])
    }

    @Test func `a keep-alive is neither shown nor answered`() throws {
        let bench = try Bench()
        defer { bench.end() }
        try bench.receive(frames("", ""))
        #expect(bench.responder.inputs == [])
        #expect(bench.services.meters.snapshot(certificateExpiresAt: nil).keepAlivesReceived == 2)
    }

    @Test func `reading stops while too many frames wait for answers`() throws {
        let bench = try Bench { $0.inFlightFramesMax = 2 }
        defer { bench.end() }
        try bench.receive(frames("1", "2", "3"))
        let readsBefore = bench.reads.reads
        #expect(bench.responder.inputs.count == 2)
        bench.channel.read()
        #expect(bench.reads.reads == readsBefore)
        bench.answer("1", "a")
        #expect(bench.responder.inputs.count == 3)
        #expect(bench.reads.reads == readsBefore)
        bench.answer("2", "b")
        #expect(bench.reads.reads == readsBefore + 1)
    }

    @Test func `a connection that begins no frame is closed in time`() throws {
        let bench = try Bench { $0.firstByteTimeout = .seconds(10) }
        defer { bench.end() }
        bench.pass(.seconds(9))
        #expect(bench.channel.isActive)
        bench.pass(.seconds(1))
        #expect(!bench.channel.isActive)
        #expect(bench.faults(.silent) == 1)
    }

    @Test func `a dribbled frame is given up in time, answered and closed`() throws {
        let bench = try Bench { $0.halfFrameTimeout = .seconds(30) }
        defer { bench.end() }
        try bench.receive("\u{0B}MSH|^~")
        for _ in 0..<29 {
            bench.pass(.seconds(1))
            try bench.receive("x")
        }
        #expect(bench.responder.inputs == [])
        bench.pass(.seconds(1))
        let input = MLLPInput.fault(.halfFrame, head: Array(("MSH|^~" + String(repeating: "x", count: 29)).utf8))
        #expect(bench.responder.inputs == [input])
        bench.responder.answer(input, with: .send(Array("AR".utf8)))
        bench.run()
        #expect(try bench.written() == [frames("AR")])
        #expect(!bench.channel.isActive)
    }

    @Test func `a frame whose return never comes is taken when its sender falls silent`() throws {
        let bench = try Bench { $0.frameEndTimeout = .milliseconds(200) }
        defer { bench.end() }
        try bench.receive("\u{0B}1\u{1C}")
        #expect(bench.responder.inputs == [])
        bench.pass(.milliseconds(200))
        #expect(bench.responder.inputs == [.frame([0x31])])
        try bench.receive("\r" + frames("2"))
        #expect(bench.responder.inputs.count == 2)
        #expect(bench.faults(.endWithoutReturn) == 1)
    }

    @Test func `an oversize frame is told with its head, answered and closed`() throws {
        let bench = try Bench {
            $0.frameBytesMax = 8
            $0.headBytesMax = 4
        }
        defer { bench.end() }
        try bench.receive(frames("1") + "\u{0B}123456789" + frames("2"))
        let input = MLLPInput.fault(.oversize, head: Array("1234".utf8))
        #expect(bench.responder.inputs == [.frame([0x31]), input])
        bench.responder.answer(input, with: .none)
        bench.run()
        #expect(bench.channel.isActive, "the frame before it still waits for its answer")
        bench.answer("1", "a")
        #expect(try bench.written() == [frames("a")])
        #expect(!bench.channel.isActive)
    }

    @Test func `a torn frame is told and the next goes on`() throws {
        let bench = try Bench()
        defer { bench.end() }
        try bench.receive("\u{0B}half" + frames("whole"))
        #expect(bench.responder.inputs == [.fault(.torn, head: Array("half".utf8)), .frame(Array("whole".utf8))])
        bench.responder.answer(.fault(.torn, head: Array("half".utf8)), with: .none)
        bench.answer("whole", "AA")
        #expect(try bench.written() == [frames("AA")])
        #expect(bench.channel.isActive)
    }

    @Test func `a peer that does not read its answers is not read from, and closed in time`() throws {
        let bench = try Bench { $0.unreadAnswersTimeout = .seconds(5) }
        defer { bench.end() }
        try bench.receive(frames("1"))
        bench.channel.isWritable = false
        bench.channel.pipeline.fireChannelWritabilityChanged()
        bench.answer("1", "a")
        try bench.receive(frames("2", "3"))
        #expect(bench.responder.inputs.count == 1)
        bench.pass(.seconds(5))
        #expect(!bench.channel.isActive)
        #expect(bench.faults(.unreadAnswers) == 1)
    }

    @Test func `an answer whose connection has gone is counted`() throws {
        let bench = try Bench()
        defer { bench.end() }
        try bench.receive(frames("1"))
        try bench.channel.close().wait()
        bench.answer("1", "a")
        #expect(bench.faults(.answerDropped) == 1)
    }

    @Test func `a closed connection in the middle of a frame is counted`() throws {
        let bench = try Bench()
        defer { bench.end() }
        try bench.receive("\u{0B}half")
        try bench.channel.close().wait()
        #expect(bench.faults(.cutOff) == 1)
    }

    @Test func `draining answers what was read, drops the half frame and closes`() throws {
        let bench = try Bench { $0.inFlightFramesMax = 1 }
        defer { bench.end() }
        try bench.receive(frames("1", "2") + "\u{0B}half")
        bench.channel.pipeline.fireUserInboundEventTriggered(ServerConnectionHandler.DrainEvent())
        bench.answer("1", "a")
        #expect(bench.channel.isActive)
        bench.answer("2", "b")
        #expect(try bench.written() == [frames("a"), frames("b")])
        #expect(!bench.channel.isActive)
        #expect(bench.responder.inputs.count == 2)
    }

    @Test func `a peer that closed its side gets its answers first`() throws {
        let bench = try Bench()
        defer { bench.end() }
        try bench.receive(frames("1"))
        bench.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(bench.channel.isActive)
        bench.answer("1", "a")
        #expect(try bench.written() == [frames("a")])
        #expect(!bench.channel.isActive)
    }

    @Test func `a frame that held several messages is answered by several frames, in its place`() throws {
        let bench = try Bench()
        defer { bench.end() }
        try bench.receive(frames("1", "batch", "3"))
        bench.answer("3", "d")
        let several = [Array("b".utf8), Array("c".utf8)]
        bench.responder.answer(.frame(Array("batch".utf8)), with: .sendSeveral(several, closes: true))
        bench.answer("1", "a")
        #expect(try bench.written() == [frames("a", "b", "c")])
        #expect(!bench.channel.isActive, "it asked to close, so the answer behind it is given up")
    }
}
