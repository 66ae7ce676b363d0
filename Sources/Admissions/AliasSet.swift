import EventSourcing

/// Which identities are one: each telling that one is another, or no longer is.
///
/// The state is the set of tellings, sorted and unique by `FactKey`; what they come to (`resolution`) is a pure
/// function of it, so any order of arrival, with any repeats, gives the same. An identity that was joined to another
/// stays so for messages to come, until a telling takes it back. Joins chain; one that would close a ring is not
/// followed (domain.md 1.2, "three kinds of merge test").
package struct AliasSet<Key: Hashable & Comparable & Sendable>: Sendable, Equatable {
    /// One telling.
    struct Telling: Sendable, Equatable {
        let key: FactKey
        /// Who is no longer an identity of its own.
        let from: Key
        let to: Key
        /// Whether it takes such a join back.
        let isUndo: Bool
        /// Where the first such telling stands in the log.
        fileprivate(set) var position: Position

        fileprivate func precedes(_ other: Telling) -> Bool {
            key != other.key ? key < other.key : (from, to) < (other.from, other.to)
        }

        fileprivate func isSame(as other: Telling) -> Bool {
            key == other.key && from == other.from && to == other.to && isUndo == other.isUndo
        }
    }

    /// Ascending.
    private(set) var tellings: [Telling] = []
    /// What the tellings come to.
    package private(set) var resolution = Resolution()
    /// With whom each key was ever told to be one, or to be one no longer.
    private var ties: [Key: Set<Key>] = [:]

    package init() {}

    package var isEmpty: Bool { tellings.isEmpty }

    /// With whom a key was ever told to be one, or to be one no longer: one step far.
    package func everTied(to key: Key) -> Set<Key> { ties[key] ?? [] }

    /// Takes in a telling; commutative and idempotent.
    mutating func note(_ key: FactKey, from: Key, to: Key, isUndo: Bool, position: Position) {
        let telling = Telling(key: key, from: from, to: to, isUndo: isUndo, position: position)
        var index = tellings.count
        while index > 0, telling.precedes(tellings[index - 1]) { index -= 1 }
        if index > 0, tellings[index - 1].isSame(as: telling) {
            guard telling.position < tellings[index - 1].position else { return }
            tellings[index - 1].position = telling.position
            resolution = Resolution(tellings)
        } else {
            tellings.insert(telling, at: index)
            ties[from, default: []].insert(to)
            ties[to, default: []].insert(from)
            // News is mostly the latest: then what it comes to follows from what stands.
            if index == tellings.count - 1 { resolution.take(telling) } else { resolution = Resolution(tellings) }
        }
    }

    /// Who is whom.
    package struct Resolution: Sendable, Equatable {
        /// The join in force of each identity that is no longer one of its own.
        private(set) var joins: [Key: Telling] = [:]
        /// Joins that would have closed a ring: for an operator.
        private(set) var refused: [Telling] = []
        /// Who was joined to each identity, one step far.
        private var joined: [Key: Set<Key>] = [:]

        init() {}

        /// - Parameter tellings: ascending.
        init(_ tellings: [Telling]) {
            for telling in tellings { take(telling) }
        }

        /// Follows one more telling, later than all before.
        mutating func take(_ telling: Telling) {
            let stands = joins[telling.from]?.to
            if telling.isUndo {
                guard stands == telling.to else { return }
                joins[telling.from] = nil
                joined[telling.to]?.remove(telling.from)
            } else if leads(from: telling.to, to: telling.from) {
                refused.append(telling)
            } else if stands != telling.to {
                joins[telling.from] = telling
                if let stands { joined[stands]?.remove(telling.from) }
                joined[telling.to, default: []].insert(telling.from)
            }
        }

        private func leads(from start: Key, to end: Key) -> Bool {
            var key = start
            while key != end {
                guard let join = joins[key] else { return false }
                key = join.to
            }
            return true
        }

        /// Whom an identity was joined to, one step far, and by which telling; `nil` for one that stands for itself.
        package func join(of key: Key) -> (to: Key, at: FactKey)? {
            joins[key].map { (to: $0.to, at: $0.key) }
        }

        /// Who an identity is now: itself, or whom it was joined to, over any number of joins.
        package func root(of key: Key) -> Key {
            var key = key
            while let join = joins[key] { key = join.to }
            return key
        }

        /// A root, and behind it all who were joined to it over any number of joins, in no order.
        package func identities(of root: Key) -> [Key] {
            var keys = [root]
            var next = 0
            while next < keys.count {
                if let others = joined[keys[next]] { keys += others }
                next += 1
            }
            return keys
        }
    }
}
