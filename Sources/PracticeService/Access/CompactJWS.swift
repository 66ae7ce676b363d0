import FoundationEssentials

/// A signed text in JWS compact form (RFC 7515 section 7.1), taken apart and not yet believed.
struct CompactJWS {
    let header: Header
    let payload: [UInt8]
    private let signature: [UInt8]
    private let signed: [UInt8]

    /// - Throws: `malformed`, `headerNotSupported`.
    init(_ text: String, bytesMax: Int) throws(TokenRefusal) {
        let bytes = Array(text.utf8)
        guard bytes.count <= bytesMax else { throw .malformed }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let head = Base64URL.decode(parts[0]), let payload = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2]),
            let header = try? JSONDecoder().decode(Header.self, from: Data(head))
        else { throw .malformed }
        guard !header.isCritical, header.typ == nil || header.typ == "JWT" || header.typ == "at+jwt" else {
            throw .headerNotSupported
        }
        self.header = header
        self.payload = payload
        self.signature = signature
        signed = Array(bytes[..<parts[1].endIndex])
    }

    /// Believes the text if this key has signed it, by the key's own algorithm.
    ///
    /// - Throws: `algorithm`, `signature`.
    func verify(with key: TokenKey) throws(TokenRefusal) {
        guard header.alg == key.algorithm.rawValue else { throw .algorithm }
        guard key.verifies(signature, over: signed) else { throw .signature }
    }

    /// The header parameters we read (RFC 7515 section 4.1). Keys or addresses of keys inside it are never used.
    struct Header: Decodable {
        let alg: String
        let kid: String?
        let typ: String?
        let isCritical: Bool

        enum CodingKeys: String, CodingKey { case alg, kid, typ, crit }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            alg = try container.decode(String.self, forKey: .alg)
            kid = try container.decodeIfPresent(String.self, forKey: .kid)
            typ = try container.decodeIfPresent(String.self, forKey: .typ)
            isCritical = container.contains(.crit)
        }
    }
}
