/// One value that is told again and again: the telling recorded last counts.
///
/// Writing is commutative and idempotent: the register with the greater `FactKey` wins, whichever came first.
package struct Register<Value: Sendable & Equatable>: Sendable, Equatable {
    /// The value; `nil` where the last telling took it away.
    package private(set) var value: Value?
    /// The telling that counts; `nil` before the first.
    package private(set) var key: FactKey?

    /// A register nobody has written.
    package init() {}

    init(value: Value?, key: FactKey) {
        self.value = value
        self.key = key
    }

    /// Writes what a telling says, if it is later than what stands; what is absent writes nothing.
    mutating func write(_ told: Told<Value>, _ key: FactKey) {
        guard !told.isAbsent, self.key.map({ $0 < key }) ?? true else { return }
        self = Register(value: told.value, key: key)
    }

    /// Takes the later of two registers.
    mutating func merge(_ other: Register<Value>) {
        guard let otherKey = other.key, key.map({ $0 < otherKey }) ?? true else { return }
        self = other
    }
}

extension Register {
    /// The register of a patient to whom another record was joined at `moment` (A40): what stands is the patient's own
    /// or what was told of the other since, whichever is later; what the other record held before only fills a gap.
    func joined(by other: Register<Value>, at moment: FactKey) -> Register<Value> {
        guard let otherKey = other.key else { return self }
        guard let key else { return other }
        return otherKey.recorded > moment.recorded && key < otherKey ? other : self
    }
}
