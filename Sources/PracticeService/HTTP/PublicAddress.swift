import NIOCore

/// Whether an IP address is one of the public internet: not of this machine, of a private or a carrier's network, and
/// not set apart by the IANA special-purpose registries (RFC 6890).
enum PublicAddress {
    static func contains(_ address: SocketAddress) -> Bool {
        switch address {
        case .v4(let address):
            // Linux: family and port, 2 bytes each, then the address (RFC 3493 has the same order).
            withUnsafeBytes(of: address.address) { bytes in
                isPublic(version4: bytes[4..<8].reduce(0) { $0 << 8 | UInt32($1) })
            }
        case .v6(let address):
            // Linux: family, port and flow label, 2, 2 and 4 bytes, then the address (RFC 3493 section 3.3).
            withUnsafeBytes(of: address.address) { bytes in isPublic(version6: Array(bytes[8..<24])) }
        case .unixDomainSocket: false
        }
    }

    private static func isPublic(version4 address: UInt32) -> Bool {
        !reserved.contains { address & ~UInt32(0) << (32 - $0.bits) == $0.network }
    }

    /// Global unicast is 2000::/3. Within it are left out what carries an address of version 4 inside (Teredo and its
    /// neighbours 2001::/23, 6to4 2002::/16) and what is for documents (2001:db8::/32, 3fff::/20).
    private static func isPublic(version6 bytes: [UInt8]) -> Bool {
        guard bytes.count == 16, bytes[0] & 0xE0 == 0x20 else { return false }
        switch (bytes[0], bytes[1]) {
        case (0x20, 0x01): return !(bytes[2] < 2 || (bytes[2] == 0x0D && bytes[3] == 0xB8))
        case (0x20, 0x02): return false
        case (0x3F, 0xFF): return bytes[2] & 0xF0 != 0
        default: return true
        }
    }

    private static let reserved: [(network: UInt32, bits: UInt32)] = [
        (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16),
        (0xAC10_0000, 12), (0xC000_0000, 24), (0xC000_0200, 24), (0xC058_6300, 24), (0xC0A8_0000, 16),
        (0xC612_0000, 15), (0xC633_6400, 24), (0xCB00_7100, 24), (0xE000_0000, 4), (0xF000_0000, 4),
    ]
}
