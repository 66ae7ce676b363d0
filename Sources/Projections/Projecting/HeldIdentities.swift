import Admissions
import EventSourcing

/// Who is whom in one log, by the keys under which states are stored.
///
/// Joins are rare (some thousands in years), so all of them are held.
struct HeldIdentities: Sendable {
    /// An identity that was joined to another, and when.
    struct Member: Sendable, Equatable {
        let key: StateKey
        let at: FactKey
    }

    /// Keys whose group is another than before.
    struct Regrouped: Sendable {
        var patients: Set<StateKey> = []
        var encounters: Set<StateKey> = []
    }

    private var identities = Identities()
    private(set) var patients = Groups()
    private(set) var encounters = Groups()

    /// Takes in what facts say; gives everybody whose group they change, old and new.
    mutating func note(_ facts: some Sequence<AdmissionFact>) -> Regrouped {
        var isNews = false
        for fact in facts where fact.event.kind.isAboutIdentity {
            if identities.note(fact.event, position: fact.position) { isNews = true }
        }
        guard isNews else { return Regrouped() }
        let patients = Groups(identities.patients.resolution.joined.map { (StateKey($0.key), StateKey($0.root), $0.at) })
        let encounters = Groups(
            identities.encounters.resolution.joined.map { (StateKey($0.key), StateKey($0.root), $0.at) })
        defer {
            self.patients = patients
            self.encounters = encounters
        }
        return Regrouped(
            patients: self.patients.difference(from: patients), encounters: self.encounters.difference(from: encounters))
    }

    /// Groups of keys that are one subject.
    struct Groups: Sendable {
        private var roots: [StateKey: StateKey] = [:]
        private var members: [StateKey: [Member]] = [:]

        init() {}

        /// - Parameter joined: in the order of joining.
        init(_ joined: [(key: StateKey, root: StateKey, at: FactKey)]) {
            for (key, root, at) in joined where key != root {
                roots[key] = root
                members[root, default: []].append(Member(key: key, at: at))
            }
        }

        /// Whose key this is now.
        func root(of key: StateKey) -> StateKey { roots[key] ?? key }

        func isRoot(_ key: StateKey) -> Bool { roots[key] == nil }

        /// Those who were joined to a root, in that order; without the root itself.
        func members(of root: StateKey) -> [Member] { members[root] ?? [] }

        /// A root and all who were joined to it.
        func all(of root: StateKey) -> [StateKey] { [root] + members(of: root).map(\.key) }

        func difference(from other: Groups) -> Set<StateKey> {
            var changed: Set<StateKey> = []
            for root in Set(members.keys).union(other.members.keys) where members[root] != other.members[root] {
                changed.formUnion(all(of: root))
                changed.formUnion(other.all(of: root))
            }
            return changed
        }
    }
}
