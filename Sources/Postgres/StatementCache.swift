/// Which statements a session has prepared, the least recently used first to go.
///
/// ```
/// unknown ──submit──▶ in flight ──answered──▶ ready ──too many──▶ dropped (DEALLOCATE)
///                        └─────refused─────▶ unknown
/// ```
/// While a statement is in flight for one group, other groups send it unprepared: if the first group fails before
/// it, the server never sees the preparation.
struct StatementCache {
    struct Key: Hashable {
        let text: String
        let types: [PostgresType]
    }

    enum Use {
        /// Prepared: bind it.
        case bind(name: String)
        /// New: prepare it under this name, then bind it.
        case prepare(name: String)
        /// Somebody else is preparing it: send it whole.
        case whole
    }

    private struct Entry {
        let name: String
        /// The group that is preparing it; nil once it is ready.
        var group: UInt64?
        var lastUse: UInt64
    }

    let statementsMax: Int
    private var entries: [Key: Entry] = [:]
    private var uses: UInt64 = 0
    private var names: UInt64 = 0

    init(statementsMax: Int) {
        self.statementsMax = statementsMax
    }

    /// How to send the statement in this group.
    mutating func use(_ key: Key, group: UInt64) -> Use {
        uses += 1
        if let index = entries.index(forKey: key) {
            entries.values[index].lastUse = uses
            let entry = entries.values[index]
            return entry.group == nil || entry.group == group ? .bind(name: entry.name) : .whole
        }
        names += 1
        let name = "s\(names)"
        entries[key] = Entry(name: name, group: group, lastUse: uses)
        return .prepare(name: name)
    }

    /// The server has prepared it.
    mutating func succeed(_ key: Key, name: String) {
        guard let index = entries.index(forKey: key), entries.values[index].name == name else { return }
        entries.values[index].group = nil
    }

    /// The server has not prepared it.
    mutating func fail(_ key: Key, name: String) {
        if entries[key]?.name == name { entries[key] = nil }
    }

    /// Forgets the ready statements that have gone unused longest, as many as are too many; their names to deallocate.
    mutating func evict() -> [String] {
        guard entries.count > statementsMax else { return [] }
        let ready = entries.filter { $0.value.group == nil }.sorted { $0.value.lastUse < $1.value.lastUse }
        let oldest = ready.prefix(entries.count - statementsMax)
        for entry in oldest { entries[entry.key] = nil }
        return oldest.map(\.value.name)
    }

    /// Forgets all: the server's side is to be told DEALLOCATE ALL.
    mutating func forgetAll() {
        entries = [:]
    }
}
