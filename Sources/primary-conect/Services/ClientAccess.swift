import PracticeService
import Projections

/// How registered systems come to their tokens, where the setting `clients` names some.
///
/// | setting | what |
/// |---|---|
/// | `clients` | the file of clients (`ClientsFile`); without it there is no token address |
/// | `token.url` | the token address as clients reach it, the `aud` of their assertions |
/// | `token.key` | the file of the key that signs our tokens; the same for all instances of one service |
/// | `outbound.anywhere` | `true` lets keys be fetched from private addresses and by http: for trial installations |
struct ClientAccess {
    let endpoint: TokenEndpoint
    let publicKey: TokenKey
    let policy: TokenPolicy

    /// - Throws: `CommandFailure(.badConfiguration)` for what cannot be.
    static func configured(
        _ installation: Installation, http: HostPort, audience: String, book: AccessBook
    ) async throws -> ClientAccess? {
        let settings = installation.settings
        guard let clients = try await ClientsFile.named(in: settings)?.clients() else { return nil }
        let address = settings.text("token.url", or: "http://\(http.host):\(http.port)\(TokenEndpoint.path)")
        guard OutboundURL(address) != nil else {
            throw CommandFailure(.badConfiguration, "The setting token.url must be an http or https address.")
        }
        let isAnywhere = try settings.isOn("outbound.anywhere")
        let outbound = try OutboundHTTP(reach: isAnywhere ? .anywhere : .publicInternet)
        for case .address(let keys) in clients.map(\.keys) where !outbound.allows(keys) {
            throw CommandFailure(
                .badConfiguration, "Keys of clients are fetched by https from a public name; \(keys.host) is none.")
        }
        let policy = TokenPolicy(
            issuer: address, audience: audience, lifetimeMax: TokenEndpoint.lifetime)
        let issuer = try await DevelopmentTokens.opening(
            settings.text("token.key") ?? "\(installation.directory)/keys/service.jwk", installation, policy)
        return ClientAccess(
            endpoint: TokenEndpoint(
                clients: try ClientRegistry(clients, outbound: outbound), book: book, issuer: issuer, address: address),
            publicKey: issuer.publicKey, policy: policy)
    }
}
