import EventSourcing
import Synchronization

/// Tokens that were verified a moment ago, so that who polls with one token does not have its signature worked out anew
/// for each poll: that costs more than the rest of the answer.
///
/// A token is known by its digest, for `timeMax` and never beyond its end. So long may a key that was taken away go on
/// to open doors in this process.
final class KnownTokens: Sendable {
    /// How long a token is taken without looking at its signature.
    static let timeMax: Duration = .seconds(60)
    /// Tokens that are remembered; at as many, all are forgotten.
    static let countMax = 4_096

    private struct Known {
        let caller: Caller
        let verifiedAt: Instant
    }

    private let tokens = Mutex<[Digest: Known]>([:])

    /// Who carries a token, if it was verified of late; else `verify` says, and is remembered if it does not throw.
    func caller(
        of token: String, at now: Instant, _ verify: (String, Instant) throws(TokenRefusal) -> Caller
    ) throws(TokenRefusal) -> Caller {
        let digest = Digest(of: Array(token.utf8))
        if let known = tokens.withLock({ $0[digest] }), now >= known.verifiedAt,
            now - known.verifiedAt < Self.timeMax, now.microseconds / 1_000_000 < known.caller.expires
        {
            return known.caller
        }
        let caller = try verify(token, now)
        tokens.withLock { tokens in
            if tokens.count >= Self.countMax { tokens = [:] }
            tokens[digest] = Known(caller: caller, verifiedAt: now)
        }
        return caller
    }
}
