import MLLP
import NIOCore
import NIOPosix

/// A socket that sends what the test says and shows what comes back, framing and all.
final class RawPeer: Sendable {
    private let channel: any Channel
    private let received: AsyncStream<[UInt8]>

    private final class Receiver: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let continuation: AsyncStream<[UInt8]>.Continuation
        init(_ continuation: AsyncStream<[UInt8]>.Continuation) { self.continuation = continuation }
        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            continuation.yield(Array(unwrapInboundIn(data).readableBytesView))
        }
        func channelInactive(context: ChannelHandlerContext) { continuation.finish() }
        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }

    /// Connects. A peer that does not read leaves everything in the sockets, which it keeps small.
    init(to address: SocketAddress, reads: Bool = true) async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        received = stream
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: reads)
            .channelOption(.allowRemoteHalfClosure, value: false)
            .channelOption(.socketOption(.so_rcvbuf), value: reads ? 65536 : 2048)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Receiver(continuation))
                }
            }
            .connect(to: address).get()
    }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
    }

    /// Sends the same bytes until the connection breaks or `times` are done; gives how often it did.
    func sendRepeatedly(_ bytes: [UInt8], times: Int) async -> Int {
        let buffer = ByteBuffer(bytes: bytes)
        for time in 0..<times {
            do { try await channel.writeAndFlush(buffer).get() } catch { return time }
        }
        return times
    }

    func closeOutput() async throws { try await channel.close(mode: .output).get() }

    func close() async { try? await channel.close().get() }

    /// Completes when the connection is closed.
    func closed() async { try? await channel.closeFuture.get() }

    /// Everything that comes until the peer closes. Only once.
    func readToEnd() async -> [UInt8] {
        var all: [UInt8] = []
        for await bytes in received { all += bytes }
        return all
    }

    /// Reads until so many frames have come. Only once.
    func frames(_ count: Int) async -> [[UInt8]] {
        var decoder = FrameDecoder(frameBytesMax: 1 << 20)
        var frames: [[UInt8]] = []
        for await bytes in received {
            var buffer = ByteBuffer(bytes: bytes)
            while let output = decoder.next(from: &buffer) {
                if case .frame(let frame) = output { frames.append(frame) }
            }
            if frames.count >= count { break }
        }
        return frames
    }
}
