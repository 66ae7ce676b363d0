/// What a token must say to be let in.
package struct TokenPolicy: Sendable {
    /// The one issuer we trust (`iss`), compared byte for byte.
    package var issuer: String
    /// Our own name, which must be among the token's audiences (`aud`).
    package var audience: String
    /// How far the issuer's clock may differ from ours.
    package var leeway: Duration
    /// The longest time from `iat` to `exp`. A token for longer is refused whole, not shortened.
    package var lifetimeMax: Duration
    /// The longest token we look at.
    package var tokenBytesMax: Int
    /// The most practices that one token may name.
    package var practicesMax: Int

    /// Trusts one issuer, for one audience.
    ///
    /// - Parameters:
    ///   - lifetimeMax: a working day, for tokens that are handed out by hand; those that clients get for an assertion
    ///     live 5 minutes.
    package init(
        issuer: String, audience: String, leeway: Duration = .seconds(60), lifetimeMax: Duration = .seconds(12 * 3_600),
        tokenBytesMax: Int = 8_192, practicesMax: Int = 400
    ) {
        self.issuer = issuer
        self.audience = audience
        self.leeway = leeway
        self.lifetimeMax = lifetimeMax
        self.tokenBytesMax = tokenBytesMax
        self.practicesMax = practicesMax
    }
}
