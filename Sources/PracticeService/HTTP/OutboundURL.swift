/// The address of somebody else's server, as a setting or a registration gives it.
///
/// `https://` host [`:` port] [path] [`?` query] (RFC 3986), in printable ASCII. A user name, a fragment and anything that
/// could end a line are refused, so that what is checked is what is sent.
package struct OutboundURL: Sendable, Hashable {
    /// `https`, or `http` where that is let through.
    package let isSecure: Bool
    /// Lower case; a name, or an IP literal without brackets.
    package let host: String
    package let port: Int
    /// Path and query, as they go into the request line; at least `/`.
    package let target: String
    /// Whether the host is a name with a dot in it, and no IP literal.
    package let isPublicName: Bool

    /// The longest address we take.
    package static let bytesMax = 2_048

    /// Reads an address; `nil` where it is none of these.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.bytesMax, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            !text.contains(where: { "#\\\"<>^`{|}@".contains($0) })
        else { return nil }
        let rest: Substring
        if text.hasPrefix("https://") {
            (isSecure, rest) = (true, text.dropFirst(8))
        } else if text.hasPrefix("http://") {
            (isSecure, rest) = (false, text.dropFirst(7))
        } else {
            return nil
        }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let authority = rest[..<end]
        let path = rest[end...]
        target = path.first == "/" ? String(path) : "/\(path)"
        guard let (name, port) = Self.hostAndPort(authority) else { return nil }
        self.port = port ?? (isSecure ? 443 : 80)
        host = name.lowercased()
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        let isName =
            labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy(Self.isLetterDigitOrHyphen)
            }
        // A last label that begins with a digit is a number of IPv4 in one of its many spellings, 0x7f.1 among them.
        isPublicName = isName && labels.count > 1 && labels.last?.first?.isLetter == true
        guard isName || host.contains(":"), host.utf8.count <= 253 else { return nil }
    }

    private static func hostAndPort(_ authority: Substring) -> (Substring, Int?)? {
        if authority.first == "[" {
            guard let close = authority.firstIndex(of: "]") else { return nil }
            let name = authority[authority.index(after: authority.startIndex)..<close]
            guard name.contains(":"), name.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else { return nil }
            let after = authority[authority.index(after: close)...]
            if after.isEmpty { return (name, nil) }
            guard after.first == ":", let port = port(after.dropFirst()) else { return nil }
            return (name, port)
        }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        switch parts.count {
        case 1: return (parts[0], nil)
        case 2: return port(parts[1]).map { (parts[0], $0) }
        default: return nil
        }
    }

    private static func port(_ text: Substring) -> Int? {
        guard (1...5).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(text), (1...65_535).contains(port)
        else { return nil }
        return port
    }

    private static func isLetterDigitOrHyphen(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
