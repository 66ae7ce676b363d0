/// Why a key file cannot be used; names the file, never what is in it.
package enum TokenKeyError: Error, Sendable, Equatable, CustomStringConvertible {
    case unreadable(file: String)
    case unwritable(file: String)
    /// Neither a JWK, a JWK set nor a PEM key that we can read.
    case notAKey(file: String)
    /// A key of a type, size or algorithm that `TokenKey` does not know; an RSA key must say its `alg`.
    case notSupported(file: String)
    /// A private key where a public one belongs: a service that verifies has no business holding it.
    case privateKeyInPublicFile(file: String)
    /// A private key that others than its owner may read or write.
    case openToOthers(file: String)
    /// Two keys of the same identifier (`kid`).
    case identifierTwice
    case noKeys

    package var description: String {
        switch self {
        case .unreadable(let file): "The key file \(file) cannot be read."
        case .unwritable(let file): "The key file \(file) cannot be written."
        case .notAKey(let file): "The key file \(file) holds no JWK, JWK set or PEM key."
        case .notSupported(let file): "The key file \(file) holds a key not of EdDSA, ES256, ES384, RS384 or RS512."
        case .privateKeyInPublicFile(let file): "The key file \(file) holds a private key; give the public one."
        case .openToOthers(let file): "The private key file \(file) is open to others; set its mode to 0600."
        case .identifierTwice: "Two token keys have the same identifier."
        case .noKeys: "There is no token key."
        }
    }
}
