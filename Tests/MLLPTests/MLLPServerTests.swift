import MLLP
import NIOCore
import NIOPosix
import Synchronization
import Testing

/// Over real sockets.
@Suite(.timeLimit(.minutes(2)))
struct MLLPServerTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func frame(_ text: String) -> [UInt8] { [0x0B] + Array(text.utf8) + [0x1C, 0x0D] }

    @Test func `a message is answered`() async throws {
        try await ServerFixture.withServer { server, address in
            let client = try await ServerFixture.client(address)
            let answer = try await client.send(bytes("MSH|one"))
            #expect(answer == bytes("MSH|one"))
            await client.close()
            #expect(server.counters.framesReceived == 1)
            // Counted once the answer has gone to the system, which the client may see first.
            while server.counters.answersSent == 0 { await Task.yield() }
            #expect(server.counters.answersSent == 1)
            #expect(server.counters.bytesReceived == 10)
        }
    }

    @Test func `pipelined messages are answered in order though the answers are ready in any order`() async throws {
        let respond: @Sendable (MLLPInput, MLLPPeer) async -> MLLPAnswer = { input, peer in
            guard case .frame(let bytes) = input else { return .close }
            for _ in 0..<(bytes.count * 7 % 13) { await Task.yield() }
            return .send(bytes)
        }
        try await ServerFixture.withServer(respond: respond) { _, address in
            let peer = try await RawPeer(to: address)
            let messages = (0..<2000).map { String(repeating: "x", count: $0 % 50) + "\($0)" }
            try await peer.send(messages.flatMap(frame))
            let answers = await peer.frames(messages.count)
            #expect(answers == messages.map(bytes))
            await peer.close()
        }
    }

    @Test func `the responder is called in the order of the frames`() async throws {
        let seen = Mutex<[[UInt8]]>([])
        let messages = (0..<1000).map { "\($0)" }
        let respond: @Sendable (MLLPInput, MLLPPeer) async -> MLLPAnswer = { input, peer in
            if case .frame(let bytes) = input { seen.withLock { $0.append(bytes) } }
            await Task.yield()
            return await ServerFixture.echo(input, peer)
        }
        try await ServerFixture.withServer(respond: respond) { _, address in
            let peer = try await RawPeer(to: address)
            try await peer.send(messages.flatMap(frame))
            _ = await peer.frames(messages.count)
            await peer.close()
        }
        #expect(seen.withLock { $0 } == messages.map(bytes))
    }

    @Test func `a hundred connections that send nothing are closed and a real one is served`() async throws {
        try await ServerFixture.withServer { configuration in
            // Long enough for a busy machine to send the real message in, for its time runs too.
            configuration.firstByteTimeout = .seconds(2)
        } _: { server, address in
            var silent: [RawPeer] = []
            for _ in 0..<100 { silent.append(try await RawPeer(to: address)) }
            let client = try await ServerFixture.client(address)
            let answer = try await client.send(bytes("first"))
            #expect(answer == bytes("first"))
            for peer in silent { await peer.closed() }
            #expect(server.counters.faults[.silent] == 100)
            let second = try await client.send(bytes("second"))
            #expect(second == bytes("second"))
            await client.close()
        }
    }

    @Test func `a client that never reads its answers is closed and little is held for it`() async throws {
        let answer = [UInt8](repeating: 0x41, count: 64 << 10)
        try await ServerFixture.withServer { configuration in
            configuration.unreadAnswersTimeout = .milliseconds(200)
            configuration.inFlightFramesMax = 16
        } respond: { _, _ in
            .send(answer)
        } _: { server, address in
            let peer = try await RawPeer(to: address, reads: false)
            _ = await peer.sendRepeatedly(frame(String(repeating: "m", count: 1000)), times: 200_000)
            #expect(server.counters.faults[.unreadAnswers] == 1)
            #expect(server.counters.framesReceived < 2000, "frames were taken though nobody read the answers")
            await peer.close()
        }
    }

    @Test func `a gigabyte without an end is cut at the limit, answered, and harms no one`() async throws {
        try await ServerFixture.withServer { server, address in
            let other = try await ServerFixture.client(address)
            let peer = try await RawPeer(to: address)
            try await peer.send([0x0B])
            let piece = [UInt8](repeating: 0x41, count: 1 << 20)
            async let sent = peer.sendRepeatedly(piece, times: 1024)
            let received = await peer.readToEnd()
            #expect(received == frame("AR"))
            _ = await sent
            #expect(server.counters.faults[.oversize] == 1)
            let answer = try await other.send(bytes("still served"))
            #expect(answer == bytes("still served"))
            await other.close()
        }
    }

    @Test func `a half frame is given up in time, answered and closed`() async throws {
        let faults = Mutex<[MLLPInput]>([])
        try await ServerFixture.withServer { configuration in
            configuration.halfFrameTimeout = .milliseconds(200)
        } respond: { input, peer in
            if case .fault = input { faults.withLock { $0.append(input) } }
            return await ServerFixture.echo(input, peer)
        } _: { server, address in
            let peer = try await RawPeer(to: address)
            try await peer.send(frame("whole") + [0x0B] + bytes("MSH|half"))
            #expect(await peer.readToEnd() == frame("whole") + frame("AR"))
        }
        #expect(faults.withLock { $0 } == [.fault(.halfFrame, head: bytes("MSH|half"))])
    }

    @Test func `garbage is answered and closed`() async throws {
        try await ServerFixture.withServer { configuration in
            configuration.noiseBytesMax = 100
        } _: { server, address in
            let peer = try await RawPeer(to: address)
            try await peer.send([UInt8](repeating: 0x00, count: 200))
            #expect(await peer.readToEnd() == frame("AR"))
            #expect(server.counters.faults[.noise] == 1)
        }
    }

    @Test func `a browser is closed without a word`() async throws {
        try await ServerFixture.withServer { configuration in
            configuration.firstByteTimeout = .milliseconds(300)
        } _: { server, address in
            let peer = try await RawPeer(to: address)
            try await peer.send("GET / HTTP/1.1\r\n\r\n")
            #expect(await peer.readToEnd() == [])
            #expect(server.counters.faults[.silent] == 1)
        }
    }

    @Test func `a sender that closes its side before the answer gets the answer`() async throws {
        let gate = HeldResponder()
        try await ServerFixture.withServer(respond: gate.respond) { server, address in
            let peer = try await RawPeer(to: address)
            try await peer.send(frame("one"))
            try await peer.closeOutput()
            await gate.arrival(of: 1)
            gate.answer(.frame(bytes("one")), with: .send(bytes("AA")))
            #expect(await peer.readToEnd() == frame("AA"))
        }
    }

    @Test func `draining under load answers every message that was taken`() async throws {
        let taken = Mutex<Set<[UInt8]>>([])
        let (enough, reached) = AsyncStream.makeStream(of: Void.self)
        var answered: Set<[UInt8]> = []
        let respond: @Sendable (MLLPInput, MLLPPeer) async -> MLLPAnswer = { input, peer in
            if case .frame(let bytes) = input {
                let count = taken.withLock { taken in
                    taken.insert(bytes)
                    return taken.count
                }
                if count == 2000 { reached.finish() }
            }
            for _ in 0..<20 { await Task.yield() }
            return await ServerFixture.echo(input, peer)
        }
        try await ServerFixture.withServer(respond: respond) { server, address in
            answered = await withTaskGroup(of: [[UInt8]].self) { group in
                for connection in 0..<8 {
                    group.addTask { await Self.sendUntilClosed(address, name: connection) }
                }
                for await _ in enough {}
                await server.shutdown(deadline: .seconds(20))
                return await group.reduce(into: []) { $0.formUnion($1) }
            }
            #expect(server.counters.connectionsOpen == 0)
            await #expect(throws: MLLPError.self) { try await ServerFixture.client(address) }
        }
        #expect(answered.count >= 2000)
        #expect(answered == taken.withLock { $0 })
    }

    /// Sends messages, 16 at a time, until the server closes; gives those that were answered.
    private static func sendUntilClosed(_ address: SocketAddress, name: Int) async -> [[UInt8]] {
        guard let client = try? await ServerFixture.client(address) else { return [] }
        return await withTaskGroup(of: [[UInt8]].self) { group in
            for lane in 0..<16 {
                group.addTask {
                    var answered: [[UInt8]] = []
                    for number in 0... {
                        let message = Array("\(name)-\(lane)-\(number)".utf8)
                        guard let answer = try? await client.send(message) else { break }
                        answered.append(answer)
                    }
                    return answered
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }

    @Test func `a responder that never answers is cut off at the deadline of the shutdown`() async throws {
        let gate = HeldResponder()
        try await ServerFixture.withServer(respond: gate.respond) { server, address in
            let peer = try await RawPeer(to: address)
            try await peer.send(frame("one"))
            await gate.arrival(of: 1)
            await server.shutdown(deadline: .milliseconds(100))
            #expect(await peer.readToEnd() == [])
            gate.release()
        }
    }

    @Test func `only allowed addresses are let in`() async throws {
        try await ServerFixture.withServer { configuration in
            configuration.allowedAddresses = [AddressRange("192.0.2.0/24")].compactMap { $0 }
        } _: { server, address in
            let peer = try await RawPeer(to: address)
            #expect(await peer.readToEnd() == [])
            #expect(server.counters.faults[.addressNotAllowed] == 1)
            #expect(server.counters.connectionsAccepted == 0)
        }
        try await ServerFixture.withServer { configuration in
            configuration.allowedAddresses = [AddressRange("127.0.0.0/8")].compactMap { $0 }
        } _: { _, address in
            let client = try await ServerFixture.client(address)
            let answer = try await client.send(bytes("in"))
            #expect(answer == bytes("in"))
            await client.close()
        }
    }

    @Test func `connections beyond the limits are closed and a place that falls free is given again`() async throws {
        for perAddress in [true, false] {
            try await ServerFixture.withServer { configuration in
                if perAddress { configuration.connectionsPerAddressMax = 2 } else { configuration.connectionsMax = 2 }
            } _: { server, address in
                let first = try await ServerFixture.client(address)
                let second = try await ServerFixture.client(address)
                _ = try await first.send(bytes("a"))
                _ = try await second.send(bytes("b"))
                let third = try await RawPeer(to: address)
                #expect(await third.readToEnd() == [])
                #expect(server.counters.faults[perAddress ? .addressLimit : .connectionLimit] == 1)
                await first.close()
                // The server tells nobody but its counters that it has noticed.
                while server.counters.connectionsOpen > 1 { await Task.yield() }
                let fourth = try await ServerFixture.client(address)
                let answer = try await fourth.send(bytes("c"))
                #expect(answer == bytes("c"))
                await second.close()
                await fourth.close()
            }
        }
    }

    @Test func `send and close sends, then closes`() async throws {
        try await ServerFixture.withServer(respond: { _, _ in .sendAndClose(Array("AR".utf8)) }) { _, address in
            let peer = try await RawPeer(to: address)
            try await peer.send(frame("not HL7") + frame("another"))
            #expect(await peer.readToEnd() == frame("AR"))
        }
    }

    @Test func `a port in use is an error with its place, and a server starts once`() async throws {
        try await ServerFixture.withServer { server, address in
            await #expect(throws: MLLPError.alreadyStarted) { try await server.start() }
            let port = try #require(address.port)
            let error = await #expect(throws: MLLPError.self) {
                try await ServerFixture.withServer {
                    $0.port = port
                } _: { _, _ in
                }
            }
            #expect(error?.code == "bind-failed")
        }
    }
}
