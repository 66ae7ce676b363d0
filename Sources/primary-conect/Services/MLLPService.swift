import Ingest
import Logging
import MLLP
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Listens for hospitals, and on shutdown answers what was read before it closes.
struct MLLPService: Service {
    let configuration: MLLPServerConfiguration
    let receiver: Receiver
    let readiness: Readiness
    let logger: Logger
    /// How long a shutdown waits for the answers to what was read.
    var drainDeadline: Duration = .seconds(25)

    func run() async throws {
        let receiver = receiver
        let server = MLLPServer(
            configuration: configuration, group: MultiThreadedEventLoopGroup.singleton, logger: logger
        ) { input, peer in
            switch input {
            case .frame(let bytes): Self.answer(await receiver.receive(bytes, from: peer.name))
            case .fault(.oversize, let head): Self.answer([receiver.refuseOversize(head: head)])
            case .fault(.torn, _): .none
            case .fault: .close
            }
        }
        do {
            let address = try await server.start()
            logger.info("listening", metadata: ["for": "mllp", "address": "\(address)"])
            readiness.isReady(.ingest, port: address.port)
        } catch {
            throw CommandFailure(.unavailable, "\(error)", next: "primary-conect doctor")
        }
        try? await gracefulShutdown()
        await server.shutdown(deadline: drainDeadline)
    }

    private static func answer(_ answers: [Acknowledgement]) -> MLLPAnswer {
        let wanted = answers.filter { !$0.bytes.isEmpty }
        let closes = answers.contains { $0.closes }
        guard let first = wanted.first else { return closes ? .close : .none }
        if wanted.count > 1 { return .sendSeveral(wanted.map(\.bytes), closes: closes) }
        return closes ? .sendAndClose(first.bytes) : .send(first.bytes)
    }
}

extension MLLPPeer {
    /// What the message's row says of where it came from: the certificate's name, or the address.
    fileprivate var name: String { certificateName ?? address }
}
