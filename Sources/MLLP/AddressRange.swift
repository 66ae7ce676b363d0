/// A block of IP addresses in CIDR notation (RFC 4632), version 4 or 6.
package struct AddressRange: Sendable, Hashable, CustomStringConvertible {
    private let network: UInt128
    private let mask: UInt128
    package let description: String

    /// Reads `192.0.2.0/24`, `2001:db8::/32` or a single address; nil if it is none of these.
    ///
    /// Bits behind the prefix are ignored.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(first), parts.count <= 2 else { return nil }
        let bitsMax = address.isVersion4 ? 32 : 128
        var bits = bitsMax
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy({ (48...57).contains($0) }), let given = Int(parts[1]), given <= bitsMax
            else { return nil }
            bits = given
        }
        let hostBits = bitsMax - bits
        mask = hostBits == 128 ? 0 : UInt128.max << UInt128(hostBits)
        network = address.value & mask
        description = text
    }

    /// Whether the address, given as text, lies in the block.
    package func contains(_ address: String) -> Bool {
        IPAddress(address).map(contains) ?? false
    }

    func contains(_ address: IPAddress) -> Bool {
        address.value & mask == network
    }
}
