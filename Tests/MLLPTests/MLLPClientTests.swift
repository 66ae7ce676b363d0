import MLLP
import NIOCore
import Testing

@Suite(.timeLimit(.minutes(2)))
struct MLLPClientTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test func `sends that overlap get each its own answer`() async throws {
        try await ServerFixture.withServer { _, address in
            let client = try await ServerFixture.client(address)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<500 {
                    group.addTask {
                        let answer = try await client.send(Array("\(number)".utf8))
                        #expect(answer == Array("\(number)".utf8))
                    }
                }
                try await group.waitForAll()
            }
            await client.close()
        }
    }

    @Test func `a late answer closes the connection, for it could be taken for another's`() async throws {
        let gate = HeldResponder()
        try await ServerFixture.withServer(respond: gate.respond) { _, address in
            let client = try await ServerFixture.client(address)
            let other = Task { try await client.send(Array("patient".utf8), deadline: .seconds(60)) }
            await gate.arrival(of: 1)
            await #expect(throws: MLLPError.answerDeadlineExceeded) {
                try await client.send(bytes("hasty"), deadline: .milliseconds(100))
            }
            await #expect(throws: MLLPError.answerDeadlineExceeded) { try await other.value }
            let error = await #expect(throws: MLLPError.self) { try await client.send(bytes("after")) }
            #expect(error?.code == "connection-closed")
            gate.release()
        }
    }

    @Test func `a cancelled send stops waiting and the others go on`() async throws {
        let gate = HeldResponder()
        try await ServerFixture.withServer(respond: gate.respond) { _, address in
            let client = try await ServerFixture.client(address)
            let first = Task { try await client.send(Array("first".utf8)) }
            await gate.arrival(of: 1)
            async let second = client.send(bytes("second"))
            await gate.arrival(of: 2)
            first.cancel()
            await #expect(throws: MLLPError.cancelled) { try await first.value }
            gate.answer(.frame(bytes("first")), with: .send(bytes("1")))
            gate.answer(.frame(bytes("second")), with: .send(bytes("2")))
            let answer = try await second
            #expect(answer == bytes("2"))
            await client.close()
        }
    }

    @Test func `a connection that closes fails what waits`() async throws {
        try await ServerFixture.withServer(respond: { _, _ in .close }) { _, address in
            let client = try await ServerFixture.client(address)
            let error = await #expect(throws: MLLPError.self) { try await client.send(bytes("one")) }
            #expect(error?.code == "connection-closed")
            #expect(error?.description.contains("one") == false)
        }
    }

    @Test func `an answer beyond the limit is an error`() async throws {
        try await ServerFixture.withServer { _, address in
            var configuration = MLLPClientConfiguration()
            configuration.answerBytesMax = 10
            let client = try await MLLPClient.connect(
                host: "127.0.0.1", port: address.port ?? 0, configuration: configuration)
            await #expect(throws: MLLPError.answerUnusable(cause: "oversize")) {
                try await client.send(bytes("more than ten bytes"))
            }
        }
    }

    @Test func `a message that holds a framing byte is refused with its place`() async throws {
        try await ServerFixture.withServer { _, address in
            let client = try await ServerFixture.client(address)
            await #expect(throws: MLLPError.messageNotCarriable(offset: 3)) {
                try await client.send(bytes("MSH\u{1C}"))
            }
            let answer = try await client.send(bytes("goes on"))
            #expect(answer == bytes("goes on"))
            await client.close()
        }
    }

    @Test func `more messages in flight than the limit are refused`() async throws {
        let gate = HeldResponder()
        try await ServerFixture.withServer(respond: gate.respond) { _, address in
            var configuration = MLLPClientConfiguration()
            configuration.inFlightMessagesMax = 1
            let client = try await MLLPClient.connect(
                host: "127.0.0.1", port: address.port ?? 0, configuration: configuration)
            async let first = client.send(bytes("first"))
            await gate.arrival(of: 1)
            await #expect(throws: MLLPError.tooManyInFlight) { try await client.send(bytes("second")) }
            gate.answer(.frame(bytes("first")), with: .send(bytes("1")))
            let answer = try await first
            #expect(answer == bytes("1"))
            await client.close()
        }
    }

    @Test func `a port where nobody listens is an error with its place`() async throws {
        let address = try await ServerFixture.withServer { _, address in address }
        let port = try #require(address.port)
        let error = await #expect(throws: MLLPError.self) { try await ServerFixture.client(address) }
        guard case .connectFailed(let place, _)? = error else {
            Issue.record("not connectFailed")
            return
        }
        #expect(place == "127.0.0.1:\(port)")
    }
}
