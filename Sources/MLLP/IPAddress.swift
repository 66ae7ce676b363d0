/// An IP address as one number, so that addresses can be compared and counted whatever they were written like.
///
/// IPv4 addresses are held as IPv4-mapped IPv6 addresses (RFC 4291 section 2.5.5.2), so a peer that reaches a
/// dual-stack socket as `::ffff:192.0.2.7` is the peer `192.0.2.7`.
struct IPAddress: Hashable, Sendable {
    let value: UInt128

    static let unknown = IPAddress(value: 0)
    private static let mappedPrefix: UInt128 = 0xFFFF << 32

    private init(value: UInt128) { self.value = value }

    /// Whether this is an IPv4 address.
    var isVersion4: Bool { value >> 32 == 0xFFFF }

    /// Reads a textual address (RFC 4291 section 2.2; a zone behind `%` is ignored); nil if it is not one.
    init?(_ text: some StringProtocol) {
        let bare = text.prefix { $0 != "%" }
        if bare.contains(":") {
            guard let value = Self.version6(bare) else { return nil }
            self.value = value
        } else {
            guard let value = Self.version4(bare) else { return nil }
            self.value = Self.mappedPrefix | UInt128(value)
        }
    }

    private static func version4(_ text: some StringProtocol) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard part.utf8.count <= 3, part.utf8.allSatisfy({ (48...57).contains($0) }), let byte = UInt8(part) else {
                return nil
            }
            value = value << 8 | UInt32(byte)
        }
        return value
    }

    private static func version6(_ text: some StringProtocol) -> UInt128? {
        let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
        switch halves.count {
        case 1:
            guard let groups = groups(halves[0]), groups.count == 8 else { return nil }
            return join(groups)
        case 2:
            guard let left = groups(halves[0]), let right = groups(halves[1]), left.count + right.count < 8 else {
                return nil
            }
            return join(left + Array(repeating: 0, count: 8 - left.count - right.count) + right)
        default:
            return nil
        }
    }

    private static func groups(_ text: some StringProtocol) -> [UInt16]? {
        if text.isEmpty { return [] }
        var groups: [UInt16] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains(".") {
                guard let tail = version4(part) else { return nil }
                groups += [UInt16(tail >> 16), UInt16(truncatingIfNeeded: tail)]
            } else {
                guard (1...4).contains(part.utf8.count), part.utf8.first != UInt8(ascii: "+"),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                groups.append(group)
            }
        }
        return groups
    }

    private static func join(_ groups: [UInt16]) -> UInt128 {
        groups.reduce(0) { $0 << 16 | UInt128($1) }
    }
}
