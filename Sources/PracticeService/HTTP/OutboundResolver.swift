import Glibc
import NIOCore
import NIOPosix

extension OutboundHTTP {
    /// Asks the system (`getaddrinfo`), on a thread of NIO's pool for work that blocks.
    static let systemResolver: Resolver = { host, port in
        try await NIOThreadPool.singleton.runIfActive { try addresses(of: host, port: port) }
    }

    private static func addresses(of host: String, port: Int) throws -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0, let first = list else {
            throw OutboundError.nameNotFound
        }
        defer { freeaddrinfo(first) }
        var found: [SocketAddress] = []
        var next: UnsafeMutablePointer<addrinfo>? = first
        while let info = next?.pointee {
            // Each entry's address has the family's own layout and lives until the list is freed.
            switch (info.ai_family, info.ai_addr) {
            case (AF_INET, .some(let address)):
                found.append(
                    SocketAddress(UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in.self), host: host))
            case (AF_INET6, .some(let address)):
                found.append(
                    SocketAddress(UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in6.self), host: host))
            default: break
            }
            next = info.ai_next
        }
        return found
    }
}
