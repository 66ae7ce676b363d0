import EventSourcing

/// The public keys of one client, as its file or its address has them now.
///
/// ```
///            first use                      kid known, looked at within keysFreshFor
///  nothing ────────────▶ looked at ──┐◀───────────────────────────────┐
///                           ▲        ├── use the key ─────────────────┘
///                           │        ├── kid unknown: look again, at most once in lookAgainAfter
///                           └────────┴── older: look again; fails: the old keys serve until keysUsableFor
/// ```
///
/// A key that was taken away thus stops to count within `keysFreshFor`, and a new one counts at once.
actor ClientKeys {
    /// How long keys serve without being looked at again.
    static let keysFreshFor: Duration = .seconds(15 * 60)
    /// How long they serve while they cannot be looked at.
    static let keysUsableFor: Duration = .seconds(24 * 3_600)
    /// An unknown `kid` makes us look at most this often: strangers can send as many as they like.
    static let lookAgainAfter: Duration = .seconds(60)

    private let load: @Sendable () async throws -> [TokenKey]
    private var keys: [String: TokenKey] = [:]
    private var lookedAt: Instant?
    private var triedAt: Instant?
    private var looking: Task<[TokenKey]?, Never>?

    init(load: @escaping @Sendable () async throws -> [TokenKey]) {
        self.load = load
    }

    /// The key of this name, `nil` where the client has none.
    func key(_ kid: String, at now: Instant) async -> TokenKey? {
        if let lookedAt, now < lookedAt + Self.keysFreshFor, let key = keys[kid] { return key }
        if triedAt.map({ now >= $0 + Self.lookAgainAfter }) ?? true || looking != nil { await look(at: now) }
        guard let lookedAt, now < lookedAt + Self.keysUsableFor else { return nil }
        return keys[kid]
    }

    private func look(at now: Instant) async {
        // Requests that come meanwhile wait for the same answer.
        if let looking {
            _ = await looking.value
            return
        }
        triedAt = now
        let task = Task { [load] in try? await load() }
        looking = task
        let found = await task.value
        looking = nil
        guard let found else { return }
        keys = Dictionary(found.map { ($0.identifier, $0) }, uniquingKeysWith: { first, _ in first })
        lookedAt = now
    }
}
