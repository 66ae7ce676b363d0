/// Who uses which connection of a pool, and who waits: decisions only, the pool carries them out.
///
/// ```
/// slot:   opening ──opened──▶ open (shared by n | leased by one) ──ended──▶ gone
///            └──failed: back-off, again as long as somebody waits──▶ gone
/// waiter: waiting ──slot──▶ served | ──wait passed, cancelled, closed──▶ refused
/// ```
struct PoolState<Connection: Sendable> {
    struct Slot: Sendable {
        let id: UInt64
        let connection: Connection
        /// Those who share it now.
        var users = 0
        var isLeased = false
    }

    struct Waiter<Token: Sendable>: Sendable {
        let id: UInt64
        let isExclusive: Bool
        let token: Token
    }

    /// What the caller is to do.
    enum Choice {
        case use(Slot, opensAnother: Bool)
        case wait(opensAnother: Bool)
    }

    let connectionsMax: Int
    private(set) var slots: [Slot] = []
    /// Attempts to connect that are under way or waiting for their next try.
    private(set) var opening = 0
    private(set) var backOff = BackOff()
    private(set) var nextAttempt: ContinuousClock.Instant?
    private(set) var lastFailure: PostgresError?
    private var ids: UInt64 = 0

    init(connectionsMax: Int) {
        self.connectionsMax = connectionsMax
    }

    mutating func newID() -> UInt64 {
        ids += 1
        return ids
    }

    /// Chooses a connection: the one with fewest users that is not leased.
    ///
    /// Another is opened while there is room and the chosen one is busy; after a failure only one attempt at a time.
    mutating func choose(exclusive: Bool) -> Choice {
        var best: Int?
        for (index, slot) in slots.enumerated() where !slot.isLeased {
            if best.map({ slot.users < slots[$0].users }) ?? true { best = index }
        }
        let isBusy = best.map { slots[$0].users > 0 } ?? true
        let opens = isBusy && mayOpen
        if opens { opening += 1 }
        guard let best else { return .wait(opensAnother: opens) }
        // A lease on a shared connection would first sit through what the others asked: better a fresh one.
        if exclusive, isBusy, opens { return .wait(opensAnother: true) }
        take(best, exclusive: exclusive)
        return .use(slots[best], opensAnother: opens)
    }

    private mutating func take(_ index: Int, exclusive: Bool) {
        if exclusive { slots[index].isLeased = true } else { slots[index].users += 1 }
    }

    private var mayOpen: Bool {
        slots.count + opening < connectionsMax && (backOff.failures == 0 || opening == 0)
    }

    /// A waiter is to be served: the slot for it, or nil if none is free.
    mutating func serve(exclusive: Bool) -> Slot? {
        let free = slots.indices.filter { !slots[$0].isLeased }
        guard let best = free.min(by: { slots[$0].users < slots[$1].users }) else { return nil }
        take(best, exclusive: exclusive)
        return slots[best]
    }

    /// Whether another attempt should be started for those who wait.
    mutating func opensForWaiters() -> Bool {
        guard mayOpen else { return false }
        opening += 1
        return true
    }

    mutating func release(_ id: UInt64, exclusive: Bool) {
        guard let index = slots.firstIndex(where: { $0.id == id }) else { return }
        if exclusive { slots[index].isLeased = false } else { slots[index].users -= 1 }
    }

    mutating func opened(_ connection: Connection) -> UInt64 {
        opening -= 1
        backOff.succeed()
        nextAttempt = nil
        lastFailure = nil
        let id = newID()
        slots.append(Slot(id: id, connection: connection))
        return id
    }

    /// An attempt has failed; it goes on trying at `nextAttempt` if somebody waits.
    mutating func failed(_ error: PostgresError) {
        lastFailure = error
        nextAttempt = .now + backOff.fail()
    }

    /// An attempt is given up.
    mutating func gaveUp() {
        opening -= 1
    }

    mutating func ended(_ id: UInt64) {
        slots.removeAll { $0.id == id }
    }
}
