import Crypto

/// Signatures of Standard Webhooks 1.0: `v1,` and base 64 of HMAC-SHA256 over `id.timestamp.body`.
package enum WebhookSignature {
    /// Bytes of a key.
    package static let secretBytes = 32

    /// The value of `webhook-signature`: one signature a key, between blanks.
    ///
    /// - Parameter timestamp: seconds since 1970, as `webhook-timestamp` has them.
    package static func header(secrets: [[UInt8]], id: String, timestamp: Int64, body: [UInt8]) -> String {
        let signed = Array("\(id).\(timestamp).".utf8) + body
        return secrets.map { secret in
            let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: secret))
            return "v1," + base64(Array(code))
        }.joined(separator: " ")
    }

    /// A key as its receiver is told it, once: `whsec_` and base 64.
    package static func text(ofSecret secret: [UInt8]) -> String { "whsec_" + base64(secret) }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// RFC 4648 section 4, with padding.
    private static func base64(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
