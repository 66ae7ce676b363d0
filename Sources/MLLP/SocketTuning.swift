import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The socket options of both ends.
enum SocketTuning {
    /// Starts small and grows with what arrives, so that hundreds of quiet connections stay cheap.
    static var readSizes: AdaptiveRecvByteBufferAllocator {
        AdaptiveRecvByteBufferAllocator(minimum: 1024, initial: 2048, maximum: 65536)
    }

    /// Answers that wait in user space: above the high mark the connection is not read until below the low.
    static let writeMarks = ChannelOptions.Types.WriteBufferWaterMark(low: 16 << 10, high: 64 << 10)

    /// The most bytes that wait to be read in the kernel; it also bounds what arrives at once when a peer closes.
    static let receiveBufferBytes: SocketOptionValue = 256 << 10

    /// The options for each connection, applied through `set`.
    ///
    /// Small answers leave at once (no Nagle), and a peer that vanished is found: probes after 60 s of silence, given
    /// up after six at 10 s each; sent bytes must be acknowledged within 60 s.
    static func apply(_ set: (ChannelOptions.Types.SocketOption, SocketOptionValue) -> Void) {
        set(.init(level: .tcp, name: .tcp_nodelay), 1)
        set(.init(level: .socket, name: .so_keepalive), 1)
        #if os(Linux)
            set(.init(level: .tcp, name: .init(rawValue: TCP_KEEPIDLE)), 60)
            set(.init(level: .tcp, name: .init(rawValue: TCP_KEEPINTVL)), 10)
            set(.init(level: .tcp, name: .init(rawValue: TCP_KEEPCNT)), 6)
            set(.init(level: .tcp, name: .init(rawValue: TCP_USER_TIMEOUT)), 60_000)
        #endif
    }
}
