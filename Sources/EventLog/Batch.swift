import EventSourcing

/// The entries that go to the server together, and those among them that only follow another.
///
/// Pure bookkeeping. An entry whose message stands in the batch already is not sent: it follows the first one and gets
/// its receipt, as a duplicate.
struct Batch {
    /// The entries of one log.
    struct Group {
        /// Those that are sent, in order.
        private(set) var entries: [PendingEntry] = []
        /// One flag for each of them: an earlier one used its control id for other bytes.
        private(set) var reused: [Bool] = []
        /// Those who wait for the receipt of another with the same key.
        private(set) var followers: [MessageKey: [PendingEntry]] = [:]
        private var keys: Set<MessageKey> = []
        private var controlIDs: Set<ControlID> = []

        fileprivate mutating func add(_ entry: PendingEntry) {
            let key = entry.prepared.key
            guard keys.insert(key).inserted else {
                followers[key, default: []].append(entry)
                return
            }
            let controlID = ControlID(sender: key.sender, id: key.controlID)
            entries.append(entry)
            reused.append(!key.controlID.isEmpty && !controlIDs.insert(controlID).inserted)
        }

        /// The entry and whoever follows it.
        func all(of entry: PendingEntry) -> [PendingEntry] {
            [entry] + followers[entry.prepared.key, default: []]
        }
    }

    private struct ControlID: Hashable {
        let sender: String
        let id: String
    }

    private(set) var groups: [LogName: Group] = [:]

    init(_ entries: some Sequence<PendingEntry>) {
        for entry in entries { groups[entry.log, default: Group()].add(entry) }
    }
}
