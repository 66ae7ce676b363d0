import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import MLLP

struct AcceptGateTests {
    @Test func `a failed accept pauses accepting, is counted, and goes on by itself`() throws {
        let responder = HeldResponder()
        let configuration = MLLPServerConfiguration(host: "127.0.0.1", port: 0)
        let services = ServerServices(
            respond: responder.respond,
            ledger: ConnectionLedger(rules: .init(connectionsMax: 1, connectionsPerAddressMax: 1)), meters: Meters(),
            log: FaultLog(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }),
            limits: configuration.connectionLimits, frameBytesMax: 1, noiseBytesMax: 1, headBytesMax: 1)
        let channel = EmbeddedChannel(handler: AcceptGate(services: services))
        func autoRead() -> Bool? { channel.options.last?.value as? Bool }

        for _ in 0..<3 { channel.pipeline.fireErrorCaught(IOError(errnoCode: 24, reason: "accept")) }
        #expect(autoRead() == false)
        channel.embeddedEventLoop.advanceTime(by: AcceptGate.pause)
        #expect(autoRead() == true)
        channel.pipeline.fireErrorCaught(IOError(errnoCode: 24, reason: "accept"))
        #expect(autoRead() == false)
        #expect(services.meters.snapshot(certificateExpiresAt: nil).faults == [.acceptFailed: 4])
        _ = try channel.finish()
    }
}
